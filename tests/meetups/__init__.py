"""Promises of meet-ups, on both databases."""
