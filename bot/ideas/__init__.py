"""Irritants, ideas and wishes for a community: what members report, and who else is concerned.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.ideas.tables import Idea

__all__ = ["Idea"]
