"""Promises of e2e."""
