"""Promises of resources."""
