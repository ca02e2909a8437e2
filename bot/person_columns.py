"""Where a row may name somebody, as each noun declares it of its tables: told and erased from there (`privacy`).

Every text and JSON column is searched all the same, those of tables to come as well, unless its name is declared here
as holding nobody's identifier: whoever writes may name anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Numeric, Table, UniqueConstraint
from sqlmodel import SQLModel

from bot.i18n import N_
from bot.store.columns import Instant, columns
from bot.store.database import Transaction
from bot.text.mentions import Person

SETTINGS, QUOTED = N_("your settings"), N_("where others name you")
"""What is known of a person, in the words of whoever reads it: two headings that no noun has for itself."""

NAMELESS = {
    "account": "the bot's own identifier",
    "device_id": "the bot's own device",
    "txn_id": "a fingerprint, drawn anew when its row forgets somebody",
    "token_hash": "a fingerprint of a secret that was drawn",
    "since": "the homeserver's place in its stream",
    "from_token": "the homeserver's place in its stream",
    "to_token": "the homeserver's place in its stream",
    "status": "one of a few words of the program",
    "role": "one of a few words of the program",
    "rule": "one of a few words of the program",
    "protection": "one of a few words of the program",
    "language": "the code of a language",
    "time_zone": "the name of a time zone",
    "zone": "the name of a time zone",
    "verified_on": "a day",
}
"""Columns of these names hold nobody's identifier, and why. References to other tables are not searched either."""

_WORDLESS = (Boolean, Date, DateTime, Instant, Integer, Numeric)
"""Types of columns; all others are searched."""

Row = dict[str, Any]
Change = tuple[Row, Row]
"""A row as it was, and those of its columns that are different now."""


class Ends(Protocol):
    """What changes in a row besides the name, because it made sense only with the person.

    `own`: the row is the person's, else somebody else wrote of them in it.
    """

    def __call__(self, row: Row, person: Person, /, *, own: bool, now: datetime) -> Row: ...


class Rewritten(Protocol):
    """What follows from rows that lost a name, in the same transaction."""

    async def __call__(self, tx: Transaction, changes: Sequence[Change], /) -> None: ...


@dataclass(frozen=True)
class PersonColumns:
    """A table and how it may name somebody.

    `heading` is what its rows are, in the words of whoever reads what is known of them. A row is deleted when a column
    of `gone` is the person. In `named` nothing, or a pseudonym, takes the person's place, and the row stays. `within`:
    the name is a part of what the program wrote there. `fragile` rows make no sense without it and are deleted. `keys`
    are referred to by other rows. In all other columns a mention is what somebody else wrote.
    """

    row: type[SQLModel]
    heading: str = QUOTED
    gone: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    fragile: bool = False
    ends: Ends | None = None
    rewritten: Rewritten | None = None

    @cached_property
    def table(self) -> Table:
        return columns(self.row)

    @cached_property
    def searched(self) -> tuple[Column[Any], ...]:
        """The columns that may name somebody."""
        return tuple(column for column in self.table.columns if may_name(column))

    @cached_property
    def identifying(self) -> frozenset[str]:
        """Columns by which rows are found: a pseudonym keeps them apart, where in others a word says enough."""
        rules = (rule for rule in (*self.table.constraints, *self.table.indexes))
        unique = {
            column.name for rule in rules if isinstance(rule, UniqueConstraint | Index) for column in rule.columns
        }
        own = {*self.gone, *self.named, *self.keys, *(column.name for column in self.table.primary_key.columns)}
        return frozenset(unique | own)


def may_name(column: Column[Any]) -> bool:
    """Whether a column may hold words, and is neither a reference nor declared as naming nobody."""
    return not isinstance(column.type, _WORDLESS) and not column.foreign_keys and column.name not in NAMELESS
