"""`relais backup`: what cannot be made again, in one file: the database, the identity, the room keys."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli import opening
from bot.cli.files import archive
from bot.cli.files.archive import About
from bot.cli.terminal.progress import progress
from bot.clock import utc_now
from bot.errors import StartRefused
from bot.matrix import session
from bot.matrix.keys.identity import cross_signing
from bot.matrix.keys.room_keys import room_key_export
from bot.matrix.session import Session
from bot.settings import Settings
from bot.store import schema, snapshot
from bot.store.database import Database

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]


def backup(file: FileArgument) -> None:
    """Keep in one file what cannot be made again. Also while Relais runs.

    The database, the bot's identity and the keys of encrypted rooms; not the device, which a restore replaces.
    """
    chosen = settings.load()
    folder = archive.folder_of(file)
    who = _account(chosen)
    opening.require_made(chosen.database)
    try:
        about = _kept(chosen, who, file, folder)
    except OSError as error:
        raise OSError(error.errno, f"No backup was made: {error.strerror}", str(file)) from error
    chosen.last_backup.touch(mode=0o600)
    typer.echo(
        f"{file}: the database of {opening.shown(chosen.database)}, the identity of {about.account} and "
        f"{about.room_keys} room keys, {file.stat().st_size / 1e6:.1f} MB.\n"
        "Who has this file can be the bot and read its rooms: keep it encrypted, elsewhere, and at most 30 days."
    )


def _account(chosen: Settings) -> Session:
    """The stored session, whose account owns the data. Raises StartRefused when the bot has never run in the folder."""
    who = session.kept(chosen.data_dir)
    if who is None or cross_signing.load(chosen.data_dir, who.user_id) is None:
        raise StartRefused(
            f"The bot's identity is not in {chosen.data_dir.absolute()}: see RELAIS_DATA_DIR. "
            "It is made by the first `relais run`; before that there is nothing to back up."
        )
    return who


def _kept(chosen: Settings, who: Session, file: Path, folder: Path) -> About:
    """Make the backup in a temporary folder beside it, so that half a backup never has its name."""
    with tempfile.TemporaryDirectory(prefix=".relais-", dir=folder) as name:
        parts = Path(name)
        version = asyncio.run(_database(chosen, parts / archive.DATABASE))
        (parts / archive.IDENTITY).write_bytes((chosen.data_dir / cross_signing.IN_USE).read_bytes())
        with progress("Room keys", None) as step:
            keys = room_key_export.write(chosen.data_dir, parts / archive.ROOM_KEYS, device_id=who.device_id, step=step)
        about = About(
            made_at=utc_now().isoformat(timespec="seconds"),
            account=who.user_id,
            schema_version=version,
            room_keys=keys,
        )
        archive.write(parts / "archive", about, parts)
        (parts / "archive").rename(file)
    return about


async def _database(chosen: Settings, file: Path) -> str:
    """Copy the database into a file; returns the version of its schema."""
    async with opening.opened(chosen.database) as database:
        version = await _version(database)
        with progress("Database", await snapshot.size(database)) as step:
            await snapshot.take(database, file, step=step)
    return version


async def _version(database: Database) -> str:
    version = await schema.version(database)
    if version is None:
        raise StartRefused("The database is empty: there is nothing to back up.")
    return version
