"""Digests in rooms and in private."""
