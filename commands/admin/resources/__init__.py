"""`!admin` about resources, and about what searches for them did not find."""
