"""Rules about a meet-up's line, roster and reminders that need only their arguments. Pure."""
