"""Contributors: who gave something, and learns what became of it."""
