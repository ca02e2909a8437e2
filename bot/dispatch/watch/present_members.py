"""Asks the homeserver who is in a community, before we write to its members and before a calendar is served."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from bot.clock import Clock
from bot.communities import rooms
from bot.communities.people import members
from bot.communities.rules.room_facts import RoomDirectory
from bot.errors import TryLater
from bot.mailbox.timers import Timers
from bot.privacy import departures
from bot.store.database import Database

logger = logging.getLogger(__name__)


class Membership:
    """Loads the members of rooms, never inside a transaction. Between two loads the sync keeps them up to date."""

    def __init__(self, database: Database, timers: Timers, directory: RoomDirectory, *, clock: Clock) -> None:
        self._database = database
        self._timers = timers
        self._directory = directory
        self._clock = clock
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asked: dict[str, tuple[datetime, TryLater | None]] = {}

    async def ask(self, slugs: Collection[str], *, since: datetime, or_last_known: bool = False) -> None:
        """Load the members of these communities' rooms, except those of rooms about which we asked after `since`.

        Raises TryLater when the homeserver does not answer; with `or_last_known` only if we have no list of a room yet.
        """
        for slug in sorted(slugs):
            async with self._database.reading() as tx:
                linked = [room.room_id for room in await rooms.of_community(tx, slug)]
            ours = members.readable(self._directory, linked)
            new = [room_id for room_id in ours if not self._directory.knows_members(room_id)]
            failures = await asyncio.gather(*(self._ask(room_id, since) for room_id in ours))
            for room_id, failure in zip(ours, failures, strict=True):
                if failure is not None and not (or_last_known and self._directory.knows_members(room_id)):
                    raise failure
            if new:
                await self._look_who_left(slug)

    async def know(self, room_id: str) -> None:
        """Load the members of one room, for something that depends on them. Raises TryLater."""
        failure = await self._ask(room_id, self._clock())
        if failure is not None:
            raise failure
        async with self._database.reading() as tx:
            bound = await rooms.binding(tx, room_id)
        if bound is not None:
            await self._look_who_left(bound.community)

    async def _ask(self, room_id: str, since: datetime) -> TryLater | None:
        """Load a room's members if needed. Returns the error of the last load, None if it succeeded."""
        async with self._locks[room_id]:
            asked_at, failure = self._asked.get(room_id, (None, None))
            known = failure is not None or self._directory.knows_members(room_id)
            if asked_at is None or asked_at < since or not known:
                return await self._load(room_id)
            return failure

    async def _load(self, room_id: str) -> TryLater | None:
        asked_at, failure = self._clock(), None
        try:
            await self._directory.load_members(room_id)
        except TryLater as error:
            failure = error
        self._asked[room_id] = (asked_at, failure)
        return failure

    async def _look_who_left(self, slug: str) -> None:
        """Set timers for those who left before our start, or in a gap of the sync: we saw no event of it."""
        now = self._clock()
        async with self._database.reading() as tx:
            people = await departures.people_of(tx, slug, now=now)
            gone = [one for one in sorted(people) if await members.has_left(tx, self._directory, one, slug)]
        if gone:
            async with self._database.transaction() as tx:
                for person in gone:
                    await self._timers.set(tx, departures.MEMBER_LEFT, f"{slug} {person}", due_at=now)
            logger.info("%d people had left unseen", len(gone))
