"""What was perhaps reported already: the open ones of a community that say nearly the same, by the search of resources.

An index of its own is made each time: there are few, and whoever reports something waits for its preview anyway.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.ideas import ideas
from bot.ideas.tables import Idea
from bot.resources.library import Library
from bot.resources.search.document import Document
from bot.resources.search.index import Index
from bot.store.database import Transaction

SHOWN: Final = 3
LEAST_OF_BEST: Final = 0.5
"""The share of the best one's score that the others need."""


async def similar(
    tx: Transaction, library: Library, community: str, words: str, *, kind: str, today: date
) -> Sequence[Idea]:
    """Those of the same kind that resemble the words, the nearest first."""
    found = {one.id: one for one in await ideas.open_ones(tx, community) if one.kind == kind}
    index = Index(library.index.lexicon_of(community))
    index.load((Document(number or 0, community, one.text), None) for number, one in found.items())
    answer = index.search(words, community=community, today=today, limit=SHOWN)
    index.close()
    if answer.partial or not answer.hits:
        return ()
    best = answer.hits[0].score
    return [found[hit.document.id] for hit in answer.hits if hit.score >= LEAST_OF_BEST * best]
