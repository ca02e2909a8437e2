"""Practice sheets: what worked somewhere, written so that the next person finds it.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.sheets.tables import (
    Sheet,
    SheetAuthor,
    SheetCirculation,
    SheetMilestone,
    SheetResult,
    SheetReview,
    SheetTrial,
)

__all__ = [
    "Sheet",
    "SheetAuthor",
    "SheetCirculation",
    "SheetMilestone",
    "SheetResult",
    "SheetReview",
    "SheetTrial",
]
