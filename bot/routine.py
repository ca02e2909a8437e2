"""What is done regularly, whoever speaks: by night, by the week, by the half hour."""

import logging
from collections.abc import Callable, Collection

from bot.clock import Clock
from bot.communities.team import without_team
from bot.digest import due
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch import closing
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.timers import Timers
from bot.privacy import inactivity, retention
from bot.resources import contributions, resources
from bot.resources.dead_links import Links
from bot.store.database import Database

logger = logging.getLogger(__name__)


class Routine:
    """Each method is one such work; it may be done twice, or late. `links` opens what visits the pages of resources."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        timers: Timers,
        menu: Menu,
        links: Callable[[], Links],
        *,
        operators: Collection[str],
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._menu = menu
        self.links = links
        self._operators = operators
        self._clock = clock

    async def forget_old(self) -> None:
        """Delete, every night, what was stored long enough; first close the cards that are over, to delete them too."""
        await self._close_what_is_over()
        await self._find_inactive()
        gone = await retention.forget_old(self._database, now=self._clock())
        logger.info("%d old rows removed", gone)

    async def _find_inactive(self) -> None:
        """Set the timers of people who made no gesture for long; before the events are deleted that show gestures."""
        async with self._database.transaction() as tx:
            but = {*self._operators, self._outbox.account}
            await inactivity.set_timers(tx, self._timers, but=but, now=self._clock())

    async def _close_what_is_over(self) -> None:
        """Close cards a few per transaction, so that nobody waits for all of them."""
        after: int | None = 0
        while after is not None:
            async with self._database.transaction() as tx:
                after = await closing.close(tx, self._outbox, self._menu, after=after, now=self._clock())

    async def look_around(self) -> None:
        """Set the timers of digests, of what another process did, and of the look for communities without a team."""
        async with self._database.transaction() as tx:
            now, account = self._clock(), self._outbox.account
            await due.set_timers(tx, self._timers, account=account, now=now)
            await contributions.set_timers(tx, self._timers, account=account, now=now)
            await without_team.set_timers(tx, self._timers, account=account, now=now)

    async def check_links(self) -> None:
        """Check the pages of resources; set the timers that mark resources with dead links for verification."""
        async with self._database.reading() as tx:
            addresses = await resources.addresses(tx)
        async with self.links() as links:
            dead = await links.dead(addresses)
        async with self._database.transaction() as tx:
            for address in sorted(dead):
                for identity in await resources.at_address(tx, address):
                    await self._timers.set(tx, resources.DEAD_LINK, str(identity), due_at=self._clock())
        logger.info("%d dead links found", len(dead))
