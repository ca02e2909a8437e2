"""Real servers and people for tests and demonstration: Synapse, PostgreSQL, a proxy between, who talks."""
