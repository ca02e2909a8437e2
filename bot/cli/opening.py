"""Opens what the operator's commands work on: the data folder and the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.engine import URL

from bot import installation
from bot.clock import utc_now
from bot.communities import communities
from bot.errors import InUse, StartRefused
from bot.nouns import NOUNS
from bot.settings import Settings
from bot.store import copying, schema
from bot.store.database import Database, Transaction, reachable
from bot.store.engines import SETTING, driven_url, file_of
from bot.store.lock import folder_to_ourselves

PATIENCE, LOOK_EVERY = 10.0, 0.2
"""Seconds for which another process may hold what we need, as it does while it migrates; between two looks."""

assert NOUNS  # imported for them: what is copied, counted and restored is all of them


def prepare_folder(chosen: Settings) -> None:
    """Create the data folder, readable by our user only. Raises StartRefused when it cannot be written."""
    try:
        chosen.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = chosen.data_dir / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StartRefused(
            f"The data folder {chosen.data_dir} cannot be written ({error.strerror}): see RELAIS_DATA_DIR."
        ) from None


@asynccontextmanager
async def opened(address: str, *, named: str = SETTING) -> AsyncIterator[Database]:
    """Open a database that answers, for the block. Raises StartRefused; `named` is where its address comes from."""
    async with installation.opened(Database(address, named=named)) as database:
        await reachable(database, named)
        yield database


@asynccontextmanager
async def ready(chosen: Settings) -> AsyncIterator[Database]:
    """The database of the settings, migrated to this version; a new one gets the communities of the files."""
    if chosen.database_url is None:
        prepare_folder(chosen)
    async with opened(chosen.database) as database:
        await _bring_up(chosen, database)
        if await _is_new(database):
            await installation.install(database, installation.community_files(chosen), clock=utc_now)
        yield database


async def _bring_up(chosen: Settings, database: Database) -> None:
    """Migrate the database if need be; refused while an earlier Relais runs on it."""
    await migrated(chosen, database)


async def migrated(chosen: Settings, database: Database) -> tuple[str | None, str]:
    """Bring the database to this version, alone; returns the version before and after.

    Another process may be doing just that, and is waited for; one that goes on with an earlier version is refused.
    """
    clock = asyncio.get_running_loop().time
    patience = clock() + PATIENCE
    before = await schema.version(database)
    while await schema.version(database) != schema.newest():
        try:
            async with alone(chosen, database):
                return await schema.migrate(database)
        except InUse:
            if clock() > patience:
                raise
        await asyncio.sleep(LOOK_EVERY)
    await schema.migrate(database)
    return before, schema.newest()


@asynccontextmanager
async def alone(chosen: Settings, database: Database) -> AsyncIterator[None]:
    """Lock folder and database for the block. Raises InUse when Relais runs on either."""
    prepare_folder(chosen)
    with folder_to_ourselves(chosen.data_dir):
        await copying.require_unused(database)
        yield


def require_made(address: str) -> None:
    """Raises StartRefused when there is no such SQLite file yet."""
    file = file_of(driven_url(address))
    if file is not None and not file.exists():
        raise StartRefused(f"There is no database {file} yet: nothing to copy.")


def same(address: str, other: str) -> bool:
    """Whether two addresses are one database."""
    first, second = driven_url(address), driven_url(other, "--to")
    files = file_of(first), file_of(second)
    if files[0] is not None and files[1] is not None:
        return files[0].resolve() == files[1].resolve()
    return first == second


async def _is_new(database: Database) -> bool:
    async with database.reading() as tx:
        return not await communities.every(tx)


async def require_community(tx: Transaction, slug: str) -> None:
    """Raises StartRefused, with the slugs that there are, when the database does not know this one."""
    slugs = [community.slug for community in await communities.every(tx)]
    if slug not in slugs:
        raise StartRefused(f"There is no community “{slug}”; there are {', '.join(slugs) or 'none'}.")


def shown(address: str) -> str:
    """The database's address without the password, and without options, which may hold one too."""
    url = driven_url(address)
    if url.get_backend_name() == "sqlite":
        return url.database or "memory"
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
