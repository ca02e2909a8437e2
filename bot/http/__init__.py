"""Relais among servers: what it answers over HTTP, and through what it reaches others."""
