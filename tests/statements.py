"""Counts what the database is asked: statements, and the transactions that they are in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.store.database import Database
from tests.chat import ANA, Chat

COMMANDS = ("!ping", "!doc dossier patient")
"""The least command, and the main one."""
STATEMENTS, TRANSACTIONS = 12, 3
"""What an ordinary command costs at most, from its arrival until its answer is marked as sent."""


@dataclass(slots=True)
class Asked:
    """Statements in order, and how many transactions began. One that only begins and ends asks nothing."""

    statements: list[str] = field(default_factory=list)
    transactions: int = 0

    def begin(self, _connection: Any) -> None:
        self.transactions += 1

    def note(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        self.statements.append(" ".join(statement.split()))


@contextmanager
def counted() -> Iterator[Asked]:
    """Counts for all databases of this process."""
    asked = Asked()
    listeners: list[tuple[str, Callable[..., Any]]] = [("begin", asked.begin), ("before_cursor_execute", asked.note)]
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield asked
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


async def of_commands(database: Database) -> dict[str, Asked]:
    """What each of COMMANDS asks in a linked room, of somebody who has asked it before."""
    found = {}
    async with Chat(database) as chat:
        for command in COMMANDS:
            await chat.says(ANA, command)
            with counted() as found[command]:
                await chat.says(ANA, command)
    return found
