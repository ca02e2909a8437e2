"""Events that may be why the bot died: counted while they are in hand, and not tried for ever."""

import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.events.events import MessageReceived, ReactionAdded
from bot.mailbox import InboxEvent, inbox
from bot.store.database import Database, Transaction

logger = logging.getLogger(__name__)

STARTS = 2
"""Starts at which an event is taken in hand; the bot died both times, so it is not taken a third time."""
STARTS_IN_SILENCE = 5
"""The same for what nobody can be told about, an invitation for instance: it is lost, so it is tried longer."""
TRIES = 5
"""Tries that may fail by the database while the database does other work: then the event is at fault."""


class Suspects:
    """Everything that an earlier life left. What arrived in this one costs nothing until it fails.

    The mark is written before an event is taken in hand and removed when it is put down, so a bot that is killed
    finds at its next start which one it held: of five hundred that wait, that one only. A kill that falls twice
    into the few milliseconds of the same event looks the same; the author is told, and may write it again.
    """

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account
        self._inherited = 0
        self._marked: set[int] = set()
        self._failures: Counter[int] = Counter()

    async def inherit(self, tx: Transaction) -> None:
        """Whatever is in the inbox now may have been tried before."""
        self._inherited = await inbox.newest(tx, self._account)

    def suspects(self, row: InboxEvent) -> bool:
        """Whether an earlier life may have died of this one."""
        return (row.id or 0) <= self._inherited

    def stops_us(self, row: InboxEvent) -> bool:
        """Whether it was in hand too often when the bot died."""
        told = row.kind in (MessageReceived.kind, ReactionAdded.kind)
        return row.id not in self._marked and row.starts >= (STARTS if told else STARTS_IN_SILENCE)

    @asynccontextmanager
    async def in_hand(self, row: InboxEvent) -> AsyncIterator[None]:
        """While it is handled. One that must be tried again, or that a shutdown interrupts, did not stop the bot."""
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
        """Where the database is away as well the mark stays: this life does not count it twice."""
        try:
            async with self._database.transaction(repeatable=True) as tx:
                await inbox.in_hand(tx, row, starts=row.starts)
        except Exception:
            logger.info("an event of kind %s stays marked", row.kind)
        else:
            self._marked.discard(row.id or 0)

    async def fails_by_itself(self, row: InboxEvent) -> bool:
        """Whether it keeps failing by the database while that does other work. Raises if it is away."""
        async with self._database.transaction() as tx:
            await inbox.newest(tx, self._account)
        self._failures[row.id or 0] += 1
        return self._failures[row.id or 0] >= TRIES
