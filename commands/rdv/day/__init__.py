"""A meet-up of a day on challenges: its tables, what is contributed there, its themes, and what came out."""
