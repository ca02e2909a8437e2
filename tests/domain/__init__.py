"""Promises of domain."""
