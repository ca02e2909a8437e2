"""Thanks between members."""
