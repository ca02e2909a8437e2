"""The sync loop: asks for a batch, has it stored whole, then asks for the next; tries again after any failure."""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import MatrixError, TryLater
from bot.events.events import Event, Invited, MembershipChanged
from bot.events.sync_batch import Missing, RoomBatch, SyncBatch
from bot.matrix import faults, inbound
from bot.matrix.api import Api, Json, path
from bot.matrix.content import KEY
from bot.matrix.keys.errors import KeyStoreFailed
from bot.matrix.rooms import TAG, Rooms
from bot.matrix.verification import FROM_DEVICES
from bot.process.waits import ACCOUNT, DATABASE, HOMESERVER, Waits
from bot.store.engines import may_pass, reason_to_wait

logger = logging.getLogger(__name__)

HOLD = 30.0
"""Seconds that the server may hold a sync when nothing happens."""
ANSWER_WITHIN = HOLD + 60
TIMELINE = 100
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0


class Sync:
    """Gives each batch to `take`, which stores it before the next is asked for.

    `decrypt` decrypts the events of an answer in place. `caught_up` is set after the first batch.
    """

    def __init__(
        self,
        api: Api,
        rooms: Rooms,
        *,
        me: str,
        take: Callable[[SyncBatch], Awaitable[None]],
        decrypt: Callable[[Json], Awaitable[None]] | None = None,
        waits: Waits | None = None,
    ) -> None:
        self._api = api
        self._rooms = rooms
        self._me = me
        self._take = take
        self._decrypt = decrypt
        self._since: str | None = None
        self._starting = True
        self._waits = waits or Waits()
        self._failures = 0
        self._answered_at = asyncio.get_running_loop().time()
        self.caught_up = asyncio.Event()

    async def run(self, since: str | None) -> None:
        """Sync for ever. Raises TokenLost, Refused when the server refuses us, KeyStoreFailed."""
        self._since = since
        while True:
            try:
                await self._turn()
                self._succeeded()
            except TryLater as error:
                faults.note(self._waits, error)
                await self._rest(error.retry_after)
            except (MatrixError, KeyStoreFailed):
                raise
            except Exception as error:
                if may_pass(error):
                    self._waits.begin(DATABASE, reason_to_wait(error))
                else:
                    logger.exception("a turn of the sync was not kept")
                await self._rest()

    def _succeeded(self) -> None:
        if self._failures:  # of a suspended account syncs succeed, and only a send shows that it may speak again
            for kind in (HOMESERVER, DATABASE, ACCOUNT):
                self._waits.over(kind)
        self._failures = 0
        self._answered_at = asyncio.get_running_loop().time()
        self.caught_up.set()

    async def _rest(self, wanted: float | None = None) -> None:
        """Wait before the same batch is asked for again: nothing is skipped."""
        self._failures += 1
        await asyncio.sleep(_pause(self._failures, wanted))

    @property
    def healthy(self) -> bool:
        """Whether the last sync succeeded."""
        return self.caught_up.is_set() and not self._failures

    @property
    def age(self) -> float:
        """Seconds since the homeserver last answered."""
        return asyncio.get_running_loop().time() - self._answered_at

    async def _turn(self) -> None:
        first = self._since is None
        answer = await self._ask(first=first)
        if self._decrypt is not None:
            await self._decrypt(answer)
        batch = self._batch(answer, first=first)
        await self._take(batch)
        self._since, self._starting = batch.since, False

    async def _ask(self, *, first: bool) -> Json:
        catching_up = not self.healthy
        query = {
            "filter": _filter(1 if first else TIMELINE),
            "timeout": "0" if catching_up else str(int(HOLD * 1000)),
            "set_presence": "offline",
        }
        if self._since is not None:
            query["since"] = self._since
            query["full_state"] = "true" if self._starting else "false"
        answer = await self._api.request("GET", path("sync"), query=query, within=ANSWER_WITHIN)
        if not isinstance(answer.get("next_batch"), str):
            raise TryLater(200, "NOT_MATRIX", "a sync without next_batch")
        return answer

    def _batch(self, answer: Json, *, first: bool) -> SyncBatch:
        rooms = _map(answer, "rooms")
        found = [self._joined(room_id, room) for room_id, room in _each(rooms, "join")]
        found += [room for room_id, news in _each(rooms, "invite") if (room := self._invited(room_id, news))]
        found += [self._left(room_id, room) for room_id, room in _each(rooms, "leave")]
        if asked := inbound.from_devices(_events(_map(answer, "to_device")), self._me):
            found.append(RoomBatch(FROM_DEVICES, asked))
        return SyncBatch(answer["next_batch"], tuple(found), first=first)

    def _joined(self, room_id: str, room: Mapping[str, Any]) -> RoomBatch:
        timeline = _map(room, "timeline")
        sources = _events(timeline)
        arrival = self._arrival(sources)
        state, limited = _events(_map(room, "state")), timeline.get("limited") is True
        own, summary = _events(_map(room, "account_data")), _map(room, "summary")
        self._rooms.apply(room_id, events=[*state, *sources], summary=summary, limited=limited, own=own)
        return RoomBatch(
            room_id,
            events=self._facts(room_id, sources[arrival or 0 :]),
            echoes=echoes(sources, self._me),
            missing=self._missing(timeline) if arrival is None else None,
        )

    def _arrival(self, sources: list[Mapping[str, Any]]) -> int | None:
        """The index in the timeline at which we joined, None if not in it: we answer nothing that was said before."""
        for index in range(len(sources) - 1, -1, -1):
            if arrived(sources[index], self._me):
                return index
        return None

    def _missing(self, timeline: Mapping[str, Any]) -> Missing | None:
        token = timeline.get("prev_batch")
        if timeline.get("limited") is not True or not isinstance(token, str):
            return None
        return Missing(token, self._since)

    def _facts(self, room_id: str, sources: list[Mapping[str, Any]]) -> tuple[Event, ...]:
        facts = (inbound.event(source, room_id, self._me) for source in sources)
        return tuple(fact for fact in facts if fact is not None)

    def _invited(self, room_id: str, news: Mapping[str, Any]) -> RoomBatch | None:
        """The invitation in a room's stripped state. It may have no event id: then room and time make its key."""
        for source in _events(_map(news, "invite_state")):
            content = source.get("content")
            mine = source.get("type") == "m.room.member" and source.get("state_key") == self._me
            if mine and isinstance(content, Mapping) and isinstance(source.get("sender"), str):
                return RoomBatch(room_id, (self._invitation(room_id, source, content),))
        return None

    def _invitation(self, room_id: str, source: Mapping[str, Any], content: Mapping[str, Any]) -> Invited:
        stamp = source.get("origin_server_ts")
        return Invited(
            event_id=f"invite:{room_id}:{source.get('event_id') or stamp or self._since}",
            room_id=room_id,
            sender=source["sender"],
            sent_at=inbound.instant(source) or datetime.fromtimestamp(0, UTC),
            direct=content.get("is_direct") is True,
        )

    def _left(self, room_id: str, room: Mapping[str, Any]) -> RoomBatch:
        """A room that we left or were removed from: only our own last membership counts."""
        self._rooms.left(room_id)
        sources = [*_events(_map(room, "state")), *_events(_map(room, "timeline"))]
        facts = self._facts(room_id, sources)
        mine = tuple(fact for fact in facts if isinstance(fact, MembershipChanged) and fact.member == self._me)
        return RoomBatch(room_id, mine[-1:])


