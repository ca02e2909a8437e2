"""The French index, in memory, fed from the database."""
