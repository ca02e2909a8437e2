"""Promises of dispatch."""
