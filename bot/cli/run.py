"""`relais run`: the bot."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from bot import app, installation, settings
from bot.cli import opening
from bot.cli.running import logs
from bot.cli.running.lives import lives
from bot.cli.running.supervisor import Supervisor
from bot.cli.terminal import recovery
from bot.clock import utc_now
from bot.errors import TryLater
from bot.http.web import Web
from bot.matrix import encryption, faults, session
from bot.matrix.api import Api
from bot.matrix.encryption import Encryption
from bot.process.waits import ACCOUNT, DATABASE, HOMESERVER, Waits
from bot.settings import Settings
from bot.store import fitness, schema
from bot.store.database import Database, reachable
from bot.store.engines import AWAY
from bot.store.lock import Lock, database_lock, first_of, folder_lock

logger = logging.getLogger(__name__)

T = TypeVar("T")

RETRY, LONGEST_RETRY = 1.0, 15.0


def run() -> None:
    """Run the bot.

    A second process on the same account waits as standby.
    """
    logs.set_up()
    chosen = settings.load()
    settings.require_account(chosen)
    asyncio.run(_until_stopped(chosen))


async def _until_stopped(chosen: Settings) -> None:
    work = asyncio.current_task()
    assert work is not None
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.unhandled)
    signal.signal(
        signal.SIGHUP, signal.SIG_IGN
    )  # settings are read at the start only, and a closed terminal ends nobody
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, work.cancel)
    try:
        await _serve(chosen)
    except asyncio.CancelledError:
        logger.info("stopped")


async def _serve(chosen: Settings) -> None:
    opening.prepare_folder(chosen)
    app.warm_up()
    waits = Waits()
    web = Web(waits=waits)
    async with (
        web.served(chosen.listen, chosen.public_listen),
        Supervisor.named().watching(web),
        folder_lock(chosen.data_dir),
        installation.opened(Database(chosen.database)) as database,
    ):
        if database.is_sqlite:
            await reachable(database)
        await lives(lambda: _live(chosen, database, web), waits)


async def _live(chosen: Settings, database: Database, web: Web) -> None:
    """Be the active process until stopped. Raises what `lives` waits for, when the database goes away."""
    await fitness.require_sessions(database)
    async with database_lock(database, chosen.user_id) as lock:
        web.waits.over(DATABASE)
        lock.lost.add_done_callback(partial(_note_loss, web.waits))
        try:
            await first_of(_speak(chosen, database, web, lock), lock)
        finally:
            web.active = None


def _note_loss(waits: Waits, lost: "asyncio.Task[None]") -> None:
    """Say so before everything that was going on is ended, which may take some seconds."""
    if not lost.cancelled():
        waits.begin(DATABASE, AWAY)


async def _speak(chosen: Settings, database: Database, web: Web, lock: Lock) -> None:
    await database.run(fitness.require_room)
    await schema.migrate(database)
    library = await installation.prepare(chosen, database)
    async with _connected(chosen, web.waits, lock) as (encrypted, api):
        recovery.hand_over(chosen, encrypted.established.recovery_key)
        web.active = bot = app.App(
            chosen,
            encrypted.session,
            api,
            database,
            library,
            clock=utc_now,
            encryption=encrypted,
            listed=installation.listed_rooms(chosen),
            waits=web.waits,
        )
        await bot.run()


@asynccontextmanager
async def _connected(chosen: Settings, waits: Waits, lock: Lock) -> AsyncIterator[tuple[Encryption, Api]]:
    """Log in and open the device's keys, for the block."""
    who, api = await _patiently(lambda: session.open_session(chosen, may_write=lambda: lock.sure), waits)
    try:
        encrypted = await _patiently(lambda: encryption.opened(chosen, who, api), waits)
        try:
            yield encrypted, api
        finally:
            encrypted.close()
    finally:
        await api.close()


async def _patiently(attempt: Callable[[], Awaitable[T]], waits: Waits) -> T:
    """Retry for as long as the homeserver does not answer, or lets nobody speak."""
    pause = RETRY
    while True:
        try:
            done = await attempt()
        except TryLater as error:
            faults.note(waits, error)
            await asyncio.sleep(error.retry_after or pause)
            pause = min(pause * 2, LONGEST_RETRY)
            continue
        waits.over(HOMESERVER)
        waits.over(ACCOUNT)
        return done
