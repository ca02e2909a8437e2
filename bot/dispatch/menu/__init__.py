"""What commands declare, and how words are found in it."""
