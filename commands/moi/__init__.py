"""`!moi`: what Relais knows of a person, and what they choose."""
