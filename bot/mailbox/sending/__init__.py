"""What is to be said, until the homeserver has it."""
