"""Promises of what passes between Relais and Matrix."""
