"""What is known of people: told to them, erased when they ask, when they leave, or after some time."""
