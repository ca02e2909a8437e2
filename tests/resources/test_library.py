"""The index and the database stay level, whatever becomes of a transaction."""

import pytest

from bot import installation
from bot.resources import resources
from bot.resources.library import Library
from bot.resources.resources import Draft
from bot.store.database import Transaction
from tests.chat import MORNING, Chat


class Undone(Exception):
    """What a handler may raise."""


def draft(title: str) -> Draft:
    return Draft(title=title, url=f"https://example.org/{title}")


async def found(library: Library, tx: Transaction, words: str) -> list[str]:
    answer = await library.ask(tx, words, community="numerique", today=MORNING.date(), limit=3)
    return [hit.document.title for hit in answer.hits]


async def write_and_fail(chat: Chat, library: Library) -> None:
    async with chat.database.transaction() as tx:
        await resources.write(tx, "numerique", [draft("Zanzibar")])
        await found(library, tx, "zanzibar")
        raise Undone


async def test_what_is_undone_is_not_found_and_hides_nothing(chat: Chat) -> None:
    library = await Library.of(chat.database, installation.shipped_index())
    with pytest.raises(Undone):
        await write_and_fail(chat, library)
    async with chat.database.transaction() as tx:
        await resources.write(tx, "numerique", [draft("Quokka")])
    async with chat.database.reading() as tx:
        assert await found(library, tx, "quokka") == ["Quokka"]
        assert await found(library, tx, "zanzibar") == []
