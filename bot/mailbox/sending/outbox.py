"""Messages and actions to be sent once: rows with a unique key, sent in the order of their lane.

A lane is where a row goes: a room's id, a person's until the direct chat is known, or `made:key` until the room that
another row creates is known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.events.gestures import Gesture, sign_of
from bot.events.messages import Message, Ref
from bot.events.room_actions import NAMES, Act, CreateRoom, Files, React
from bot.mailbox import direct_chats
from bot.mailbox.followed_threads import Place, Threads
from bot.mailbox.sending.fresh_rows import FreshRows
from bot.mailbox.tables import OutboxMessage, txn_id
from bot.store.database import Transaction

PENDING, SENT, FAILED, SUPERSEDED, SET_ASIDE = "pending", "sent", "failed", "superseded", "set aside"
HELD = "held"
"""Waits until we may write in the room (`mailbox.sending.held`)."""
MESSAGE, EDIT = "message", "edit"

_LOST: dict[str, Any] = {"status": FAILED, "failure": "NO_DIRECT_CHAT", "content": {}, "open": False}
URGENT, USUAL, BULK = 0, 10, 20
"""Lower leaves first when the rate is limited: solicitations, answers, digests."""
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Card:
    """A message of ours that reactions and replies may be about. `open` ones still wait for somebody."""

    key: str
    event_id: str
    room_id: str
    about: Ref | None
    asker: str | None
    answers: str | None
    thread: str | None
    open: bool
    recipient: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The fallback: what to say in a room when a notice cannot reach people alone. It must reveal nothing private.

    `to` is empty for a file: if the server refuses it, `message` is said in its place.
    """

    to: str
    message: Message


def placed(key: str, gesture: Gesture) -> str:
    """The key of the emoji that we place below the message of this key."""
    return f"{key}:{sign_of(gesture).emoji}"


