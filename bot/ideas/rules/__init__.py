"""What becomes of what members report, and how they write it. Pure."""
