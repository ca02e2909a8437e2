"""What operators see on their terminal besides the result."""
