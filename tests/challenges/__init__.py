"""Challenges, solutions and votes."""
