"""Stores in the inbox what a sync brought for us, in one transaction with the sync token."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.clock import Clock
from bot.dispatch.hear.triage import Triage, rule_of
from bot.dispatch.watch.suspects import Suspects
from bot.events.events import Event, Invited, MessageReceived, ReactionAdded, Sealed
from bot.events.sync_batch import RoomBatch, SyncBatch
from bot.mailbox import InboxEvent, SyncGap, UnreadableEvent
from bot.mailbox.receiving import inbox, reactions, undecrypted
from bot.mailbox.receiving.inbox import GAP_LIMIT, TURN, Arrival, Gap
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import Outbox
from bot.metrics import GAP_EVENTS, GAPS, OPENED, UNREADABLE
from bot.store.database import Database, Transaction

logger = logging.getLogger(__name__)

OLDEST = timedelta(hours=24)
"""Commands older than this are not answered any more."""
LATE = timedelta(minutes=10)
"""An answer that comes later than this begins with the reason for its delay."""
MOST = 5_000
"""Events that are read at most to fill one gap."""
TOKEN_SAVED_EVERY = timedelta(seconds=5)
"""How often the token is saved while syncs bring nothing for us: reading such a sync again changes nothing."""


class Filled(Protocol):
    """A gap's events, oldest first; our own echoes; whether all of it could be read."""

    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def echoes(self) -> dict[str, str]: ...
    @property
    def complete(self) -> bool: ...


class History(Protocol):
    """Reads earlier events from the homeserver. Every method raises TryLater."""

    async def fill(
        self, room_id: str, *, from_token: str, to_token: str | None, oldest: datetime, most: int
    ) -> Filled: ...

    async def event(self, room_id: str, event_id: str) -> Event | None: ...

    async def edits(self, room_id: str, event_id: str) -> list[Event]: ...

    async def marks(self, room_id: str, event_id: str) -> list[Event] | None: ...


class Came(Protocol):
    """Notes that people joined a room, if any of the events says so."""

    async def __call__(self, tx: Transaction, room_id: str, events: Sequence[Event], /, *, now: datetime) -> None: ...


