"""What becomes of a published sheet: tried, with results, adapted, in other communities, lasting."""
