"""Serves a calendar to anybody who has its address, with what its owner may read at that time."""

from collections.abc import Collection
from datetime import timedelta

from bot.clock import Clock
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.watch.present_members import Membership
from bot.meetups import calendars
from bot.store.database import Database

ASKED_AT_MOST_EVERY = timedelta(minutes=1)
"""The homeserver is not asked more often who is in a room, however often calendars are read."""


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
        """The calendar of a token; None for one that is unknown or revoked, or of a team that its owner has left.

        If the homeserver does not answer, the members known so far count. Raises TryLater if none are known yet.
        """
        now = self._clock()
        async with self._database.reading() as tx:
            slugs = await calendars.communities_of(tx, token, now)
        await self._membership.ask(slugs, since=now - ASKED_AT_MOST_EVERY, or_last_known=True)
        async with self._database.reading() as tx:
            return await calendars.feed(tx, token, now, directory=self._directory, operators=self._operators)
