"""`!équipe`, `!E-3 …`: teams that try a solution."""
