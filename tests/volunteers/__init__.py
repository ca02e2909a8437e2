"""Promises of volunteers."""
