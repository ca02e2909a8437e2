"""The search index for French, in memory, loaded from the database."""

from bot.resources.search.community_index import fts5_available
from bot.resources.search.document import Document, analyse
from bot.resources.search.index import Answer, Hit, Index
from bot.resources.search.kinds import KINDS, filters
from bot.resources.search.lexicon import Lexicon

__all__ = ["KINDS", "Answer", "Document", "Hit", "Index", "Lexicon", "analyse", "filters", "fts5_available"]
