"""What is known of a person: found in every table of every noun, told to them, and erased."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import add, attrgetter
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, bindparam, cast, delete, func, or_, select, update

from bot import nouns
from bot.communities import communities
from bot.communities.acting import Hands
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox import direct_chats
from bot.person_columns import QUOTED, Change, PersonColumns, Row
from bot.store.database import Transaction
from bot.text.mentions import Person

_INTERNAL = {"account", "txn_id", "tokens", "revision", "device_id", "version"}


@dataclass(frozen=True, slots=True)
class Trace:
    """A row that names a person: as their own, or in the words of somebody else."""

    columns: PersonColumns
    row: Row
    own: bool

    @property
    def heading(self) -> str:
        return self.columns.heading if self.own else QUOTED


@dataclass(frozen=True, slots=True)
class Part:
    """How much there is under a heading, and since when, as far as the rows tell."""

    heading: str
    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the database keeps about a person: in sums, and row by row as JSON would hold it."""

    parts: tuple[Part, ...]
    rows: tuple[Row, ...]


async def told(tx: Transaction, mxid: str, *, account: str, now: datetime) -> Told:
    """Exactly what `erase` would reach. The words of others are theirs: of those it is told where they are."""
    found = await traces(tx, known_as(mxid, account))
    under = {heading: [trace for trace in found if trace.heading == heading] for heading in nouns.headings()}
    parts = tuple(Part(heading, len(those), _since(those, now)) for heading, those in under.items() if those)
    return Told(parts, tuple(_entry(trace) for trace in found))


def _since(found: Sequence[Trace], now: datetime) -> datetime | None:
    moments = [value for trace in found for value in trace.row.values() if isinstance(value, datetime)]
    return min((moment for moment in moments if moment <= now), default=None)


def _entry(trace: Trace) -> Row:
    table = {"table": trace.columns.table.name}
    if trace.own:
        return table | {"row": {name: value for name, value in trace.row.items() if name not in _INTERNAL}}
    moments = (value for value in trace.row.values() if isinstance(value, datetime))
    return table | {"named by somebody else": True, "number": trace.row.get("id"), "at": next(moments, None)}


# ── finding ───────────────────────────────────────────────────────────────────────────────────────────────


async def traces(tx: Transaction, person: Person) -> list[Trace]:
    """Every row of every table that names the person."""
    return [trace for one in nouns.every_table() if one.searched for trace in await _in_table(tx, one, person)]


async def _in_table(tx: Transaction, columns: PersonColumns, person: Person) -> list[Trace]:
    table = columns.table
    rows = await tx.read(select(table).where(_may_name(columns, person)).order_by(*table.primary_key.columns))
    return [Trace(columns, dict(row), _is_own(columns, row, person)) for row in rows if _names(columns, row, person)]


def _may_name(columns: PersonColumns, person: Person) -> ColumnElement[bool]:
    """One look at each row: all its texts, one behind the other."""
    texts = [func.coalesce(cast(column, String), "") for column in columns.searched]
    whole = func.lower(reduce(add, texts))
    return or_(*(whole.contains(beginning, autoescape=True) for beginning in person.beginnings))


def _names(columns: PersonColumns, row: Any, person: Person) -> bool:
    names = ((column.name, column.name not in columns.identifying) for column in columns.searched)
    return any(person.is_in(row[name], loose=loose) for name, loose in names)


def _is_own(columns: PersonColumns, row: Any, person: Person) -> bool:
    exact = any(_is_they(row[name], person) for name in (*columns.gone, *columns.named))
    return exact or any(person.is_in(row[name], loose=False) for name in columns.within)


def _is_they(value: Any, person: Person) -> bool:
    return value in (person.mxid, direct_chats.lane(person.mxid))


def known_as(mxid: str, account: str) -> Person:
    """How the person is looked for by the bot of this account."""
    return Person(mxid, home=account.partition(":")[2])


# ── erasing ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Pseudonym:
    """What takes the place of an identifier where something must: drawn anew each time, another for each spelling."""

    base: str = field(default_factory=lambda: f"former:{secrets.token_hex(4)}")
    _given: dict[str, str] = field(default_factory=dict)

    def __call__(self, spelled: str) -> str:
        later = f"-{len(self._given) + 1}" if self._given else ""
        return self._given.setdefault(spelled, f"{self.base}{later}")


