"""Resources: documents and tools that a community recommends, and how they are found.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.resources.tables import Resource

__all__ = ["Resource"]
