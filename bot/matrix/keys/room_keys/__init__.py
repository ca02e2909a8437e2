"""The keys that messages are encrypted with: shared, asked for, changed, backed up."""
