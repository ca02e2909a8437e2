"""Promises of communities, their rooms and their people."""
