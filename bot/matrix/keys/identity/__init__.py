"""The bot's cross-signing identity, and how it is recovered."""
