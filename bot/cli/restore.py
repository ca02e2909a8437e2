"""`relais restore`: puts a backup into an empty place; the next start takes a new device and says nothing twice."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
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
from bot.mailbox import OutboxMessage
from bot.mailbox.receiving import inbox, undecrypted
from bot.mailbox.sending import delivery
from bot.mailbox.timers import overdue
from bot.matrix import session
from bot.matrix.keys.identity import cross_signing
from bot.matrix.keys.room_keys import room_key_export
from bot.settings import Settings
from bot.store import copying, schema
from bot.store.database import Database
from bot.store.engines import SETTING, driven_url, file_of
from bot.store.lock import folder_to_ourselves

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="What `relais backup` wrote.")]
OURS = (session.FILE, cross_signing.IN_USE, room_key_export.FILE, "keys.sqlite", "keys.pickle", "relais.sqlite")
ENDING = (
    "Nothing that was said since then until the next start is answered. Start with RELAIS_PASSWORD set, or with a new "
    "RELAIS_ACCESS_TOKEN: Relais takes a new device, signs it, and signs the old one out."
)


@dataclass(frozen=True, slots=True)
class Aside:
    """What a restored database does not continue: messages not sent, and how many events and timers were waiting."""

    unsent: tuple[OutboxMessage, ...]
    unanswered: int
    overdue: int


def restore(file: FileArgument) -> None:
    """Put a backup back, into an empty data folder and an empty database. Relais must be stopped everywhere.

    What was not surely sent is listed, and not sent.
    """
    chosen = settings.load()
    with archive.opened(file) as found:
        _require_fit(chosen, file, found.about)
        _require_empty(chosen)
        opening.prepare_folder(chosen)
        with folder_to_ourselves(chosen.data_dir), _workplace(chosen.data_dir) as parts:
            with progress("Unpacking", found.size) as step:
                found.unpack(parts, step)
            aside = asyncio.run(_put_back(chosen, parts))
    for line in _report(file, found.about, aside):
        typer.echo(line)


def _require_fit(chosen: Settings, file: Path, about: About) -> None:
    if not schema.knows(about.schema_version):
        raise archive.newer(file, about)
    if chosen.user_id and chosen.user_id != about.account:
        raise StartRefused(f"{file} is a backup of {about.account}, not of {chosen.user_id}: see RELAIS_USER_ID.")


def _require_empty(chosen: Settings) -> None:
    for name in OURS:
        if (chosen.data_dir / name).exists():
            raise StartRefused(
                f"The data folder {chosen.data_dir.absolute()} is in use, it holds {name}: "
                "move it away, or name an empty one as RELAIS_DATA_DIR."
            )
    place = file_of(driven_url(chosen.database))
    if place is not None and place.exists() and place.stat().st_size:
        raise StartRefused(f"There is a database {place} already: move it away, or name another as {SETTING}.")


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A temporary folder on the same disk; removes those of interrupted restores first."""
    for left in folder.glob(".restoring-*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as name:
        yield Path(name)


async def _put_back(chosen: Settings, parts: Path) -> Aside:
    """Put the parts in place, the identity last: a start without it is refused, so nothing runs on half a restore."""
    aside = await _settled(parts / archive.DATABASE)
    await _place_database(chosen, parts / archive.DATABASE)
    (parts / archive.ROOM_KEYS).rename(chosen.data_dir / room_key_export.FILE)
    (parts / archive.IDENTITY).rename(chosen.data_dir / cross_signing.IN_USE)
    return aside


async def _settled(file: Path) -> Aside:
    """Migrate the database to this version, and drop what was in progress."""
    async with opening.opened(f"sqlite:///{file}", named="the backup") as database:
        await schema.migrate(database)
        async with database.transaction() as tx:
            unsent = await delivery.set_aside(tx)
            unanswered = await inbox.start_anew(tx)
            await undecrypted.forget_all(tx)
            late = await overdue(tx, now=utc_now())
        await database.forget_log()
    return Aside(tuple(unsent), unanswered, late)


async def _place_database(chosen: Settings, file: Path) -> None:
    place = file_of(driven_url(chosen.database))
    if place is not None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(file, place)
        return
    async with (
        opening.opened(f"sqlite:///{file}", named="the backup") as source,
        opening.opened(chosen.database) as target,
    ):
        await copying.require_unused(target)
        await _copied(source, target)


async def _copied(source: Database, target: Database) -> None:
    with progress("Copying", sum((await copying.counts(source)).values())) as step:
        await copying.copy(source, target, step=step, named=SETTING)


def _report(file: Path, about: About, aside: Aside) -> Iterator[str]:
    yield f"Restored from {file}, made on {_moment(datetime.fromisoformat(about.made_at))} for {about.account}."
    if aside.unsent:
        yield f"Not surely sent, and not sent any more: {len(aside.unsent)}"
        yield from (_line(row) for row in aside.unsent)
    if aside.unanswered:
        yield f"Waited to be answered, and are not answered any more: {aside.unanswered}"
    if aside.overdue:
        yield f"Reminders and deadlines that were due since, and come at the next start, maybe again: {aside.overdue}"
    yield ENDING


def _line(row: OutboxMessage) -> str:
    where = row.room_id or "a direct chat that was to be made"
    about = f", about {row.about}" if row.about else ""
    return f"  {_moment(row.entered_at)}  {row.kind}{about}, for {where}"


def _moment(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
