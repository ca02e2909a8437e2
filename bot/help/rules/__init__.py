"""How a request and its offers move, and when, from facts that are handed in. Pure."""
