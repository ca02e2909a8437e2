"""What Relais does without being asked: it runs timers, and follows people who come and go, and rooms that move."""
