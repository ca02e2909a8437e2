"""Thanks: who thanked whom, counted for the person thanked alone; no ranking, and nobody sees another's count.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.thanks.tables import Thanks

__all__ = ["Thanks"]
