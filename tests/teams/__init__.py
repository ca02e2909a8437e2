"""Teams that try a solution."""
