"""`relais check`: reports what would prevent a start, and the present state. Changes nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable

import typer

from bot import settings
from bot.cli import check_account, check_data
from bot.errors import StartRefused
from bot.resources.search import fts5_available
from bot.settings import Settings

Check = Callable[[Settings], AsyncIterator[str]]
"""Yields a line for each thing that is well, and raises StartRefused for what is not."""


def check() -> None:
    """Say what is wrong, before anything starts.

    Loads the settings and every community file, reaches the database and the homeserver. Changes nothing.
    """
    chosen = settings.load()
    typer.echo("ok  settings")
    problems = asyncio.run(_run(chosen))
    if problems:
        raise typer.Exit(2)
    typer.echo("Relais can start.")


async def _run(chosen: Settings) -> int:
    checks: tuple[Check, ...] = (
        check_data.community_files,
        check_data.served,
        check_data.themes,
        check_data.folder,
        check_data.backup,
        _search,
        check_data.database,
        check_account.listening,
        check_account.homeserver,
    )
    problems: set[str] = set()
    for one in checks:
        await _look(one(chosen), problems)
    return len(problems)


async def _look(facts: AsyncIterator[str], problems: set[str]) -> None:
    """Prints the results of a check; a problem that several checks meet is printed once."""
    try:
        async for fact in facts:
            typer.echo(f"ok  {fact}")
    except StartRefused as problem:
        if str(problem) not in problems:
            typer.echo(f"!!  {problem}", err=True)
        problems.add(str(problem))


async def _search(_chosen: Settings) -> AsyncIterator[str]:
    if not fts5_available():
        raise StartRefused("The SQLite of this Python has no FTS5, which the look-up of resources needs.")
    yield "search: SQLite has FTS5"
