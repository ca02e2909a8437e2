"""Return to contributors."""
