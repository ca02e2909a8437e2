"""Who may do what in a community, from facts that are handed in. Pure."""
