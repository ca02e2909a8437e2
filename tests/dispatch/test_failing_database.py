"""A database that fails for a moment costs a moment, not an answer."""

import sqlite3
from collections.abc import Callable

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.store.database import Database
from tests.chat import ANA, Chat

Fault = Callable[[Connection], None]


class Unlucky:
    """A command whose first tries the database ends, each with one of these faults."""

    def __init__(self, *faults: Fault) -> None:
        self.command = Command("essai", summary="essai", examples=())
        self.command.run()(self.answer)
        self._faults = list(faults)

    async def answer(self, ctx: Context) -> Reply:
        if self._faults:
            await ctx.tx.run(self._faults.pop(0))
        return say("Voilà.")


def _busy(_connection: Connection) -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("BEGIN IMMEDIATE", None, busy)


def _full(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes what there is already for the least
    try:
        connection.exec_driver_sql("CREATE TABLE too_much AS SELECT randomblob(1000000) AS filling")
    finally:
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")


def _cut(connection: Connection) -> None:
    connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


async def test_an_answer_that_was_cut_off_is_given_in_the_end(database: Database, impatient: None) -> None:
    unlucky = Unlucky(_busy, _full) if database.is_sqlite else Unlucky(_cut, _cut)
    async with Chat(database, more=[unlucky.command]) as chat:
        await chat.says(ANA, "!essai")
        assert chat.texts == ["Voilà."]
