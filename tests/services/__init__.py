"""Promises of the services, on both databases."""