class Intake:
    """Stores what is for us, then calls `wake(room_id)`. Sets `unreadable` when a message lacks its key."""

    def __init__(
        self,
        database: Database,
        triage: Triage,
        outbox: Outbox,
        history: History,
        suspects: Suspects,
        *,
        clock: Clock,
        wake: Callable[[str], None],
        came: Came,
    ) -> None:
        self._came = came
        self._suspects = suspects
        self._database = database
        self._triage = triage
        self._outbox = outbox
        self._account = outbox.account
        self._history = history
        self._clock = clock
        self._wake = wake
        self._turn = 0
        self._saved_at: datetime | None = None
        self._waiting: set[str] = set()
        self._gaps: set[str] = set()
        self._adopted = False
        self.unreadable = asyncio.Event()

    async def start(self) -> str | None:
        """Load what the last run left; returns the token to sync from, None at an account's very first start."""
        async with self._database.reading() as tx:
            state = await inbox.sync_state(tx, self._account)
            self._waiting = await inbox.rooms_with_work(tx, self._account)
            self._gaps = await inbox.rooms_with_gaps(tx, self._account)
            await self._suspects.inherit(tx)
            await self._triage.resume(tx, now=self._clock())
        self._turn = state.turn if state else 0
        return state.since if state else None

    async def take(self, batch: SyncBatch) -> Sequence[str]:
        """Store one sync whole or not at all; returns the ids of the rooms in which there is something to do."""
        rooms = [_without_talk(room) if batch.first else room for room in batch.rooms]
        rooms = [room for room in rooms if self._matters(room)]
        if not rooms and not self._due():
            return []
        self._turn += 1
        # If power fails, token and events are lost together and the next sync brings them again: no need to wait for
        # the disk. Not so on the first turn: without a token the next sync would be a first one too, and ignore them.
        async with self._database.transaction(repeatable=not batch.first) as tx:
            woken = [room.room_id for room in rooms if await self._keep_room(tx, room, first=batch.first)]
            await inbox.move(tx, self._account, since=batch.since, turn=self._turn)
        self._saved_at, self._adopted = self._clock(), True
        for room_id in woken:
            self._wake(room_id)
        return woken

    def _due(self) -> bool:
        return self._saved_at is None or self._clock() - self._saved_at >= TOKEN_SAVED_EVERY

    def _matters(self, room: RoomBatch) -> bool:
        if room.missing is not None or (room.echoes and not self._adopted):
            return True
        return any(self._triage.worth_a_look(event) for event in room.events)

    async def _keep_room(self, tx: Transaction, room: RoomBatch, *, first: bool) -> bool:
        """Store what is for us in a room; returns whether there is something to do in it."""
        now = self._clock()
        if room.echoes and not self._adopted:
            await delivery.adopt(tx, self._account, room.room_id, room.echoes, now=now)
        if room.missing is not None and not first:
            gap = Gap(room.room_id, room.missing.from_token, room.missing.to_token, self._turn)
            await inbox.open_gaps(tx, self._account, [gap])
            # Only after the commit: `fill_gaps` would find no gap in the database yet, and discard the room.
            tx.after_commit.append(partial(self._gaps.add, room.room_id))
        position = self._turn * TURN + GAP_LIMIT
        await self._note_sealed(tx, room.events, position, now)
        arrivals = await self._triage.sort(tx, room.room_id, room.events, position=position)
        await self._keep(tx, room.room_id, arrivals, now)
        if not first:
            await self._came(tx, room.room_id, room.events, now=now)
        return bool(arrivals) or room.missing is not None

    async def _keep(self, tx: Transaction, room_id: str, arrivals: list[Arrival], now: datetime) -> None:
        await inbox.keep(tx, self._account, arrivals, now=now)
        if any(arrival.status == inbox.WAITING for arrival in arrivals):
            # The last send in flight may end before this commit: the sender must call `settled` once more.
            tx.after_commit.append(lambda: self._waiting.add(room_id))
            self._outbox.wake(tx, [room_id])

    # ── what cannot be read yet ───────────────────────────────────────────────────────────────────────────

    async def _note_sealed(self, tx: Transaction, events: Sequence[Event], position: int, now: datetime) -> None:
        """Store the ids of encrypted messages that lack their key, and set `unreadable` after the commit."""
        sealed = [
            (position + index, event)
            for index, event in enumerate(events)
            if isinstance(event, Sealed) and event.sender != self._account
        ]
        if sealed:
            await undecrypted.note(tx, self._account, sealed, now=now)
            UNREADABLE.inc(len(sealed))
            tx.after_commit.append(self.unreadable.set)

    async def opened(self, row: UnreadableEvent, event: Event | None) -> None:
        """Sort a message whose key has come, at its old position; `event` is None if the message was removed."""
        if isinstance(event, MessageReceived) and row.noted_at - event.sent_at <= LATE:
            event = replace(event, late_key=True)
        async with self._database.transaction() as tx:
            found = [event] if event is not None else []
            arrivals = await self._triage.sort(tx, row.room_id, found, position=row.position)
            await self._keep(tx, row.room_id, arrivals, self._clock())
            await undecrypted.forget(tx, row)
        OPENED.inc(len(found))
        if arrivals:
            self._wake(row.room_id)

    # ── gaps ──────────────────────────────────────────────────────────────────────────────────────────────

    async def fill_gaps(self, room_id: str) -> None:
        """Read what syncs left out of this room, before anything that came after it is handled. Raises TryLater."""
        while room_id in self._gaps:
            async with self._database.reading() as tx:
                gap = await inbox.gap_of(tx, self._account, room_id)
            if gap is None:
                self._gaps.discard(room_id)
            else:
                await self._fill(gap)

    async def _fill(self, gap: SyncGap) -> None:
        now = self._clock()
        filled = await self._history.fill(
            gap.room_id, from_token=gap.from_token, to_token=gap.to_token, oldest=now - OLDEST, most=MOST
        )
        marks = [] if filled.complete else await self._marks(gap.room_id)
        async with self._database.transaction() as tx:
            await delivery.adopt(tx, self._account, gap.room_id, filled.echoes, now=now)
            position = gap.turn * TURN
            await self._note_sealed(tx, filled.events, position, now)
            arrivals = await self._triage.sort(tx, gap.room_id, [*filled.events, *marks], position=position)
            await self._keep(tx, gap.room_id, arrivals, now)
            await inbox.close_gap(tx, gap)
        GAPS.inc()
        GAP_EVENTS.inc(len(filled.events))
        logger.info("gap of %d events read, %d for us", len(filled.events), len(arrivals))

    async def _marks(self, room_id: str) -> list[Event]:
        """The reactions now under the room's open cards, and a removal for each that we knew and that is gone.

        For a gap that was too long to be read whole: a reaction counts however old it is.
        """
        async with self._database.reading() as tx:
            cards = await self._outbox.open_cards(tx, room_id)
            known = {card.event_id: await reactions.under(tx, self._account, card.event_id) for card in cards}
        found: list[Event] = []
        for card in cards:
            standing = await self._history.marks(room_id, card.event_id)
            if standing is None:
                continue
            ids = {event.event_id for event in standing}
            gone = [reaction for reaction in known[card.event_id] if reaction.event_id not in ids]
            found += [*standing, *(reactions.removal_of(reaction, seen_at=self._clock()) for reaction in gone)]
        return found

    # ── what waits for our own sends ──────────────────────────────────────────────────────────────────────

    async def settled(self, room_id: str) -> None:
        """Called when no send of this room is in flight: release what waited for one, or ignore it as not for us."""
        if room_id not in self._waiting:
            return
        self._waiting.discard(room_id)
        try:
            async with self._database.reading() as tx:
                rows = await inbox.waiting_in(tx, self._account, room_id)
            for row in rows:
                await self._settle(row)
        except Exception:
            self._waiting.add(room_id)  # the lane tries again, and then finds what is left
            raise
        if rows:
            self._wake(room_id)

    async def _settle(self, row: InboxEvent) -> None:
        """Release a row, or ignore it. A reply that may be for others was stored without text: fetch it again."""
        event: Event | None = inbox.event_of(row)
        if isinstance(event, MessageReceived) and event.text:
            await self._release(row, event)
            return
        if isinstance(event, MessageReceived):
            event = await self._history.event(row.room_id, row.source_key)
        concerned = event.concerns if isinstance(event, MessageReceived | ReactionAdded) else None
        async with self._database.transaction() as tx:
            # The homeserver may return the message as edited since, so its words are checked again.
            fit = event is not None and rule_of(event) is None and self._may_answer(event)
            ours = concerned and await self._outbox.cards_of(tx, [concerned], room_id=row.room_id)
            if event is not None and fit and ours:
                await inbox.release(tx, row, event)
            else:
                await inbox.close(tx, row, now=self._clock(), status=inbox.IGNORED)

    def _may_answer(self, event: Event) -> bool:
        """Whether an event about a post of ours may be for us; a reply that answers no card is for others."""
        return not isinstance(event, MessageReceived) or event.replaces is not None or self._triage.answers_card(event)

    async def _release(self, row: InboxEvent, event: Event) -> None:
        async with self._database.transaction() as tx:
            await inbox.release(tx, row, event)


def _without_talk(room: RoomBatch) -> RoomBatch:
    """The room's invitations alone: at an account's very first start we answer nothing that was said before."""
    return RoomBatch(room.room_id, tuple(event for event in room.events if isinstance(event, Invited)))
