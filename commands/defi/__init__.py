"""`!défi`, `!idée C-2 …`: challenges, their solutions and the vote."""
