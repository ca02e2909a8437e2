"""What is kept about a person: found in every table of `personal`, told to them, and erased."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import add, attrgetter
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, bindparam, cast, delete, func, or_, select, update

from bot.communities import communities
from bot.communities.acting import Hands
from bot.events.room_actions import NAMES, CreateRoom, Leave
from bot.help import forget
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox import delivery, dialogues, direct_chats, inbox, undecrypted
from bot.mailbox.outbox import FAILED, PENDING
from bot.meetups import reminders, rsvps
from bot.personal import KINDS, QUOTED, Kept, every_table
from bot.resources import resources, revisions, votes
from bot.store.database import Transaction
from bot.text.mentions import Person

_INTERNAL = {"account", "txn_id", "tokens", "revision", "device_id", "version"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trace:
    """A row that names a person: as their own, or in the words of somebody else."""

    kept: Kept
    row: Row
    own: bool

    @property
    def kind(self) -> str:
        return self.kept.kind if self.own else QUOTED


@dataclass(frozen=True, slots=True)
class Part:
    """How much there is of a kind, and since when, as far as the rows tell."""

    kind: str
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
    by_kind = {kind: [trace for trace in found if trace.kind == kind] for kind in KINDS}
    parts = tuple(Part(kind, len(those), _since(those, now)) for kind, those in by_kind.items() if those)
    return Told(parts, tuple(_entry(trace) for trace in found))


def _since(found: Sequence[Trace], now: datetime) -> datetime | None:
    moments = [value for trace in found for value in trace.row.values() if isinstance(value, datetime)]
    return min((moment for moment in moments if moment <= now), default=None)


def _entry(trace: Trace) -> Row:
    table = {"table": trace.kept.table.name}
    if trace.own:
        return table | {"row": {name: value for name, value in trace.row.items() if name not in _INTERNAL}}
    moments = (value for value in trace.row.values() if isinstance(value, datetime))
    return table | {"named by somebody else": True, "number": trace.row.get("id"), "at": next(moments, None)}


# ── finding ───────────────────────────────────────────────────────────────────────────────────────────────


async def traces(tx: Transaction, person: Person) -> list[Trace]:
    """Every row of every table that names the person."""
    return [trace for kept in every_table() if kept.searched for trace in await _in_table(tx, kept, person)]


async def _in_table(tx: Transaction, kept: Kept, person: Person) -> list[Trace]:
    rows = await tx.read(select(kept.table).where(_may_name(kept, person)).order_by(*kept.table.primary_key.columns))
    return [Trace(kept, dict(row), _is_own(kept, row, person)) for row in rows if _names(kept, row, person)]


def _may_name(kept: Kept, person: Person) -> ColumnElement[bool]:
    """One look at each row: all its texts, one behind the other."""
    texts = [func.coalesce(cast(column, String), "") for column in kept.searched]
    whole = func.lower(reduce(add, texts))
    return or_(*(whole.contains(beginning, autoescape=True) for beginning in person.beginnings))


def _names(kept: Kept, row: Any, person: Person) -> bool:
    names = ((column.name, column.name not in kept.identifying) for column in kept.searched)
    return any(person.is_in(row[name], loose=loose) for name, loose in names)


def _is_own(kept: Kept, row: Any, person: Person) -> bool:
    exact = any(_is_they(row[name], person) for name in (*kept.gone, *kept.named))
    return exact or any(person.is_in(row[name], loose=False) for name in kept.within)


def _is_they(value: Any, person: Person) -> bool:
    return value in (person.mxid, f"dm:{person.mxid}")


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
    """Forget a person everywhere. What goes on with others goes on: seats are freed, requests are passed on."""
    await forget.person(hands, mxid)
    for meeting, _answer in await rsvps.of_person(hands.tx, mxid, after=hands.now):
        await rsvps.withdraw(hands.tx, hands.timers, meeting, mxid, now=hands.now)
    for reminder in await reminders.of(hands.tx, mxid):
        await reminders.cancel(hands.tx, hands.timers, reminder.id or 0, owner=mxid)
    await votes.forget(hands.tx, mxid)
    await _leave_chat(hands, mxid)
    await hands.tx.flush()
    person, pseudonym = known_as(mxid, hands.account), Pseudonym()
    for _name, found in groupby(await traces(hands.tx, person), attrgetter("kept.table.name")):
        await _erase(hands, list(found), person, pseudonym)


async def _leave_chat(hands: Hands, mxid: str) -> None:
    """What was still to be said there is not, and what could not be read there never will be."""
    room = await direct_chats.room_of(hands.tx, hands.account, mxid)
    if room is not None:
        await delivery.drop(hands.tx, hands.account, room)
        await undecrypted.drop(hands.tx, hands.account, room)
        await hands.outbox.do(hands.tx, Leave(), key=f"forgotten:{secrets.token_hex(4)}", to=room, now=hands.now)


async def _erase(hands: Hands, found: Sequence[Trace], person: Person, pseudonym: Pseudonym) -> None:
    """From one table."""
    kept = found[0].kept
    gone = [trace.row for trace in found if _goes(trace, person)]
    changes = []
    for trace in found:
        if trace.row not in gone:
            word = await _word(hands.tx, kept.table, trace.row)
            changes.append((trace.row, _without(trace, person, pseudonym, word) | _ended(trace, person, hands.now)))
    await _delete(hands.tx, kept.table, gone)
    await _update(hands.tx, kept.table, changes)
    await _follow(hands.tx, kept.table, changes)


def _goes(trace: Trace, person: Person) -> bool:
    return trace.kept.fragile or any(_is_they(trace.row[name], person) for name in trace.kept.gone)


def _without(trace: Trace, person: Person, pseudonym: Pseudonym, word: str) -> Row:
    """The columns of a row as they are without the person."""
    changed = {}
    for column in trace.kept.searched:
        value = trace.row[column.name]
        if column.name in trace.kept.named and value == person.mxid:
            changed[column.name] = None if column.nullable else pseudonym(value)
        elif not isinstance(value, str):
            changed[column.name] = person.out_of(value, pseudonym=pseudonym, word=word)
        elif column.name in trace.kept.identifying:
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


async def _update(tx: Transaction, table: Table, changes: Sequence[tuple[Row, Row]]) -> None:
    names = {name for _row, changed in changes for name in changed}
    if names:
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        rows = [_key(table, row) | {f"new_{name}": (row | changed)[name] for name in names} for row, changed in changes]
        await tx.exec(update(table).where(_this_row(table)).values(values), rows)


def _this_row(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(f"of_{column.name}") for column in table.primary_key.columns))


def _key(table: Table, row: Row) -> Row:
    return {f"of_{column.name}": row[column.name] for column in table.primary_key.columns}


# ── what ends with it ─────────────────────────────────────────────────────────────────────────────────────


def _ended(trace: Trace, person: Person, now: datetime) -> Row:
    """What changes in a row beside the name, because it made sense only with the person."""
    end = _ENDS.get(trace.kept.table.name)
    return end(trace, person, now) if end else {}


def _unsaid(trace: Trace, person: Person, _now: datetime) -> Row:
    """A message of ours to them, or about them, is sent no more, here nor elsewhere; its fingerprint is another.

    One to others that only quotes them goes out without the name.
    """
    row = trace.row
    invites = row["kind"] == NAMES[CreateRoom] and person.is_in(row["content"], loose=False)
    if not trace.own and not invites:
        return {}
    unsent: Row = {"status": FAILED, "failure": "FORGOTTEN", "content": {}} if row["status"] == PENDING else {}
    return unsent | {"txn_id": secrets.token_hex(20), "fallback": None, "open": False}


def _unheard(trace: Trace, person: Person, now: datetime) -> Row:
    """What they wrote and nobody has read yet is not answered."""
    if not trace.own or trace.row["status"] not in (inbox.PENDING, inbox.WAITING):
        return {}
    return {"status": inbox.IGNORED, "details": {}, "handled_at": now}


def _impossible(trace: Trace, person: Person, _now: datetime) -> Row:
    """What somebody else was about to do with the person, an appointment for instance, cannot be done."""
    about = person.mxid in trace.row["data"].values()
    return {"status": dialogues.FORGOTTEN, "data": {}} if about else {}


def _archived(trace: Trace, person: Person, _now: datetime) -> Row:
    """An address that led to the person leads nowhere."""
    return {"state": resources.ARCHIVED} if person.is_in(trace.row["url"], loose=False) else {}


_ENDS: dict[str, Callable[[Trace, Person, datetime], Row]] = {
    "outbox": _unsaid,
    "inbox": _unheard,
    "dialogue": _impossible,
    "resource": _archived,
}


async def _follow(tx: Transaction, table: Table, changes: Sequence[tuple[Row, Row]]) -> None:
    """The search finds what is written now."""
    if table.name == "resource":
        await resources.analyse_anew(tx, [row["id"] for row, changed in changes if changed.keys() - {"owner"}])
    elif table.name == "synonym":
        await revisions.following(tx, revisions.SYNONYMS)
