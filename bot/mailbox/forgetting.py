"""Somebody is erased: what was still to be said to them, or read of them, is not."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from bot.events.messages import Ref
from bot.events.room_actions import NAMES, CreateRoom, Leave, Redact
from bot.mailbox import dialogues, direct_chats
from bot.mailbox.receiving import inbox, undecrypted
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import BULK, EDIT, FAILED, HELD, MESSAGE, PENDING, SENT, USUAL
from bot.mailbox.sending.voice import Voice
from bot.mailbox.tables import OutboxMessage
from bot.person_columns import Row
from bot.text.mentions import Person


async def leave_chat(voice: Voice, mxid: str) -> None:
    """What was still to be said there is not, and what could not be read there never will be."""
    account = voice.outbox.account
    for room in await direct_chats.rooms_of(voice.tx, account, mxid):
        await delivery.drop(voice.tx, account, room)
        await undecrypted.drop(voice.tx, account, room)
        await voice.outbox.do(voice.tx, Leave(), key=f"forgotten:{secrets.token_hex(4)}", to=room, now=voice.now)


async def unsay(voice: Voice, keys: re.Pattern[str], prefix: str) -> list[OutboxMessage]:
    """Remove our messages that have such keys, all of which begin with `prefix`, wherever they are; returns them."""
    rows = await _ours(voice, col(OutboxMessage.key).startswith(prefix, autoescape=True))
    return await _remove(voice, [row for row in rows if keys.match(row.key)])


async def unsay_cards(voice: Voice, *about: Ref) -> None:
    """The same of our cards about these items, also of those that wait for nobody any more."""
    await _remove(voice, await _ours(voice, col(OutboxMessage.about).in_([str(one) for one in about])))


async def _ours(voice: Voice, which: ColumnElement[bool]) -> Sequence[OutboxMessage]:
    mine = (OutboxMessage.account == voice.outbox.account, OutboxMessage.kind == MESSAGE)
    there = col(OutboxMessage.status).in_((PENDING, HELD, SENT))
    rows = select(OutboxMessage).where(*mine, there, which)
    return (await voice.tx.exec(rows.order_by(col(OutboxMessage.id)))).all()


async def _remove(voice: Voice, rows: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Of a changed message the changes go too: each is an event of its own that has the words."""
    for row in rows:
        await _redact(voice, row, priority=USUAL)
    changes = (OutboxMessage.kind == EDIT, OutboxMessage.status == SENT)
    of_these = col(OutboxMessage.parent).in_([row.key for row in rows])
    mine = select(OutboxMessage).where(OutboxMessage.account == voice.outbox.account, *changes, of_these)
    for row in (await voice.tx.exec(mine.order_by(col(OutboxMessage.id)))).all():
        await _redact(voice, row, priority=BULK)
    return list(rows)


async def _redact(voice: Voice, row: OutboxMessage, *, priority: int) -> None:
    key = f"unsaid:{row.key}"
    await voice.outbox.do(voice.tx, Redact(), key=key, to=row.lane, now=voice.now, parent=row.key, priority=priority)


def unsaid(row: Row, person: Person, *, own: bool, now: datetime) -> Row:
    """A message of ours to them, or about them, is sent no more, here nor elsewhere; its fingerprint is another.

    One to others that only quotes them goes out without the name.
    """
    invites = row["kind"] == NAMES[CreateRoom] and person.is_in(row["content"], loose=False)
    if not own and not invites:
        return {}
    waits = row["status"] in (PENDING, HELD) and row["kind"] != NAMES[Leave]
    unsent: Row = {"status": FAILED, "failure": "FORGOTTEN", "content": {}} if waits else {}
    return unsent | {"txn_id": secrets.token_hex(20), "fallback": None, "open": False}


def unread(row: Row, person: Person, *, own: bool, now: datetime) -> Row:
    """What they wrote and nobody has read yet is not answered."""
    if not own or row["status"] not in (inbox.PENDING, inbox.WAITING):
        return {}
    return {"status": inbox.IGNORED, "details": {}, "handled_at": now}


def impossible(row: Row, person: Person, *, own: bool, now: datetime) -> Row:
    """What somebody else was about to do with the person, an appointment for instance, cannot be done."""
    return {"status": dialogues.FORGOTTEN, "data": {}} if person.mxid in row["data"].values() else {}
