"""`relais migrate`: migrates the database to this version; with `--to`, copies all of it to another database."""

import asyncio
from typing import Annotated

import typer

from bot import settings
from bot.cli import opening
from bot.cli.terminal.progress import progress
from bot.errors import StartRefused
from bot.settings import Settings
from bot.store import copying, schema
from bot.store.database import Database

ToOption = Annotated[
    str, typer.Option("--to", metavar="URL", help="Copy everything there: postgresql://… or sqlite:///… (empty).")
]


def migrate(to: ToOption = "") -> None:
    """Bring the database to this version, or move it.

    Relais must be stopped meanwhile. The database that is copied stays as it is.
    """
    chosen = settings.load()
    asyncio.run(_copy(chosen, to) if to else _upgrade(chosen))


async def _upgrade(chosen: Settings) -> None:
    async with opening.opened(chosen.database) as database:
        before, after = await opening.migrated(chosen, database)
    said = f"is at version {after}" if before == after else f"went from version {before or 'none'} to {after}"
    typer.echo(f"{opening.shown(chosen.database)} {said}.")


async def _copy(chosen: Settings, to: str) -> None:
    if opening.same(chosen.database, to):
        raise StartRefused("The database of --to is the one that is in use: name another one.")
    opening.require_made(chosen.database)
    async with (
        opening.opened(chosen.database) as source,
        opening.opened(to, named="--to") as target,
        opening.alone(chosen, source),
    ):
        await schema.migrate(source)
        counts = await _copied(source, target)
    for table, count in counts.items():
        typer.echo(f"{table:<20} {count:>9}")
    typer.echo(f"{sum(counts.values())} rows are in {opening.shown(to)}; set RELAIS_DATABASE_URL to use it.")


async def _copied(source: Database, target: Database) -> dict[str, int]:
    total = sum((await copying.counts(source)).values())
    with progress("Copying", total) as step:
        return await copying.copy(source, target, step=step)
