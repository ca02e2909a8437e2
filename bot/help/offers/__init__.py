"""A request is offered to volunteers, group after group, until somebody accepts it."""
