"""Relais beside a bare loop and a minimal bot, on one homeserver: `python -m tests.bench`."""
