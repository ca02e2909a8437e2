"""Attacks on the bot, one test each: who tries what, and what happens instead.

`python -m tests.attacks` prints them as a table.
"""

from tests.attacks.table import attack

__all__ = ["attack"]
