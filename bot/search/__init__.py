"""The French index, in memory, fed from the database."""

from bot.search.document import Document, analyse
from bot.search.index import Answer, Hit, Index
from bot.search.kinds import KINDS, filters
from bot.search.lexicon import Lexicon
from bot.search.shelf import fts5_available

__all__ = ["KINDS", "Answer", "Document", "Hit", "Index", "Lexicon", "analyse", "filters", "fts5_available"]
