"""Rules about which volunteer is asked next, which need only their arguments. Pure."""
