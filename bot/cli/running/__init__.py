"""How the bot's process goes on, and what it writes to its log."""
