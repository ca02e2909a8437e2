"""Counts structures without naming any: by the establishment that people gave, else each person for one."""

from collections.abc import Iterable
from typing import Protocol

from bot.store.database import Transaction
from bot.text.plain_text import fold
from bot.volunteers import profiles


class Somewhere(Protocol):
    """A row of a person at a place."""

    person: str
    place: str


async def of(tx: Transaction, person: str) -> str:
    """Where a person works, so that two spellings count once; empty if they did not say."""
    return " ".join(fold((await profiles.of(tx, person)).establishment or "").text.replace("-", " ").split())


def count(rows: Iterable[Somewhere]) -> int:
    """How many structures these people are of."""
    return len({row.place or row.person for row in rows})
