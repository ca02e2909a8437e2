"""Practice sheets: what worked somewhere, written so that the next person finds it.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.sheets.tables import Sheet, SheetAuthor, SheetReview

__all__ = ["Sheet", "SheetAuthor", "SheetReview"]
