"""What was said or done, until it is handled."""
