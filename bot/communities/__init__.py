"""Communities: their rooms, their people, their teams."""
