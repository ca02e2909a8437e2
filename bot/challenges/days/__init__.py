"""Meet-ups of a day on challenges: which are worked on there, who sits at which table, and what came out."""
