"""`!rdv`: meet-ups, from the date to the minutes."""
