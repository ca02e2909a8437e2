"""Rules about who may do what in a community, which need only their arguments. Pure."""
