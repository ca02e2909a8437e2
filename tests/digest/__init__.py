"""Digests: what is new, in a room and in private."""
