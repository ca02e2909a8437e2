"""A database that fails for a moment costs a moment, not an answer."""

import sqlite3

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.store.database import Database
from tests.chat import ANA, Chat


class Unlucky:
    """A command whose first two tries the database ends."""

    def __init__(self, *, sqlite: bool) -> None:
        self.command = Command("essai", summary="essai", examples=())
        self.command.run()(self.answer)
        self.tries = 0
        self._sqlite = sqlite

    async def answer(self, ctx: Context) -> Reply:
        self.tries += 1
        if self.tries < 3:
            await ctx.tx.run(_busy if self._sqlite else _cut)
        return say(f"Voilà, à l'essai {self.tries}.")


def _busy(_connection: Connection) -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("BEGIN IMMEDIATE", None, busy)


def _cut(connection: Connection) -> None:
    connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


async def test_an_answer_that_was_cut_off_is_given_in_the_end(database: Database, impatient: None) -> None:
    unlucky = Unlucky(sqlite=database.is_sqlite)
    async with Chat(database, more=[unlucky.command]) as chat:
        await chat.says(ANA, "!essai")
        assert chat.texts == ["Voilà, à l'essai 3."]
