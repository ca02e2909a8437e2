"""`relais import`: resources from a file; rows that cannot be read are named and left out."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli import opening
from bot.cli.files import sheet
from bot.cli.files.sheet import Row, Unreadable
from bot.cli.files.sorting import Sorting
from bot.cli.terminal.progress import progress
from bot.clock import utc_now
from bot.errors import StartRefused
from bot.resources import resources
from bot.resources.resources import Draft
from bot.resources.rules.addresses import spellings
from bot.settings import Settings
from bot.store.database import Database, Transaction

AT_ONCE = 100
SHOWN = 10
"""Bad rows that get a sentence; of further ones only the lines are given."""

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or JSON Lines; - is standard input.")]
CommunityOption = Annotated[str, typer.Option("--community", metavar="SLUG", help="The community that gets them.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Write nothing when one row is bad.")]


def import_(
    file: FileArgument, community: CommunityOption, dry_run: DryRunOption = False, strict: StrictOption = False
) -> None:
    """Add or change resources from a file.

    A row of an address that is known changes that resource.

    The first line names the columns, in any order: title, url, summary, tags, kind, source, ready, verified_on, contact
    (or titre, lien, résumé, étiquettes, type …). A bad row is named by its line and left out.
    """
    chosen = settings.load()
    asyncio.run(_import(chosen, _read(file), community, dry_run=dry_run, strict=strict))


def _read(file: Path) -> list[Row | Unreadable]:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise StartRefused(f"{file} cannot be read ({error.strerror}).") from None
    try:
        return sheet.read(raw)
    except Unreadable as problem:
        raise StartRefused(f"{file}, {problem}") from None


async def _import(
    chosen: Settings, rows: Sequence[Row | Unreadable], slug: str, *, dry_run: bool, strict: bool
) -> None:
    async with opening.ready(chosen) as database:
        async with database.reading() as tx:
            await opening.require_community(tx, slug)
            there = await resources.at_addresses(tx, slug, _addresses(rows))
        before = {row.url: Draft.of_row(row) for row in there if row.state == resources.PUBLISHED}
        archived = {row.url for row in there if row.state == resources.ARCHIVED}
        found = _sorted(rows, before)
        _refuse(found, strict=strict)
        wanted = [draft for draft in found.drafts if draft.url not in archived]
        if not dry_run:
            await _write(database, slug, wanted)
    _remark(found)
    left = {"archived by a moderator and left so": len(found.drafts) - len(wanted), "left out": len(found.bad)}
    typer.echo(_figures(wanted, before, left, dry_run=dry_run))


def _addresses(rows: Sequence[Row | Unreadable]) -> list[str]:
    """The addresses of the rows, and others that may be meant as well."""
    urls = {str(row.cells.get("url", "")).strip() for row in rows if isinstance(row, Row)}
    found = set(urls)
    for url in urls:
        with suppress(ValueError):  # no address at all, which is said with its line
            found.update(spellings(url))
    return sorted(found)


def _sorted(rows: Sequence[Row | Unreadable], before: Mapping[str, Draft]) -> Sorting:
    found = Sorting(before)
    with progress("Reading", len(rows)) as step:
        for row in rows:
            found.take(row)
            step(1)
    return found


def _refuse(found: Sorting, *, strict: bool) -> None:
    """Raises StartRefused when no row is good, or one is bad and none may be."""
    if found.bad and (strict or not found.drafts):
        raise StartRefused("\n".join([*_named(found.bad), "Nothing was written."]))


def _remark(found: Sorting) -> None:
    """Name on standard error what was left out, and what may be a mistake."""
    more = [f"and {len(found.alike) - SHOWN} more such pairs."] if len(found.alike) > SHOWN else []
    for line in (*_named(found.bad), *found.alike[:SHOWN], *more):
        typer.echo(line, err=True)


def _named(problems: Sequence[Unreadable]) -> list[str]:
    lines = ", ".join(str(problem.line) for problem in problems[SHOWN:])
    more = [f"and {len(problems) - SHOWN} more lines: {lines}."] if lines else []
    return [*map(str, problems[:SHOWN]), *more]


def _figures(drafts: Sequence[Draft], before: Mapping[str, Draft], left: Mapping[str, int], *, dry_run: bool) -> str:
    new = sum(draft.url not in before for draft in drafts)
    same = sum(before.get(draft.url) == draft for draft in drafts)
    would = "Nothing was written; it would be: " if dry_run else ""
    besides = "".join(f", {count} {what}" for what, count in left.items() if count)
    return f"{would}{new} new, {len(drafts) - new - same} changed, {same} already there{besides}."


async def _write(database: Database, slug: str, drafts: Sequence[Draft]) -> None:
    """Write all in one transaction, so that readers see all of it or nothing."""
    with progress("Writing", len(drafts)) as step:
        async with database.transaction() as tx:
            for start in range(0, len(drafts), AT_ONCE):
                await _write_some(tx, slug, drafts[start : start + AT_ONCE])
                step(len(drafts[start : start + AT_ONCE]))


async def _write_some(tx: Transaction, slug: str, drafts: Sequence[Draft]) -> None:
    await resources.write(tx, slug, drafts, now=utc_now())
    # Lets the bar be drawn, and Ctrl-C be received, between two batches.
    await asyncio.sleep(0)
