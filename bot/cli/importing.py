"""`relais import`: resources from a file, all of them or none."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli import opening, sheet
from bot.cli.drafts import draft_of
from bot.cli.progress import progress
from bot.cli.sheet import Row, Unreadable
from bot.errors import StartRefused
from bot.resources import resources
from bot.resources.resources import Draft
from bot.settings import Settings
from bot.store.database import Database, Transaction

AT_ONCE = 100
SHOWN = 10
"""Bad rows that are named; further ones are only counted."""

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or JSON Lines in UTF-8; - is standard input.")]
CommunityOption = Annotated[str, typer.Option("--community", metavar="SLUG", help="The community that gets them.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]


def import_(file: FileArgument, community: CommunityOption, dry_run: DryRunOption = False) -> None:
    """Add or change resources from a file.

    A row of an address that is known changes that resource.

    The first line names the columns, in any order: title, url, summary, tags, kind, source, ready, verified_on
    (or titre, lien, résumé, étiquettes, type …). When one row is bad, it is named and nothing is written.
    """
    chosen = settings.load()
    asyncio.run(_import(chosen, _read(file), community, dry_run=dry_run))


def _read(file: Path) -> list[Row]:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise StartRefused(f"{file} cannot be read ({error.strerror}).") from None
    try:
        return sheet.read(raw)
    except Unreadable as problem:
        raise StartRefused(f"{file}, {problem}") from None


async def _import(chosen: Settings, rows: Sequence[Row], slug: str, *, dry_run: bool) -> None:
    async with opening.ready(chosen) as database:
        async with database.reading() as tx:
            await opening.require_community(tx, slug)
            there = await resources.at_addresses(tx, slug, [str(row.cells.get("url", "")).strip() for row in rows])
        before = {row.url: Draft.of_row(row) for row in there if row.state == resources.PUBLISHED}
        archived = {row.url for row in there if row.state == resources.ARCHIVED}
        drafts = _drafts(rows, before)
        wanted = [draft for draft in drafts if draft.url not in archived]
        if not dry_run:
            await _write(database, slug, wanted)
    typer.echo(_figures(wanted, before, archived=len(drafts) - len(wanted), dry_run=dry_run))


def _figures(drafts: Sequence[Draft], before: Mapping[str, Draft], *, archived: int, dry_run: bool) -> str:
    new = sum(draft.url not in before for draft in drafts)
    same = sum(before.get(draft.url) == draft for draft in drafts)
    left = f", {archived} archived by a moderator and left so" if archived else ""
    would = "Nothing was written; it would be: " if dry_run else ""
    return f"{would}{new} new, {len(drafts) - new - same} changed, {same} already there{left}."


def _drafts(rows: Sequence[Row], before: Mapping[str, Draft]) -> list[Draft]:
    """Every row as a resource. Raises StartRefused with the bad ones, by line."""
    drafts: dict[str, tuple[int, Draft]] = {}
    problems: list[Unreadable] = []
    with progress("Reading", len(rows)) as step:
        for row in rows:
            try:
                draft = draft_of(row, before.get(str(row.cells.get("url", "")).strip()))
                if draft.url in drafts:
                    raise Unreadable(row.line, f"this address already stands on line {drafts[draft.url][0]}.")
                drafts[draft.url] = row.line, draft
            except Unreadable as problem:
                problems.append(problem)
            step(1)
    if problems:
        raise StartRefused(_named(problems))
    return [draft for _line, draft in drafts.values()]


def _named(problems: Sequence[Unreadable]) -> str:
    more = [f"and {len(problems) - SHOWN} more lines."] if len(problems) > SHOWN else []
    return "\n".join([*map(str, problems[:SHOWN]), *more, "Nothing was written."])


async def _write(database: Database, slug: str, drafts: Sequence[Draft]) -> None:
    """Write all in one transaction, so that readers see all of it or nothing."""
    with progress("Writing", len(drafts)) as step:
        async with database.transaction() as tx:
            for start in range(0, len(drafts), AT_ONCE):
                await _write_some(tx, slug, drafts[start : start + AT_ONCE])
                step(len(drafts[start : start + AT_ONCE]))


async def _write_some(tx: Transaction, slug: str, drafts: Sequence[Draft]) -> None:
    await resources.write(tx, slug, drafts)
    # Lets the bar be drawn, and Ctrl-C be received, between two batches.
    await asyncio.sleep(0)
