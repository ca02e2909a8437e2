"""What is kept about a person: the one list of all tables that may name somebody, told and erased from here."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, String, cast, delete, or_, select, update
from sqlmodel import SQLModel

from bot.domain.acts import Leave
from bot.i18n import N_
from bot.services import direct_chats, help_forget, reminders, rsvps, votes
from bot.services.hands import Hands
from bot.services.outbox import FAILED, PENDING
from bot.store.database import Transaction
from bot.store.help_tables import Availability, Expert, ExpertTopic, HelpOffer, HelpRequest, Profile
from bot.store.meetup_tables import (
    CalendarLink,
    DatePoll,
    DateVote,
    MeetupNote,
    MeetupOpinion,
    MeetupSeries,
    OwnReminder,
    Reminder,
    RsvpRow,
)
from bot.store.resource_tables import ResourceVote
from bot.store.tables import (
    Appointment,
    Dialogue,
    DirectChat,
    InboxEvent,
    LinkRequest,
    OutboxMessage,
    Person,
    Reaction,
    Resource,
    RoomBinding,
    Timer,
    Welcome,
    columns,
)
from bot.store.team_tables import Undo


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that may name somebody in these columns; `label` is a msgid.

    A row goes when one of `gone` names them. In `named` nothing, or a pseudonym, takes the name's place: the row stays.
    `within`: the name may be a part of what these hold. `counted`: too many rows to be told one by one.
    """

    table: type[SQLModel]
    label: str
    gone: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    counted: bool = False


KEPT = (
    Kept(Person, N_("what you chose: language, time zone, community, “stop”"), gone=("mxid",)),
    Kept(Profile, N_("where you work"), gone=("person",)),
    Kept(Appointment, N_("roles given to you, or by you"), gone=("person",), named=("given_by",)),
    Kept(Welcome, N_("that you were welcomed"), gone=("person",)),
    Kept(DirectChat, N_("our private conversation"), gone=("person",)),
    Kept(Expert, N_("that you volunteer"), gone=("person",), named=("proposed_by",)),
    Kept(ExpertTopic, N_("your topics as a volunteer"), gone=("person",)),
    Kept(Availability, N_("your hours and absences as a volunteer"), gone=("person",), named=("delegate",)),
    Kept(HelpRequest, N_("requests for help, asked or accepted by you"), named=("requester", "expert")),
    Kept(HelpOffer, N_("requests proposed to you"), named=("person", "instead_of")),
    Kept(MeetupSeries, N_("meet-ups that you organise"), named=("organiser",)),
    Kept(RsvpRow, N_("your answers to meet-ups"), gone=("person",)),
    Kept(OwnReminder, N_("your own reminders of meet-ups"), gone=("person",)),
    Kept(Reminder, N_("reminders that you asked for"), gone=("owner", "lane")),
    Kept(CalendarLink, N_("your calendar address, as a fingerprint"), gone=("person",)),
    Kept(MeetupNote, N_("lines that you noted in meet-ups"), named=("author",)),
    Kept(MeetupOpinion, N_("how you found meet-ups"), gone=("person",)),
    Kept(DatePoll, N_("dates that you put to the vote"), named=("asked_by",)),
    Kept(DateVote, N_("dates at which you can come"), gone=("person",)),
    Kept(Resource, N_("resources that you answer for"), named=("owner",)),
    Kept(ResourceVote, N_("resources that you found useful, or not"), gone=("person",)),
    Kept(RoomBinding, N_("rooms that you linked"), named=("linked_by",)),
    Kept(LinkRequest, N_("rooms that you asked to link"), named=("asked_by",)),
    Kept(Dialogue, N_("what you were filling in, or could choose from"), gone=("person",)),
    Kept(Undo, N_("changes of the team that concern you"), within=("thing", "arguments", "expects")),
    Kept(Timer, N_("what is to be done for you later"), within=("item",)),
    Kept(Reaction, N_("your reactions under my messages"), gone=("sender",), counted=True),
    Kept(InboxEvent, N_("your commands and answers, without their words"), named=("sender",), counted=True),
    Kept(
        OutboxMessage,
        N_("my messages to you, without their words"),
        named=("recipient", "asker"),
        within=("key", "parent", "lane", "about"),
        counted=True,
    ),
)
NOBODY = (
    "community",
    "topic",
    "guard_incident",
    "help_setting",
    "meetup",
    "resource_revision",
    "satisfaction",
    "search_miss",
    "sync_gap",
    "sync_state",
    "synonym",
    "unreadable",
)
"""Tables that name nobody."""

