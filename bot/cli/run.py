"""`relais run`: the bot."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from bot import app, installation, settings
from bot.cli import logs, opening, recovery
from bot.clock import utc_now
from bot.errors import TryLater
from bot.matrix import encryption, session
from bot.matrix.api import Api
from bot.matrix.encryption import Encryption
from bot.settings import Settings
from bot.store import schema
from bot.store.database import Database, reachable
from bot.store.lock import database_lock, first_of, folder_lock
from bot.web import Web

logger = logging.getLogger(__name__)

T = TypeVar("T")

RETRY = 5.0


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
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, work.cancel)
    try:
        await _serve(chosen)
    except asyncio.CancelledError:
        logger.info("stopped")


async def _serve(chosen: Settings) -> None:
    opening.prepare_folder(chosen)
    web = Web()
    async with (
        web.served(chosen.listen, chosen.public_listen),
        folder_lock(chosen.data_dir),
        installation.opened(Database(chosen.database)) as database,
    ):
        await reachable(database)
        async with database_lock(database, chosen.user_id) as lock:
            await schema.migrate(database)
            library = await installation.prepare(chosen, database)
            async with _connected(chosen) as (encrypted, api):
                recovery.hand_over(chosen, encrypted.established.recovery_key)
                bot = app.App(
                    chosen,
                    encrypted.session,
                    api,
                    database,
                    library,
                    clock=utc_now,
                    encryption=encrypted,
                    listed=installation.listed_rooms(chosen),
                )
                web.active = bot
                await first_of(asyncio.create_task(bot.run()), lock)


@asynccontextmanager
async def _connected(chosen: Settings) -> AsyncIterator[tuple[Encryption, Api]]:
    """Log in and open the device's keys, for the block."""
    who, api = await _patiently(lambda: session.open_session(chosen))
    try:
        encrypted = await _patiently(lambda: encryption.opened(chosen, who, api))
        try:
            yield encrypted, api
        finally:
            encrypted.close()
    finally:
        await api.close()


async def _patiently(attempt: Callable[[], Awaitable[T]]) -> T:
    """Retry for as long as the homeserver does not answer."""
    while True:
        try:
            return await attempt()
        except TryLater as error:
            logger.warning("the homeserver does not answer yet (%s)", error.errcode)
            await asyncio.sleep(error.retry_after or RETRY)
