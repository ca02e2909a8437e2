"""The life of a challenge and its solutions, its rule, who may vote, and the count. Pure."""
