"""Volunteers: who answers questions, on which topics and when.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.volunteers.tables import Availability, Expert, Profile

__all__ = ["Availability", "Expert", "Profile"]
