"""The demonstration: people talk to the bot in the rooms of a real homeserver."""