class Outbox:
    """Writes rows for one account and device. `wake(lane)` is called once they are committed."""

    def __init__(self, account: str, device_id: str, wake: Callable[[str], None]) -> None:
        self.account = account
        self.device_id = device_id
        self.threads = Threads()
        self.fresh = FreshRows()
        self._wake = wake

    async def say(
        self,
        tx: Transaction,
        message: Message,
        *,
        key: str,
        to: str,
        now: datetime,
        about: Ref | None = None,
        waits: bool = False,
        asker: str | None = None,
        answers: str | None = None,
        gestures: Sequence[Gesture] = (),
        priority: int = USUAL,
        expires_at: datetime | None = None,
        otherwise: Otherwise | None = None,
    ) -> bool:
        """Put a message in the outbox, and below it the emoji of `gestures`; False if the key was used before.

        `to` is a lane: a room id, or a person's. `waits`: somebody is expected to answer this card. `otherwise`: for
        a person who declines the direct chat, or when people may not be invited to a room.
        """
        if otherwise is not None and await self._lane(tx, to, now) is None:
            to, message, otherwise = otherwise.to, otherwise.message, None
        if waits:
            self._follow(tx, to, message)
            if otherwise is not None:
                self._follow(tx, otherwise.to, otherwise.message)
        new = await self._add(
            tx,
            key=key,
            to=to,
            kind=MESSAGE,
            content=message.kept(),
            now=now,
            about=str(about) if about else None,
            open=waits,
            asker=asker,
            answers=answers,
            priority=priority,
            expires_at=expires_at,
            fallback=_kept(otherwise),
            thread=message.thread,
        )
        if new:
            await self.place(tx, gestures, key=key, to=to, now=now)
        return new

    async def place(self, tx: Transaction, gestures: Sequence[Gesture], *, key: str, to: str, now: datetime) -> None:
        """Put the emoji of these gestures below the message of this key, so that people only need to tap."""
        for gesture in gestures:
            await self.do(tx, React(sign_of(gesture).emoji), key=placed(key, gesture), to=to, now=now, parent=key)

    async def edit(self, tx: Transaction, message: Message, *, key: str, of: str, now: datetime) -> bool:
        """Change a message of ours, named by its key. Of several edits not yet sent only the newest is."""
        return bool(await self.edit_each(tx, {of: (key, message)}, now=now))

    async def edit_each(
        self, tx: Transaction, changes: Mapping[str, tuple[str, Message]], *, now: datetime
    ) -> set[str]:
        """The same for several, by their keys: the key of the change, the new message. Returns those that are ours."""
        ours = self._rows().where(col(OutboxMessage.key).in_(changes)).order_by(col(OutboxMessage.id))
        parents = (await tx.exec(ours)).all() if changes else ()
        for row in parents:
            key, message = changes[row.key]
            fields = {"kind": EDIT, "content": message.kept(), "parent": row.key}
            await self._add(tx, key=key, to=row.lane, alone=row.recipient, now=now, **fields)
        return {row.key for row in parents}

    async def do(
        self,
        tx: Transaction,
        act: Act,
        *,
        key: str,
        to: str,
        now: datetime,
        parent: str | None = None,
        priority: int = USUAL,
        otherwise: Otherwise | None = None,
    ) -> bool:
        """Put an act in the outbox; False if the key was used before."""
        return await self._add(
            tx,
            key=key,
            to=to,
            kind=NAMES[type(act)],
            content=asdict(act),
            now=now,
            parent=parent,
            priority=priority,
            fallback=_kept(otherwise),
        )

    async def attach(
        self, tx: Transaction, files: Files | None, *, key: str, to: str, now: datetime, parent: str | None = None
    ) -> None:
        """Put files in the outbox behind a message, which `parent` names if its key is another."""
        for number, file in enumerate(files.each if files else ()):
            lost = Otherwise("", Message(files.lost)) if files and number == 0 else None
            await self.do(tx, file, key=f"{key}:file:{number}", to=to, now=now, parent=parent or key, otherwise=lost)

    async def row(self, tx: Transaction, key: str) -> OutboxMessage | None:
        """The row of a key."""
        return (await tx.exec(self._rows().where(OutboxMessage.key == key))).first()

    async def card(self, tx: Transaction, event_id: str, *, room_id: str) -> Card | None:
        """The message of ours that an event id names in this room. Anybody may name an event of another room."""
        here = (OutboxMessage.event_id == event_id, OutboxMessage.lane == room_id)
        row = (await tx.exec(self._rows().where(*here))).first()
        return _card(row) if row else None

    async def cards_of(self, tx: Transaction, event_ids: Sequence[str], *, room_id: str) -> set[str]:
        """Those of the event ids that are ours, in this room."""
        ours = select(OutboxMessage.event_id).where(
            OutboxMessage.account == self.account,
            col(OutboxMessage.event_id).in_(event_ids),
            OutboxMessage.lane == room_id,
        )
        return {event_id for event_id in await tx.exec(ours) if event_id}

    async def answer_to(self, tx: Transaction, event_id: str, *, room_id: str) -> OutboxMessage | None:
        """The message that answers an event of this room, if there is one."""
        here = (OutboxMessage.answers == event_id, OutboxMessage.lane == room_id)
        rows = self._rows().where(*here, OutboxMessage.kind == MESSAGE)
        return (await tx.exec(rows.order_by(col(OutboxMessage.id)))).first()

    async def made_for(self, tx: Transaction, room_id: str) -> str | None:
        """For whom we opened this room: a person for a private conversation, nobody in particular (an empty string)
        for a room where we bring people together; None for a room that somebody else made."""
        rows = self._rows().where(OutboxMessage.event_id == room_id, OutboxMessage.kind == NAMES[CreateRoom])
        row = (await tx.exec(rows)).first()
        return (row.recipient or "") if row else None

    async def set_subject(self, tx: Transaction, key: str, about: Ref | None, *, waits: bool) -> None:
        """Make a message of ours that was rewritten a card about this item, or about none."""
        mine = update(OutboxMessage).where(col(OutboxMessage.account) == self.account, col(OutboxMessage.key) == key)
        await tx.exec(mine.values(about=str(about) if about else None, open=waits))

    async def wait_again(self, tx: Transaction, key: str) -> None:
        """Open a closed card again: it may be answered once more."""
        mine = update(OutboxMessage).where(col(OutboxMessage.account) == self.account, col(OutboxMessage.key) == key)
        await tx.exec(mine.values(open=True))

    async def close_cards(self, tx: Transaction, *about: Ref, asker: str | None = None) -> None:
        """Close the cards of these items; with `asker`, only those of this person."""
        cards = [col(OutboxMessage.account) == self.account, col(OutboxMessage.about).in_([str(one) for one in about])]
        if asker is not None:
            cards.append(col(OutboxMessage.asker) == asker)
        await self._close(tx, *cards)

    async def close_card(self, tx: Transaction, key: str) -> None:
        """Close this card."""
        await self._close(tx, col(OutboxMessage.account) == self.account, col(OutboxMessage.key) == key)

    async def _close(self, tx: Transaction, *cards: ColumnElement[bool]) -> None:
        waiting = (*cards, col(OutboxMessage.open).is_(True))
        was_in = await self._places(tx, *waiting) if self.threads.any else set()
        await tx.exec(update(OutboxMessage).where(*waiting).values(open=False))
        if left := was_in and was_in - await self.open_places(tx):
            tx.after_commit.append(partial(self.threads.forget, left))

    async def cards_about(self, tx: Transaction, about: Ref) -> Sequence[Card]:
        """The cards of an item that still wait for somebody, in whatever room."""
        mine = (OutboxMessage.about == str(about), col(OutboxMessage.open).is_(True), OutboxMessage.status == SENT)
        return [_card(row) for row in await tx.exec(self._rows().where(*mine).order_by(col(OutboxMessage.id)))]

    async def open_cards(self, tx: Transaction, room_id: str) -> Sequence[Card]:
        """The cards of a room that still wait for somebody, oldest first."""
        rows = self._rows().where(
            OutboxMessage.room_id == room_id, col(OutboxMessage.open).is_(True), OutboxMessage.status == SENT
        )
        return [_card(row) for row in await tx.exec(rows.order_by(col(OutboxMessage.id)))]

    async def every_open_card(self, tx: Transaction, *, after: int, limit: int) -> Sequence[tuple[int, Card]]:
        """Cards of whatever room that still wait for somebody, each with its number; those `after` one, in order."""
        mine = (col(OutboxMessage.open).is_(True), OutboxMessage.status == SENT, col(OutboxMessage.id) > after)
        rows = self._rows().where(*mine).order_by(col(OutboxMessage.id)).limit(limit)
        return [(row.id or 0, _card(row)) for row in await tx.exec(rows)]

    async def close_unsaid(self, tx: Transaction) -> None:
        """Close the cards that were never sent: nobody can answer them."""
        lost = col(OutboxMessage.status).not_in((PENDING, HELD, SENT))
        await self._close(tx, col(OutboxMessage.account) == self.account, lost)

    async def waiting(self, tx: Transaction, prefix: str) -> Sequence[OutboxMessage]:
        """The open cards whose key begins with `prefix`, whether or not they are sent yet, oldest first."""
        rows = self._rows().where(
            col(OutboxMessage.key).startswith(prefix, autoescape=True),
            OutboxMessage.kind == MESSAGE,
            col(OutboxMessage.open).is_(True),
            col(OutboxMessage.status).in_((PENDING, HELD, SENT)),
        )
        return (await tx.exec(rows.order_by(col(OutboxMessage.id)))).all()

    def _follow(self, tx: Transaction, room_id: str, message: Message) -> None:
        if message.thread:
            tx.after_commit.append(partial(self.threads.follow, [(room_id, message.thread)]))

    async def open_places(self, tx: Transaction) -> set[Place]:
        """Where a card waits, or will if its fallback is sent."""
        return await self._places(tx, col(OutboxMessage.account) == self.account, col(OutboxMessage.open).is_(True))

    async def _places(self, tx: Transaction, *cards: ColumnElement[bool]) -> set[Place]:
        where: Any = select(OutboxMessage.lane, OutboxMessage.thread, OutboxMessage.fallback)
        rows = where.add_columns(OutboxMessage.event_id, OutboxMessage.about).where(*cards)
        found: set[Place] = set()
        for lane, root, fallback, event_id, about in await tx.exec(rows):
            found.add((lane, root))
            if event_id and about and Ref.parse(about).kind in self.threads.begun_by:
                found.add((lane, event_id))
            if fallback:
                found.add((fallback["to"] or lane, fallback["message"]["thread"]))
        return found

    async def look_at_threads(self, tx: Transaction) -> None:
        """Follow the threads in which a card waits, and no others."""
        tx.after_commit.append(partial(self.threads.only, await self.open_places(tx)))

    def listen_again(self, tx: Transaction, place: str) -> None:
        """Notice somebody's next message in this room, or in the thread with this root."""
        tx.after_commit.append(partial(self.threads.listen_again, place))

    def _rows(self) -> SelectOfScalar[OutboxMessage]:
        return select(OutboxMessage).where(OutboxMessage.account == self.account)

    def wake(self, tx: Transaction, lanes: Iterable[str]) -> None:
        """Wake these lanes once the transaction is committed, even when nothing new is in them."""
        for lane in lanes:
            tx.after_commit += [partial(self.fresh.forget, lane), partial(self._wake, lane)]

    async def _add(
        self, tx: Transaction, *, key: str, to: str, now: datetime, alone: str | None = None, **fields: Any
    ) -> bool:
        lane = await self._lane(tx, to, now)
        person = alone or await self._person(tx, to)
        if lane is None:
            return await tx.insert_new(OutboxMessage, self._values(key, to, person, now) | fields | _LOST)
        values = self._values(key, lane, person, now) | fields
        number = await tx.insert_numbered(OutboxMessage, values)
        if number is not None and values["kind"] == MESSAGE and values["room_id"] is not None:
            tx.after_commit += [partial(self.fresh.add, lane, number, values), partial(self._wake, lane)]
        elif number is not None:
            self.wake(tx, [lane])
        return number is not None

    async def _person(self, tx: Transaction, to: str) -> str | None:
        """Whom alone this is for: a person who is written to, or the one whose direct chat the room is."""
        alone = direct_chats.reader(to)
        return alone or (await direct_chats.person_in(tx, self.account, to) if to.startswith("!") else None)

    def _values(self, key: str, lane: str, person: str | None, now: datetime) -> dict[str, Any]:
        return _values(self.account, self.device_id, key, lane, person, now)

    async def _lane(self, tx: Transaction, to: str, now: datetime) -> str | None:
        return await lane_of(tx, self.account, self.device_id, to, now=now)