def arrived(source: Mapping[str, Any], me: str) -> bool:
    """Whether this event is our own joining (and not a change of our name)."""
    if source.get("type") != "m.room.member" or source.get("state_key") != me:
        return False
    before = _map(_map(source, "unsigned"), "prev_content").get("membership")
    return _map(source, "content").get("membership") == "join" and before != "join"


def echoes(sources: list[Mapping[str, Any]], me: str) -> dict[str, str]:
    """Our own events by transaction id: the key that we put in them, which every server gives back."""
    found: dict[str, str] = {}
    for source in sources:
        key = _map(source, "content").get(KEY)
        if source.get("sender") == me and isinstance(key, str) and isinstance(source.get("event_id"), str):
            found[key] = source["event_id"]
    return found


def _filter(limit: int) -> str:
    """As little as is needed: no presence, no typing, no receipts, our tags, members only when they speak."""
    nothing: dict[str, list[str]] = {"types": []}
    room = {
        "timeline": {"limit": limit, "lazy_load_members": True},
        "state": {"lazy_load_members": True},
        "ephemeral": nothing,
        "account_data": {"types": [TAG]},
    }
    return json.dumps({"room": room, "presence": nothing, "account_data": nothing}, separators=(",", ":"))


def _pause(failures: int, wanted: float | None) -> float:
    """Seconds to wait: twice as long each time, at most a minute, with jitter, so that not all bots retry at once."""
    longest: float = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    return max(wanted or 0.0, longest * random.uniform(0.5, 1.0))


def _map(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = source.get(name)
    return value if isinstance(value, Mapping) else {}


def _each(rooms: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [(room_id, room) for room_id, room in _map(rooms, name).items() if isinstance(room, Mapping)]


def _events(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    events = part.get("events")
    return [event for event in events if isinstance(event, Mapping)] if isinstance(events, list) else []
