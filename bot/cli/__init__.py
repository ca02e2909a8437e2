"""The command line: one file per word of `relais`."""
