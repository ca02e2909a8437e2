"""Promises of matrix."""
