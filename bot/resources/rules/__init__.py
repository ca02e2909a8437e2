"""Rules about resources that need only their arguments. Pure."""
