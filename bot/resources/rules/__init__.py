"""What makes a resource, from facts that are handed in. Pure."""
