"""Finds what looks like data about a patient. Pure."""
