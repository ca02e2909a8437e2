"""Sends the outbox: each row becomes one request, in the order of its lane, retried until the server has it."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.clock import Clock
from bot.errors import Refused, TokenLost, TryLater
from bot.events.room_actions import FILES, NAMES, CreateRoom, DeclineVerification
from bot.mailbox import OutboxMessage
from bot.mailbox.sending import delivery, held
from bot.mailbox.sending.fresh_rows import FreshRows
from bot.matrix import faults, requests
from bot.matrix.api import Api, Json, path
from bot.matrix.content import KEY, Placed
from bot.matrix.earlier import Earlier
from bot.matrix.media import Media
from bot.matrix.rate_limit import RateLimit
from bot.matrix.rooms import Rooms
from bot.metrics import SEND_FAILED, SEND_LATER, SENT, error_label
from bot.process.waits import ACCOUNT, Waits
from bot.store.database import Database, Transaction

logger = logging.getLogger(__name__)

SERVER_FORGETS = timedelta(hours=23)
"""Synapse remembers transaction ids for 24 h: older attempts are settled by reading the room."""
ROOM_WITHIN = timedelta(days=3)
"""How long we try to make a room and to invite people to it; then the fallback is said."""
TOGETHER = 10
"""Rows that are marked as sent or failed in one transaction."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
FORBIDDEN = 403
LIFTED_WITHIN = 15.0
"""Seconds between two tries, at most, while the account may not speak: somebody lifts that and looks on."""
CREATE = NAMES[CreateRoom]
DECLINE = NAMES[DeclineVerification]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: the id of the event or room that the server made, or why it never will make one."""

    row: OutboxMessage
    identity: str | None = None
    failure: str | None = None


class NoRight(Exception):
    """Our power does not let us write in a row's room."""


class Encryptor(Protocol):
    """Makes the content of an event unreadable for everyone outside of the room."""

    async def encrypt(self, room_id: str, event_type: str, content: Json) -> tuple[str, Json]:
        """Returns type and content as they go over the wire; unchanged in a room that is not encrypted."""

    async def is_encrypted(self, room_id: str) -> bool:
        """Whether the room wants its content encrypted."""


