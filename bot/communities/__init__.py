"""Communities: their rooms, their people, their teams.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.communities.tables import Appointment, Community, LinkRequest, RoomBinding, RoomMove, Topic, Undo

__all__ = ["Appointment", "Community", "LinkRequest", "RoomBinding", "RoomMove", "Topic", "Undo"]
