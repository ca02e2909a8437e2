"""Requests for help: from the question to what came of it."""