class Sender:
    """The only code that sends. Calls `settled(lane)` when nothing of a lane is in flight any more."""

    def __init__(
        self,
        api: Api,
        database: Database,
        *,
        account: str,
        device_id: str,
        clock: Clock,
        rate_limit: RateLimit,
        encryptor: Encryptor,
        rooms: Rooms,
        fresh: FreshRows,
        settled: Callable[[str], Awaitable[None]],
        wake: Callable[[str], None],
        lost: Callable[[TokenLost], None],
        waits: Waits | None = None,
    ) -> None:
        self._api = api
        self._database = database
        self._account = account
        self._device_id = device_id
        self._clock = clock
        self._rate_limit = rate_limit
        self._encryptor = encryptor
        self._media = Media(api)
        self._rooms = rooms
        self._earlier = Earlier(api, rooms, account=account)
        self._fresh = fresh
        self._settled = settled
        self._wake_lane = wake
        self._lost = lost
        self._waits = waits or Waits()
        self._failures: dict[str, int] = {}
        self._inherited: int | None = None
        self._tried: set[int] = set()
        self._held: set[str] = set()
        """Rooms with rows that wait until we may write there."""

    async def work(self, lane: str) -> float | None:
        """Send what the lane holds. Returns the seconds to wait when the server says later."""
        if self._inherited is None:
            await self._inherit()
        if lane in self._held and self._rooms.may_write(lane):
            await self._release(lane)
        more = True
        while more:
            try:
                more = await self._send_next(lane)
            except TryLater as error:
                return self._patience(lane, error)
            except TokenLost as error:
                self._lost(error)
                return LONGEST_PAUSE
            except NoRight:
                await self._hold(lane)
        await self._settled(lane)
        return None

    async def _send_next(self, lane: str) -> bool:
        """Send the rows that wait now; whether there may be more. What is not sent is read again the next time."""
        done = False
        try:
            rows, more = await self._next(lane)
            for start in range(0, len(rows), TOGETHER):
                if await self._send(rows[start : start + TOGETHER]):
                    return True  # the rows that waited for this room have moved to another lane
            done = not more
        finally:
            if not done:
                self._fresh.forget(lane)
        return more

    def _wake(self, lane: str) -> None:
        """Have a lane sent in which there are rows that we have not at hand."""
        self._fresh.forget(lane)
        self._wake_lane(lane)

    async def _inherit(self) -> None:
        """Note the newest row: those up to it may have been tried before the bot started; and the rooms that wait."""
        async with self._database.reading() as tx:
            self._held |= await held.rooms(tx, self._account)
            self._inherited = await delivery.newest(tx, self._account)

    async def _next(self, lane: str) -> tuple[Sequence[OutboxMessage], bool]:
        """The rows to send now, without edits that a newer one replaces; whether there may be more. A row that creates
        the room of the others comes first."""
        fresh = self._fresh.take(lane)
        if fresh is not None:
            return fresh, False
        async with self._database.reading() as tx:
            rows, more = await delivery.next_in(tx, self._account, lane)
        keep, useless = delivery.newest_edits(sorted(rows, key=lambda row: row.kind != CREATE))
        if useless:
            async with self._database.transaction() as tx:
                await delivery.mark_superseded(tx, useless)
        return keep, more

    async def _send(self, rows: Sequence[OutboxMessage]) -> bool:
        """Send some rows in order and mark them in one transaction. After a crash before that, they are sent again
        under the same transaction ids: nothing is lost or said twice. Returns whether the lane's other rows have moved.

        Raises TryLater, and NoRight in a room where we may not write; the rows sent before are marked all the same.
        """
        outcomes: list[Outcome] = []
        try:
            for row in rows:
                if row.room_id is None and row.kind != CREATE and await self._readdressed(row):
                    continue
                if self._may_not_write(row):
                    raise NoRight
                if await self._would_be_overheard(row):
                    return True
                outcomes.append(await self._outcome(row, {each.row.key: each.identity for each in outcomes}))
                self._failures.pop(row.lane, None)
                if row.kind == CREATE:
                    return True
        finally:
            await self._mark(outcomes)
        return False

    async def _outcome(self, row: OutboxMessage, sent: dict[str, str | None]) -> Outcome:
        try:
            identity = await self._already_there(row) or await self._ask(row, sent)
        except Refused as error:
            if error.status == FORBIDDEN and await self._lacks_right(row):
                raise NoRight from None
            return Outcome(row, failure=error.errcode)
        except TryLater:
            if row.kind == CREATE and self._clock() - row.entered_at > ROOM_WITHIN:
                return Outcome(row, failure=delivery.TOO_LATE)
            raise
        except requests.ParentMissing:
            return Outcome(row, failure="PARENT_MISSING")
        self._waits.over(ACCOUNT)
        return Outcome(row, identity=identity)

    async def _mark(self, outcomes: Sequence[Outcome]) -> None:
        if not outcomes:
            return
        now = self._clock()
        async with self._database.transaction(
            repeatable=True
        ) as tx:  # if the mark is lost, the server recognises the second send
            arrived = [(outcome.row, outcome.identity) for outcome in outcomes if outcome.failure is None]
            await delivery.mark_sent(tx, arrived, now=now)
            for row, identity in arrived:
                await self._arrived(tx, row, identity)
            for outcome in outcomes:
                if outcome.failure is not None:
                    await self._failed(tx, outcome.row, outcome.failure, now)

    async def _arrived(self, tx: Transaction, row: OutboxMessage, identity: str | None) -> None:
        SENT.labels(row.kind).inc()
        if row.kind == CREATE and identity is not None:
            await delivery.room_made(tx, row, identity, direct=bool(row.content.get("direct")))
            tx.after_commit.append(lambda: self._wake(identity))

    async def _failed(self, tx: Transaction, row: OutboxMessage, failure: str, now: datetime) -> None:
        logger.warning("outbox row %s (%s) can never be sent: %s", row.id, row.kind, failure)
        SEND_FAILED.labels(error_label(failure)).inc()
        for lane in await delivery.mark_failed(tx, row, reason=failure, now=now):
            tx.after_commit.append(partial(self._wake, lane))

    async def _ask(self, row: OutboxMessage, sent: dict[str, str | None]) -> str | None:
        """Make the request; returns the id of the event or room that came of it, if any."""
        if row.expires_at is not None and row.expires_at <= self._clock():
            raise Refused(0, "EXPIRED")
        if row.room_id is None and row.kind not in (CREATE, DECLINE):
            raise Refused(0, "NO_ROOM")
        answer = await self._request(row, await self._parent(row, sent))
        identity = answer.get("event_id") or answer.get("room_id")
        if row.kind == CREATE and identity:
            await self._earlier.invite_all(row, str(identity))  # some servers make the room and drop an invitation
        return str(identity) if identity else None

    async def _parent(self, row: OutboxMessage, sent: dict[str, str | None]) -> str | None:
        """The event id of the row's parent: from `sent`, not marked yet, or from the database."""
        if row.parent is None:
            return None
        if row.parent in sent:
            return sent[row.parent]
        async with self._database.reading() as tx:
            return await delivery.parent_event(tx, row)

    async def _request(self, row: OutboxMessage, parent: str | None) -> Json:
        place = await self._place(row) if row.kind in FILES and parent is not None else None
        request = requests.of(row, parent=parent, place=place)
        await self._rate_limit.turn(row.priority)
        if request.event_type is None or row.room_id is None:
            return await self._api.request(request.method, request.path, request.body)
        event_type, body = await self._encryptor.encrypt(row.room_id, request.event_type, request.body)
        body = {KEY: row.txn_id} | body
        target = path("rooms", row.room_id, "send", event_type, row.txn_id)
        return await self._api.request(request.method, target, body)

    async def _place(self, row: OutboxMessage) -> Placed:
        """Upload the row's file if need be; returns how its event names it."""
        assert row.room_id is not None
        secret = await self._encryptor.is_encrypted(row.room_id)
        await self._rate_limit.turn(row.priority)
        return await self._media.place(row, secret=secret)

    async def _readdressed(self, row: OutboxMessage) -> bool:
        """Move a row that was written while its room was being made to that room; False when there is none."""
        async with self._database.transaction() as tx:
            room_id = await delivery.readdress(tx, row)
        if room_id is not None:
            self._wake(room_id)
        return room_id is not None

    async def _would_be_overheard(self, row: OutboxMessage) -> bool:
        """Whether others are in the room of a row for one person; its rows then move to another direct chat."""
        if row.recipient is None or row.room_id is None or row.kind not in delivery.SAID:
            return False
        if await self._rooms.is_alone_with(row.room_id, row.recipient):
            return False
        async with self._database.transaction() as tx:
            lanes = await delivery.take_elsewhere(tx, row, now=self._clock())
        for lane in lanes:
            self._wake(lane)
        return True

    def _patience(self, lane: str, error: TryLater) -> float:
        """Seconds to wait: what the server asks for, else twice as long after each failure."""
        failures = self._failures[lane] = self._failures.get(lane, 0) + 1
        longest = LONGEST_PAUSE
        if error.errcode in faults.REFUSES_FOR_NOW:
            faults.note(self._waits, error)
            longest = LIFTED_WITHIN
        pause = min(FIRST_PAUSE * 2 ** (failures - 1), longest)
        SEND_LATER.labels(error.status).inc()
        logger.info("a send must wait (%s %s), try %d", error.status, error.errcode, failures)
        return pause if error.retry_after is None else error.retry_after

    # ── rooms in which we may not write ────────────────────────────────────────────────────────────

    def _may_not_write(self, row: OutboxMessage) -> bool:
        """Whether a row waits for the right to write; one for a person alone does not: it may be said elsewhere."""
        in_room = row.room_id is not None and row.recipient is None and row.kind in held.KINDS
        return in_room and not self._rooms.may_write(row.lane)

    async def _lacks_right(self, row: OutboxMessage) -> bool:
        """Whether a refusal comes from our power, which may have changed since the last sync."""
        if row.room_id is not None:
            await self._rooms.refresh(row.room_id, self._account)
        return self._may_not_write(row)

    async def _hold(self, room_id: str) -> None:
        self._held.add(room_id)
        async with self._database.transaction() as tx:
            await held.hold(tx, self._account, room_id)
        logger.info("a room waits until I may write in it")
        self.power_changed(room_id)  # perhaps the right came just before

    async def _release(self, room_id: str) -> None:
        async with self._database.transaction() as tx:
            await held.release(tx, self._account, room_id, now=self._clock())
        self._fresh.forget(room_id)
        self._held.discard(room_id)

    def power_changed(self, room_id: str) -> None:
        """Call when a room's power levels have changed: what waits for the right to write goes."""
        if room_id in self._held and self._rooms.may_write(room_id):
            self._wake(room_id)

    # ── what an earlier attempt may have sent ──────────────────────────────────────────────────────

    async def _already_there(self, row: OutboxMessage) -> str | None:
        """The event or room of an earlier attempt, looked for where the server may not know its transaction id."""
        if row.kind == CREATE:
            return await self._earlier.room_of(row) if self._uncertain(row) else None
        too_old = self._clock() - row.entered_at > SERVER_FORGETS
        if (too_old or row.device_id != self._device_id) and row.room_id is not None:
            return await self._earlier.event_of(row)
        return None

    def _uncertain(self, row: OutboxMessage) -> bool:
        """True if an earlier attempt may have created the room. Marks the row as attempted."""
        number = row.id or 0
        uncertain = number <= (self._inherited or 0) or number in self._tried
        self._tried.add(number)
        return uncertain


class Plain:
    """The `Encryptor` of a bot without keys: content stays as it is."""

    async def encrypt(self, room_id: str, event_type: str, content: Json) -> tuple[str, Json]:
        return event_type, content

    async def is_encrypted(self, room_id: str) -> bool:
        return False
