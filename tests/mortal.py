"""The whole bot in lives that end at a chosen boundary: a commit, a request, or the moment after it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast

from bot.app import App
from bot.communities.rules.serving import Listed
from bot.errors import TryLater
from bot.matrix.api import Api, Json
from bot.matrix.session import Session
from bot.resources.library import Library
from bot.settings import Settings
from bot.store.database import Database, Transaction
from tests.homeserver import BOT
from tests.streaming import StreamingHomeserver

NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


class Killed(BaseException):
    """The process is gone. No `except Exception` of the bot survives it."""


class Fate:
    """Counts boundaries. At the one named the bot dies; a lost answer is one that the bot never gets to read."""

    def __init__(self, dies_at: int | None = None, loses: frozenset[int] = frozenset()) -> None:
        self.passed: list[str] = []
        self.died = asyncio.Event()
        self._dies_at = dies_at
        self._loses = loses

    def step(self, name: str) -> None:
        if not self.died.is_set():
            self.passed.append(name)
            if len(self.passed) != self._dies_at:
                return
            self.died.set()
        raise Killed(name)

    @property
    def loses_answer(self) -> bool:
        return len(self.passed) in self._loses


class MortalDatabase(Database):
    def __init__(self, address: str, fate: Fate) -> None:
        super().__init__(address)
        self._fate = fate

    @asynccontextmanager
    async def transaction(self, *, repeatable: bool = False) -> AsyncIterator[Transaction]:
        async with super().transaction(repeatable=repeatable) as tx:
            yield tx
            self._fate.step("before a commit")
        self._fate.step("after a commit")


class MortalApi:
    """Stands where `bot.matrix.api.Api` does."""

    def __init__(self, homeserver: StreamingHomeserver, fate: Fate) -> None:
        self._homeserver = homeserver
        self._fate = fate

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: dict[str, str] | None = None,
        within: float = 0,
    ) -> Json:
        what = f"{method} {path.split('/')[-2]}"
        self._fate.step(f"before {what}")
        await asyncio.sleep(0)
        answer = await self._homeserver.request(method, path, body, query=query, within=within)
        self._fate.step(f"after {what}")
        if self._fate.loses_answer:
            raise TryLater(0, "NO_ANSWER")
        return answer


def leave_the_dead_alone(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An exception handler for the loop: of a task that died nobody wants to know."""
    if not isinstance(context.get("exception"), Killed):
        loop.default_exception_handler(context)


class Lives:
    """One bot on one database and one homeserver, reborn as often as it is asked to live.

    `library` is that of the database: reading it anew takes longer than most lives. `now` is moved by the test alone.
    """

    listed: Mapping[str, Listed] = {}
    """The rooms that community files list."""

    def __init__(self, address: str, library: Library, operator: str) -> None:
        self.address = address
        self._library = library
        self.now = NOW
        self.homeserver = StreamingHomeserver(lambda: self.now)
        self.settings = Settings(
            homeserver="http://example.org", user_id=BOT, operators=(operator,), invites_from=("example.org",)
        )

    async def live(self, fate: Fate | None = None) -> bool:
        """Until everything is heard, handled and sent, or until death; returns whether the bot died."""
        fate = fate or Fate()
        asyncio.get_running_loop().set_exception_handler(leave_the_dead_alone)
        database = MortalDatabase(self.address, fate)
        try:
            await self._live(database, fate)
        except Killed:
            return True
        finally:
            await database.close()
        return fate.died.is_set()

    async def _live(self, database: Database, fate: Fate) -> None:
        session = Session(self.settings.homeserver, BOT, "DEVICE", "token")
        api = cast(Api, MortalApi(self.homeserver, fate))
        bot = App(self.settings, session, api, database, self._library, clock=lambda: self.now, listed=self.listed)
        tasks = [asyncio.create_task(work) for work in (bot.run(), fate.died.wait(), self._settled(bot))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if tasks[0].done() and not fate.died.is_set():
                tasks[0].result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _settled(self, bot: App) -> None:
        await bot.sync.caught_up.wait()
        quiet = 0
        while quiet < 20:
            await asyncio.sleep(0.0005)
            busy = bot.engine.inbox.busy or bot.outgoing.busy or not self.homeserver.heard_out
            quiet = 0 if busy else quiet + 1
