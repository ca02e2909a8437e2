"""Synonyms of a community, as its team wrote them."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select

from bot.person_columns import Change
from bot.resources import revisions
from bot.resources.tables import Synonym
from bot.store.database import Transaction
from bot.text.plain_text import fold


async def add(tx: Transaction, community: str, words: Sequence[str]) -> Sequence[str]:
    """Add words to the group of the first; returns the whole group."""
    row = await _of(tx, community, words[0]) or Synonym(community=community, key=key(words[0]), words=[])
    together = {key(word): word for word in (*row.words, *words)}
    row.words = list(together.values())
    tx.add(row)
    await revisions.following(tx, revisions.SYNONYMS)
    await tx.flush()
    return row.words


async def remove(tx: Transaction, community: str, word: str) -> bool:
    """Delete the group of this word; False when there was none."""
    row = await _of(tx, community, word)
    if row is None:
        return False
    await tx.exec(delete(Synonym).where(col(Synonym.id) == row.id))
    await revisions.following(tx, revisions.SYNONYMS)
    return True


async def group(tx: Transaction, community: str, word: str) -> list[str] | None:
    """The words that mean the same as this one, None when there are none."""
    row = await _of(tx, community, word)
    return list(row.words) if row else None


async def put(tx: Transaction, community: str, word: str, words: Sequence[str] | None) -> None:
    """Replace the group of the word by these words; None deletes it."""
    await remove(tx, community, word)
    if words:
        await add(tx, community, words)


async def of_community(tx: Transaction, community: str) -> Sequence[Sequence[str]]:
    """Every group of a community, by its first word."""
    rows = select(Synonym.words).where(Synonym.community == community).order_by(col(Synonym.key))
    return (await tx.exec(rows)).all()


async def rewritten(tx: Transaction, _changes: Sequence[Change]) -> None:
    """Somebody was erased from their words: the search reads them anew."""
    await revisions.following(tx, revisions.SYNONYMS)


async def every(tx: Transaction) -> dict[str, list[list[str]]]:
    """Every group, by community."""
    found: dict[str, list[list[str]]] = {}
    for row in await tx.exec(select(Synonym).order_by(col(Synonym.id))):
        found.setdefault(row.community, []).append(row.words)
    return found


async def _of(tx: Transaction, community: str, word: str) -> Synonym | None:
    same = select(Synonym).where(Synonym.community == community, Synonym.key == key(word))
    return (await tx.exec(same)).first()


def key(word: str) -> str:
    """The form in which words are compared."""
    return " ".join(fold(word).text.split())
