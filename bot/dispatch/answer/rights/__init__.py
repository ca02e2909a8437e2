"""Who may do what, where, and how often in a day."""
