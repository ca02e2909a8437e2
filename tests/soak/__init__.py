"""The full counts of crashes, races and load: too long for every change, run before a release."""