def _values(account: str, device_id: str, key: str, lane: str, person: str | None, now: datetime) -> dict[str, Any]:
    return {
        "account": account,
        "key": key,
        "txn_id": txn_id(),
        "lane": lane,
        "room_id": lane if lane.startswith("!") else None,
        "recipient": person,
        "status": PENDING,
        "device_id": device_id,
        "entered_at": now,
        "priority": USUAL,
        "open": False,
        "fallback": None,
        "thread": None,
    }


async def lane_of(tx: Transaction, account: str, device_id: str, to: str, *, now: datetime) -> str | None:
    """The lane of an address, None for a person who wants no direct chat; the first time a row opens one."""
    person = direct_chats.reader(to)
    if person is None:
        return to
    known = await direct_chats.room_of(tx, account, person)
    if known is not None:
        return known
    if await direct_chats.status_of(tx, account, person) == direct_chats.REFUSED:
        return None
    await _open_chat(tx, account, device_id, person, now=now)
    return to


async def _open_chat(tx: Transaction, account: str, device_id: str, person: str, *, now: datetime) -> None:
    """Queue a direct chat. Its key counts the earlier ones, so that one that was left can be replaced."""
    earlier = select(func.count()).where(
        OutboxMessage.account == account,
        OutboxMessage.recipient == person,
        OutboxMessage.kind == NAMES[CreateRoom],
        OutboxMessage.status != PENDING,
    )
    lane = direct_chats.lane(person)
    key = f"{lane}:{(await tx.exec(earlier)).one()}"
    room = {"kind": NAMES[CreateRoom], "content": asdict(CreateRoom(invite=(person,), direct=True))}
    await tx.insert_new(OutboxMessage, _values(account, device_id, key, lane, person, now) | room)


def _kept(otherwise: Otherwise | None) -> dict[str, Any] | None:
    return {"to": otherwise.to, "message": otherwise.message.kept()} if otherwise else None


def _card(row: OutboxMessage) -> Card:
    assert row.event_id is not None
    return Card(
        key=row.key,
        event_id=row.event_id,
        room_id=row.room_id or row.lane,
        about=Ref.parse(row.about) if row.about else None,
        asker=row.asker,
        answers=row.answers,
        thread=row.thread,
        open=row.open,
        recipient=row.recipient,
        since=row.entered_at,
    )
