"""Digests: what is new, in a room or in private, for those who asked for it.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.digest.tables import Subscription

__all__ = ["Subscription"]
