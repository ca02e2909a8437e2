"""Relais, a Matrix chat bot for communities of practice."""