_INTERNAL = {"account", "txn_id", "tokens", "revision", "content", "fallback", "details", "device_id", "version"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one table keeps: how many rows, and what they say unless they are only counted."""

    label: str
    count: int
    rows: tuple[str, ...]


async def told(tx: Transaction, mxid: str) -> list[Part]:
    """Everything that the database keeps about a person, table by table; empty tables are left out."""
    parts = []
    for kept in KEPT:
        found = await _naming(tx, kept, mxid)
        if found:
            lines = () if kept.counted else tuple(_said(row) for row in found)
            parts.append(Part(kept.label, len(found), lines))
    return parts


def _said(row: dict[str, Any]) -> str:
    shown = {name: value for name, value in row.items() if value not in (None, "", [], {}) and name not in _INTERNAL}
    return json.dumps(shown, ensure_ascii=False, default=str)


async def erase(hands: Hands, mxid: str) -> None:
    """Forget a person everywhere. What goes on with others goes on: seats are freed, requests are passed on."""
    await help_forget.person(hands, mxid)
    for meeting, _answer in await rsvps.of_person(hands.tx, mxid, after=hands.now):
        await rsvps.withdraw(hands.tx, hands.timers, meeting, mxid, now=hands.now)
    for reminder in await reminders.of(hands.tx, mxid):
        await reminders.cancel(hands.tx, hands.timers, reminder.id or 0, owner=mxid)
    await votes.forget(hands.tx, mxid)
    await _leave_chat(hands, mxid)
    await hands.tx.flush()
    await _unsay(hands.tx, mxid)
    former = f"former:{secrets.token_hex(4)}"
    for kept in KEPT:
        await _erase_from(hands.tx, kept, mxid, former)


async def _unsay(tx: Transaction, mxid: str) -> None:
    """What waits to be said elsewhere if they never enter our private conversation."""
    table = columns(OutboxMessage)
    theirs = or_(table.c.recipient == mxid, table.c.asker == mxid)
    await tx.exec(update(table).where(theirs).values(fallback=None, open=False))


async def _leave_chat(hands: Hands, mxid: str) -> None:
    room = await direct_chats.room_of(hands.tx, hands.account, mxid)
    if room is not None:
        await hands.outbox.do(hands.tx, Leave(), key=f"forgotten:{secrets.token_hex(4)}", to=room, now=hands.now)


async def _erase_from(tx: Transaction, kept: Kept, mxid: str, former: str) -> None:
    table = columns(kept.table)
    if kept.gone:
        await tx.exec(delete(table).where(or_(*(table.c[name].in_((mxid, f"dm:{mxid}")) for name in kept.gone))))
    for name in kept.named:
        instead = None if table.c[name].nullable else former
        await tx.exec(update(table).where(table.c[name] == mxid).values({name: instead}))
    for row in await _naming(tx, kept, mxid) if kept.within else ():
        mine = table.c.id == row["id"]
        if kept.table is OutboxMessage:
            await tx.exec(update(table).where(mine).values(_nameless(row, kept.within, mxid, former)))
        else:
            await tx.exec(delete(table).where(mine))


def _nameless(row: dict[str, Any], names: Sequence[str], mxid: str, former: str) -> dict[str, Any]:
    """A message of ours under another key. One that was not sent goes nowhere; its old key is free again."""
    changed: dict[str, Any] = {name: _named(mxid).sub(former, row[name]) for name in names if row[name]}
    if row["status"] == PENDING:
        changed |= {"status": FAILED, "failure": "FORGOTTEN", "content": {}}
    return changed | {"txn_id": secrets.token_hex(20), "fallback": None, "open": False}


def _named(mxid: str) -> re.Pattern[str]:
    """The name as a whole: one that only begins like it is another's."""
    return re.compile(rf"{re.escape(mxid)}(?![\w.-])")


async def _naming(tx: Transaction, kept: Kept, mxid: str) -> Sequence[dict[str, Any]]:
    table = columns(kept.table)
    named = _named(mxid)
    exact = [table.c[name] == mxid for name in (*kept.gone, *kept.named)]
    within = [cast(table.c[name], String).contains(mxid, autoescape=True) for name in kept.within]
    rows = await tx.read(select(table).where(or_(*exact, *within)).order_by(*_order(table.primary_key)))
    found = [dict(row) for row in rows]
    return [row for row in found if any(named.search(str(value)) for value in row.values())]


def _order(key: Any) -> list[Column[Any]]:
    return list(key.columns)
