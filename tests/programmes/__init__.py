"""Programmes of support: themes, applications of teams, and what they say at the end."""
