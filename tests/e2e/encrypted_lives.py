"""The whole bot in an encrypted room of a real homeserver, in lives that end at a chosen commit or request."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from unittest.mock import patch

from bot import installation
from bot.app import App
from bot.clock import utc_now
from bot.matrix import encryption, session
from bot.matrix.api import Api, Json
from bot.matrix.keys.store import KeyStore
from bot.resources.library import Library
from bot.settings import Settings
from bot.store import schema
from bot.store.database import Database
from tests.e2e.strangers import answer, answers, joined
from tests.mortal import Fate, MortalDatabase, leave_the_dead_alone
from tests.servers.people import Account
from tests.strict_client import StrictPerson


class MortalApi(Api):
    """Dies before a request leaves, or before its answer is read."""

    fate: Fate

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: dict[str, str] | None = None,
        within: float = 60.0,
        bare: bool = False,
    ) -> Json:
        what = f"{method} {path.split('/')[4]}"
        self.fate.step(f"before {what}")
        answered = await super().request(method, path, body, query=query, within=within, bare=bare)
        self.fate.step(f"after {what}")
        return answered


@contextmanager
def mortal_keys(fate: Fate) -> Iterator[None]:
    """What the key store commits is a boundary too."""
    whole = KeyStore.batch

    @contextmanager
    def batch(store: KeyStore) -> Iterator[None]:
        with whole(store):
            yield
            fate.step("before keys are kept")
        fate.step("after keys are kept")

    with patch.object(KeyStore, "batch", batch):
        yield


class Lives:
    """One bot with one data folder, reborn as often as it is asked to live."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.user_id, self.data = settings.user_id, settings.data_dir
        self._settings = settings
        self._library = library
        self._bot: App | None = None

    @classmethod
    async def of(cls, homeserver: str, account: Account, folder: Path) -> "Lives":
        settings = Settings.model_validate(
            {"homeserver": homeserver, "user_id": account.user_id, "password": account.password, "data_dir": folder}
        )
        database = Database(settings.database)
        await schema.migrate(database)
        library = await installation.prepare(settings, database)
        await database.close()
        return cls(settings, library)

    async def live(self, fate: Fate, until: Callable[[], Awaitable[object]]) -> None:
        """Until death, or until what is awaited has come and nothing is left to do."""
        asyncio.get_running_loop().set_exception_handler(leave_the_dead_alone)
        with mortal_keys(fate):
            tasks = [asyncio.create_task(work) for work in (self._live(fate), fate.died.wait(), self._done(until))]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in (tasks[0], tasks[2]):
                    if task.done() and not fate.died.is_set():
                        task.result()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _live(self, fate: Fate) -> None:
        who, living = await session.open_session(self._settings)
        api = MortalApi(living.client)
        api.fate = fate
        async with self._opened(fate) as database:
            try:
                encrypted = await encryption.opened(self._settings, who, api)
                self._bot = App(self._settings, who, api, database, self._library, clock=utc_now, encryption=encrypted)
                try:
                    await self._bot.run()
                finally:
                    encrypted.close()
            finally:
                await living.close()

    @asynccontextmanager
    async def _opened(self, fate: Fate) -> AsyncIterator[MortalDatabase]:
        database = MortalDatabase(self._settings.database, fate)
        try:
            yield database
        finally:
            await database.close()

    async def _done(self, until: Callable[[], Awaitable[object]]) -> None:
        await until()
        while self._bot is None or self._bot.engine.inbox.busy or self._bot.outgoing.busy:
            await asyncio.sleep(0.001)


async def died_everywhere(lives: Lives, person: StrictPerson, every: int) -> tuple[list[int], list[str]]:
    """A command, and a death at one boundary after another of all that handling one passes; each `every`th is tried.

    Returns how many answers each command has in the end, all of them readable, and the boundaries.
    """
    room = await person.create_room(lives.user_id)
    await lives.live(Fate(), lambda: joined(person, lives, room))
    asked: list[str] = []

    async def all_answered() -> None:
        for event_id in asked:
            await answer(person, event_id)

    async def dies(fate: Fate) -> list[str]:
        asked.append(await person.say(room, "!ping"))
        await lives.live(fate, all_answered)
        return fate.passed

    passed = await dies(Fate())
    for point in range(1, len(passed) + 1, every):
        await dies(Fate(point))
    await dies(Fate())
    counted = answers(person, lives)
    return [counted[event_id] for event_id in asked], passed
