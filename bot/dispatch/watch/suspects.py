"""Finds events that may have killed the bot: counts how often each was being handled when it died, and gives up."""

import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.events.events import MessageReceived, ReactionAdded
from bot.mailbox import InboxEvent
from bot.mailbox.receiving import inbox
from bot.store.database import Database, Transaction

logger = logging.getLogger(__name__)

STARTS = 2
"""Starts of the bot at which the same event is handled: if the bot died both times, it is not handled again."""
STARTS_IN_SILENCE = 5
"""The same for events without an author to inform, such as invitations: nobody would send them again."""
TRIES = 5
"""Failures by the database, while it does other work, after which the event is at fault."""


class Suspects:
    """Suspects the events that an earlier process left. Events that arrived in this one cost no extra statement.

    An event is marked before it is handled, and unmarked if an exception ends that. So after a kill the next start
    finds which of hundreds of events was being handled. Two kills by chance during the same event look the same: its
    author gets a message and may write it again.
    """

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account
        self._inherited = 0
        self._marked: set[int] = set()
        self._failures: Counter[int] = Counter()

    async def inherit(self, tx: Transaction) -> None:
        """Note the newest row: those up to it may have been tried before this process started."""
        self._inherited = await inbox.newest(tx, self._account)

    def suspects(self, row: InboxEvent) -> bool:
        """Whether an earlier process may have died of this event."""
        return (row.id or 0) <= self._inherited

    def stops_us(self, row: InboxEvent) -> bool:
        """Whether the bot died too often while it handled this event."""
        told = row.kind in (MessageReceived.kind, ReactionAdded.kind)
        return row.id not in self._marked and row.starts >= (STARTS if told else STARTS_IN_SILENCE)

    def handled(self, row: InboxEvent) -> None:
        """Forget the failures of an event that was handled after all."""
        self._failures.pop(row.id or 0, None)

    @asynccontextmanager
    async def in_hand(self, row: InboxEvent) -> AsyncIterator[None]:
        """Mark the event while it is handled; unmark it if an exception or a shutdown ends that: the bot is alive."""
        if not self.suspects(row):
            yield
            return
        await self._mark(row)
        try:
            yield
        except BaseException:
            await self._unmark(row)
            raise

    async def _mark(self, row: InboxEvent) -> None:
        if row.id is None or row.id in self._marked:
            return
        async with self._database.transaction(repeatable=True) as tx:
            await inbox.in_hand(tx, row, starts=row.starts + 1)
        self._marked.add(row.id)

    async def _unmark(self, row: InboxEvent) -> None:
        """If the database is away as well, the mark stays, but this process does not count it twice."""
        try:
            async with self._database.transaction(repeatable=True) as tx:
                await inbox.in_hand(tx, row, starts=row.starts)
        except Exception:
            logger.info("an event of kind %s stays marked", row.kind)
        else:
            self._marked.discard(row.id or 0)

    async def fails_by_itself(self, row: InboxEvent) -> bool:
        """Count a failure by the database; whether there were TRIES of them. Raises if the database is away."""
        async with self._database.transaction() as tx:
            await inbox.newest(tx, self._account)
        number = row.id or 0
        self._failures[number] += 1
        if self._failures[number] < TRIES:
            return False
        del self._failures[number]
        return True
