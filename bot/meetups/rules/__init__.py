"""What a meet-up's line, roster and reminders mean, from facts that are handed in. Pure."""