async def erase(hands: Hands, mxid: str) -> None:
    """Forget a person everywhere. What goes on with others goes on: seats are freed, requests are passed on.

    The nouns that build on others end first what goes on; the private conversation is left last.
    """
    for noun in reversed(nouns.NOUNS):
        if noun.erase is not None:
            await noun.erase(hands, mxid)
    await hands.tx.flush()
    person, pseudonym = known_as(mxid, hands.account), Pseudonym()
    for _name, found in groupby(await traces(hands.tx, person), attrgetter("columns.table.name")):
        await _erase(hands, list(found), person, pseudonym)


async def _erase(hands: Hands, found: Sequence[Trace], person: Person, pseudonym: Pseudonym) -> None:
    """From one table."""
    columns = found[0].columns
    gone = [trace.row for trace in found if _goes(trace, person)]
    changes: list[Change] = []
    for trace in found:
        if trace.row not in gone:
            word = await _word(hands.tx, columns.table, trace.row)
            changes.append((trace.row, _without(trace, person, pseudonym, word) | _ended(trace, person, hands.now)))
    await _delete(hands.tx, columns.table, gone)
    await _update(hands.tx, columns.table, changes)
    if columns.rewritten is not None and changes:
        await columns.rewritten(hands.tx, changes)


def _goes(trace: Trace, person: Person) -> bool:
    return trace.columns.fragile or any(_is_they(trace.row[name], person) for name in trace.columns.gone)


def _without(trace: Trace, person: Person, pseudonym: Pseudonym, word: str) -> Row:
    """The columns of a row as they are without the person."""
    changed = {}
    for column in trace.columns.searched:
        value = trace.row[column.name]
        if column.name in trace.columns.named and value == person.mxid:
            changed[column.name] = None if column.nullable else pseudonym(value)
        elif not isinstance(value, str):
            changed[column.name] = person.out_of(value, pseudonym=pseudonym, word=word)
        elif column.name in trace.columns.identifying:
            changed[column.name] = person.out_of_text(value, pseudonym, loose=False)
        else:
            changed[column.name] = person.out_of_text(value, lambda _found: word, loose=True)
    return {name: value for name, value in changed.items() if value != trace.row[name]}


async def _word(tx: Transaction, table: Table, row: Row) -> str:
    """What is read in the place of a name, in the language of the row's community."""
    slug = await _community_of(tx, table, row)
    community = await communities.get(tx, slug) if slug else None
    with speaking(community.language if community else DEFAULT):
        return _("(erased person)")


async def _community_of(tx: Transaction, table: Table, row: Row) -> str | None:
    """The community that a row belongs to, by itself or through what it refers to."""
    if "community" in table.columns:
        slug: str | None = row["community"]
        return slug
    for reference in table.foreign_keys:
        parent = reference.column.table
        rows = await tx.read(select(parent).where(reference.column == row[reference.parent.name]))
        return await _community_of(tx, parent, dict(rows[0])) if rows else None
    return None


async def _delete(tx: Transaction, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        await tx.exec(delete(table).where(_this_row(table)), [_key(table, row) for row in rows])


async def _update(tx: Transaction, table: Table, changes: Sequence[Change]) -> None:
    names = {name for _row, changed in changes for name in changed}
    if names:
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        rows = [_key(table, row) | {f"new_{name}": (row | changed)[name] for name in names} for row, changed in changes]
        await tx.exec(update(table).where(_this_row(table)).values(values), rows)


def _this_row(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(f"of_{column.name}") for column in table.primary_key.columns))


def _key(table: Table, row: Row) -> Row:
    return {f"of_{column.name}": row[column.name] for column in table.primary_key.columns}


def _ended(trace: Trace, person: Person, now: datetime) -> Row:
    """What changes in a row besides the name, because it made sense only with the person."""
    ends = trace.columns.ends
    return ends(trace.row, person, own=trace.own, now=now) if ends is not None else {}
