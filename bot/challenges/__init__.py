"""Challenges: a question that irritants lead to, the solutions that members give, and the vote on them.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.challenges.tables import Challenge, Solution

__all__ = ["Challenge", "Solution"]
