"""The files that operators give to Relais or get from it."""
