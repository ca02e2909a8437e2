"""Promises of store."""
