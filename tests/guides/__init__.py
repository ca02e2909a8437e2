"""The guides of `deploy/guides`: each conversation in them is played with the bot, and must read as the bot speaks."""
