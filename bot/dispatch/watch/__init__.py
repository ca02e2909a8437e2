"""What Relais does although nobody spoke to it: timers ring, people come and go, rooms move."""
