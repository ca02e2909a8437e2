"""The part of `relais check` that reads the community files, the data folder and the database."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bot import installation
from bot.cli import opening
from bot.cli.files.differences import differences
from bot.clock import utc_now
from bot.communities import communities
from bot.communities import file as files
from bot.errors import StartRefused
from bot.programmes import catalogue
from bot.settings import Settings
from bot.store import fitness, schema
from bot.store.database import Database, Transaction, reachable
from bot.store.engines import driven_url, file_of


async def community_files(chosen: Settings) -> AsyncIterator[str]:
    folder, loaded = chosen.communities or files.shipped(), installation.community_files(chosen)
    yield f"community files: {len(loaded)} in {folder} ({', '.join(file.slug for file in loaded)})"


async def served(chosen: Settings) -> AsyncIterator[str]:
    """Checks that RELAIS_SERVES names existing communities: one misspelt would be served by nobody."""
    if not chosen.serves:
        return
    known = {file.slug for file in installation.community_files(chosen)} | await _slugs(chosen.database)
    for slug in chosen.serves:
        if slug not in known:
            raise StartRefused(f"RELAIS_SERVES: there is no community “{slug}”; there are {', '.join(sorted(known))}.")
    yield f"serves: {', '.join(chosen.serves)}"


async def _slugs(address: str) -> set[str]:
    """The communities of the database; none if it cannot be read, which another check reports."""
    try:
        if _not_made_yet(address):
            return set()
        async with installation.opened(Database(address, read_only=True)) as opened:
            await reachable(opened)
            if await schema.version(opened) != schema.newest():
                return set()
            async with opened.reading() as tx:
                return {community.slug for community in await communities.every(tx)}
    except StartRefused:
        return set()


async def themes(_chosen: Settings) -> AsyncIterator[str]:
    """Checks the themes of support, which come with the program."""
    yield f"themes of support: {len(catalogue.load())}"


async def folder(chosen: Settings) -> AsyncIterator[str]:
    """Checks that the data folder can be written, or created in its nearest existing parent."""
    place = chosen.data_dir.absolute()
    if not _takes_files(place):
        raise StartRefused(f"The data folder {place} cannot be written: see RELAIS_DATA_DIR.")
    yield f"data folder: {place}" + ("" if place.exists() else ", which the first start will make")


def _takes_files(place: Path) -> bool:
    nearest = next(parent for parent in (place, *place.parents) if parent.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


async def backup(chosen: Settings) -> AsyncIterator[str]:
    """Reports the age of the last backup, which is that of the file that `relais backup` touches."""
    mark = chosen.last_backup
    if not mark.exists():
        yield "backup: none was made with this data folder"
        return
    age = utc_now() - datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    yield f"backup: the last one is {_age(age.total_seconds())} old"


def _age(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"


async def database(chosen: Settings) -> AsyncIterator[str]:
    address = chosen.database
    where = f"database: {opening.shown(address)}"
    if _not_made_yet(address):
        file = file_of(driven_url(address))
        if chosen.database_url and file and not _takes_files(file.absolute().parent):
            raise StartRefused(f"The database file {file} cannot be made: see RELAIS_DATABASE_URL.")
        yield f"{where}, which the first start will make"
        return
    async with installation.opened(Database(address, read_only=True)) as opened:
        await reachable(opened)
        version = await schema.version(opened)
        schema.require_known(version)
        yield where
        await _require_fit(opened, version)
        yield f"schema: {_version(version)}"
        async with opened.reading() as tx:
            yield f"size: {await _size(opened, tx)}"
            if version == schema.newest():
                for line in await differences(tx, installation.community_files(chosen)):
                    yield line


async def _require_fit(opened: Database, version: str | None) -> None:
    await fitness.require_sessions(opened)
    await opened.run(fitness.require_room)
    await opened.run(fitness.require_whole if version == schema.newest() else fitness.require_creation)


def _not_made_yet(address: str) -> bool:
    file = file_of(driven_url(address))
    return file is not None and not file.exists()


def _version(version: str | None) -> str:
    if version == schema.newest():
        return f"version {version}, that of this Relais"
    return f"version {version or 'none'}, the next start brings it to {schema.newest()}"


async def _size(opened: Database, tx: Transaction) -> str:
    place = opened.file
    if place is None:
        asked = text("SELECT pg_database_size(current_database())")
        return _bytes(await tx.run(lambda connection: connection.scalar(asked)) or 0)
    parts = (place, Path(f"{place}-wal"))
    return _bytes(sum(part.stat().st_size for part in parts if part.exists()))


def _bytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
