"""Meet-ups: dates, seats, reminders, calendars and notes."""
