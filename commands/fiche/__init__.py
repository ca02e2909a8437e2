"""`!fiche`: write what worked, so that the next person finds it."""
