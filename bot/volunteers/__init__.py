"""Volunteers: who answers questions, on which topics and when."""
