"""Talks to the homeserver: sync, sending, encryption. The only folder that imports nio."""
