"""A calendar is read: by whoever has its address, as long as its owner may read what is in it."""

from collections.abc import Collection
from datetime import timedelta

from bot.clock import Clock
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.watch.present_members import Membership
from bot.meetups import calendars
from bot.store.database import Database

ASKED_AT_MOST_EVERY = timedelta(minutes=1)
"""However often calendars are read, the homeserver is not asked more often who is in a room."""


class Calendars:
    """The feeds behind secret addresses."""

    def __init__(
        self,
        database: Database,
        membership: Membership,
        directory: RoomDirectory,
        *,
        operators: Collection[str],
        clock: Clock,
    ) -> None:
        self._database = database
        self._membership = membership
        self._directory = directory
        self._operators = operators
        self._clock = clock

    async def feed(self, token: str) -> bytes | None:
        """The calendar behind a token; None for one that was never given, or is revoked.

        While the homeserver is away the list of members last known counts. Raises TryLater if there is none yet.
        """
        now = self._clock()
        async with self._database.reading() as tx:
            slugs = await calendars.communities_of(tx, token, now)
        await self._membership.ask(slugs, since=now - ASKED_AT_MOST_EVERY, or_last_known=True)
        async with self._database.reading() as tx:
            return await calendars.feed(tx, token, now, directory=self._directory, operators=self._operators)
