"""What may happen to a sheet, and what its parts are: pure, without database or language."""
