"""Requests for help: from the question to what came of it.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.help.tables import HelpOffer, HelpRequest

__all__ = ["HelpOffer", "HelpRequest"]
