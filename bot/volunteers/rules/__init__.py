"""Which volunteer is asked next, from facts that are handed in. Pure."""
