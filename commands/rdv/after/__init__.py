"""After a meet-up: its minutes, and what those who came think of it."""
