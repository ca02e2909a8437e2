"""Runs the timers that are due, each once: its effect and its removal are in one transaction."""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot import consequences
from bot.clock import Clock
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer.context import Moment, RolesIn
from bot.dispatch.hear.expected_answers import Listening
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch.present_members import Membership
from bot.errors import MembersUnknown, TryLater
from bot.mailbox import Timer
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.timers import AT_ONCE, Timers
from bot.resources.library import Library
from bot.store.database import Database, Transaction

logger = logging.getLogger(__name__)

GLANCE, LONGEST_WAIT = 2, 200
"""Milliseconds between two checks whether the bot is busy, and after which the next timer runs all the same."""

MOST_ROOMS = 20
"""Rooms whose members are loaded, at most, for one timer."""
WAIT = timedelta(minutes=1)
"""How long a timer waits before it asks for members again when the homeserver did not answer."""


class Alarms:
    """Runs due timers: call `drain` whenever one may be due; it returns when to call it next.

    While `busy()`, timers wait up to LONGEST_WAIT each. `hears()`: whether the last sync succeeded.
    """

    def __init__(
        self,
        database: Database,
        timers: Timers,
        *,
        menu: Menu,
        outbox: Outbox,
        library: Library,
        directory: RoomDirectory,
        membership: Membership,
        listening: Listening,
        roles_in: RolesIn,
        operators: Collection[str],
        clock: Clock,
        busy: Callable[[], bool] = lambda: False,
        hears: Callable[[], bool] = lambda: True,
    ) -> None:
        self._hears = hears
        self._operators = frozenset(operators)
        self._busy = busy
        self._database = database
        self._timers = timers
        self._menu = menu
        self._outbox = outbox
        self._library = library
        self._directory = directory
        self._membership = membership
        self._listening = listening
        self._roles_in = roles_in
        self._clock = clock
        self.last_rang: datetime | None = None

    async def drain(self) -> datetime | None:
        """Run all timers that are due; returns when the next one is due, None if there is none."""
        seconds, began_at = asyncio.get_running_loop().time, self._clock()
        more = True
        while more:
            now = self._clock()
            async with self._database.reading() as tx:
                due = await self._timers.due(tx, now=now)
            for timer in due:
                began = seconds()
                if await self._knows_members(timer, now, since=began_at):
                    await self._ring(timer, now)
                await self._give_way(seconds() - began if len(due) > 1 else 0.0)
            more = len(due) == AT_ONCE
        async with self._database.reading() as tx:
            return await self._timers.next_due(tx)

    async def _give_way(self, spent: float) -> None:
        """After a timer that took `spent` seconds, pause as long, then while the bot is busy, each up to LONGEST_WAIT.

        Thousands may be due at once, and people who write to us must not wait for them.
        """
        await asyncio.sleep(min(spent, LONGEST_WAIT / 1000))
        for _ in range(LONGEST_WAIT // GLANCE):
            if not self._busy():
                return
            await asyncio.sleep(GLANCE / 1000)

    async def _knows_members(self, timer: Timer, now: datetime, *, since: datetime) -> bool:
        """Load the members whom a timer concerns. If the homeserver does not answer, put the timer off; returns False.

        From the second time on, if syncs succeed, the list that we have is good enough: the sync keeps it up to date.
        """
        among = self._menu.among(timer.kind)
        if among is None:
            return True
        async with self._database.reading() as tx:
            slug = await among(tx, timer.item)
        try:
            await self._membership.ask({slug} if slug else (), since=since)
        except TryLater as error:
            if timer.failures and self._hears():
                return True
            logger.info("a timer of kind %s waits for the homeserver (%s %s)", timer.kind, error.status, error.errcode)
            async with self._database.transaction() as tx:
                await self._timers.wait(tx, timer, until=now + WAIT)
            return False
        return True

    async def _ring(self, timer: Timer, now: datetime) -> None:
        try:
            await self._ring_knowing(timer, now)
            self.last_rang = now
        except TryLater:
            async with self._database.transaction() as tx:
                await self._timers.wait(tx, timer, until=now + WAIT)
        except Exception:
            logger.exception("a timer of kind %s failed", timer.kind)
            async with self._database.transaction() as tx:
                if not await self._timers.postpone(tx, timer, now=now):
                    logger.error("a timer of kind %s is given up", timer.kind)

    async def _ring_knowing(self, timer: Timer, now: datetime) -> None:
        """Run a timer; when it turns out to depend on the members of a room, load them and begin anew."""
        for _room in range(MOST_ROOMS):
            try:
                async with self._database.transaction() as tx:
                    if await self._timers.take(tx, timer):
                        await self._act(tx, timer, now)
                return
            except MembersUnknown as missing:
                await self._membership.know(missing.room_id)

    async def _act(self, tx: Transaction, timer: Timer, now: datetime) -> None:
        handler = self._menu.timer(timer.kind)
        if handler is None:
            raise LookupError(f"nobody handles timers of kind {timer.kind}")
        await handler(self._moment(tx, now, timer), timer.item)
        await consequences.follow(tx, self._timers, now=now)

    def _moment(self, tx: Transaction, now: datetime, timer: Timer) -> Moment:
        return Moment(
            tx=tx,
            now=now,
            late=now - timer.due_at,
            account=self._outbox.account,
            operators=self._operators,
            menu=self._menu,
            outbox=self._outbox,
            timers=self._timers,
            library=self._library,
            directory=self._directory,
            listening=self._listening,
            roles_in=self._roles_in,
        )
