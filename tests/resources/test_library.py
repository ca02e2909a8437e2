"""The index and the database stay level, whatever becomes of a transaction."""

import pytest

from bot import installation
from bot.resources import library as loading
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


async def test_a_large_catalogue_is_read_in_parts_and_found_whole(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Wombat{number}" for number in range(120)]
    async with chat.database.transaction() as tx:
        await resources.write(tx, "numerique", [draft(name) for name in names])
    monkeypatch.setattr(loading, "_PAGE", loading._CHANGED_IN_ORDER.limit(50))
    library = await Library.of(chat.database, installation.shipped_index())
    async with chat.database.reading() as tx:
        assert [await found(library, tx, name) for name in names] == [[name] for name in names]
