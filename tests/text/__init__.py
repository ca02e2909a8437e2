"""Promises of what reads words."""
