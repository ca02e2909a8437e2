"""Figures that are counted while somebody lives through them: how often words are read, and the database is asked."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from bot.store import schema
from bot.store.database import Database
from tests.chat import ANA, Chat
from tests.dispatch.test_reading import calls, statements
from tests.help.test_own_data import lived
from tests.help.test_statements import statements_of_a_yes


class Counts(NamedTuple):
    """Of one `!doc`: how often its words are looked at. Of a yes and of an erasure: statements, until all is kept."""

    read: int
    addressed: int
    fold: int
    yes_answering: int
    yes: int
    erasure: int


async def counts() -> Counts:
    """All of them, on SQLite."""
    async with _chat() as chat:
        words = await calls(chat, "!doc messagerie sécurisée")
    async with _chat() as chat:
        yes = await statements_of_a_yes(chat)
    erasure = await _erasure()
    return Counts(words["Menu.read"], words["addressed"], words["fold"], len(yes.answering), len(yes.in_all), erasure)


async def _erasure() -> int:
    """Somebody who has used all there is says yes to being erased."""
    async with _chat() as chat:
        room = await lived(chat)
        await chat.says(ANA, "!moi oubli", room=room)
        with statements() as asked:
            await chat.reacts(ANA, "✅", chat.last)
            await chat.passes(minutes=2)
        return len(asked)


@asynccontextmanager
async def _chat() -> AsyncIterator[Chat]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'house.sqlite')}")
        await schema.migrate(database)
        async with Chat(database) as chat:
            yield chat
        await database.close()
