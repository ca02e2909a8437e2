"""`relais export`: a community's resources as a file that `relais import` reads, or as a community file."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli import opening
from bot.cli.files.columns import COLUMNS
from bot.cli.files.community_yaml import community_yaml
from bot.errors import StartRefused
from bot.resources import resources
from bot.resources.resources import Draft
from bot.settings import Settings
from bot.text import spreadsheet


class Format(StrEnum):
    CSV = "csv"
    EXCEL = "excel"
    JSONL = "jsonl"
    YAML = "yaml"


CommunityOption = Annotated[str, typer.Option("--community", metavar="SLUG", help="The community to write out.")]
FormatOption = Annotated[
    Format, typer.Option("--format", help="excel: a CSV that Excel opens by a double click; yaml: a community file.")
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Instead of the terminal.")]


def export(community: CommunityOption, format_: FormatOption = Format.CSV, output: OutputOption = None) -> None:
    """Write resources, or a community, to a file.

    CSV, for Excel or not, and JSON Lines are what `relais import` reads; YAML is a community file.
    """
    text = asyncio.run(_written(settings.load(), community, format_))
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise StartRefused(f"{output} cannot be written ({error.strerror}).") from None


async def _written(chosen: Settings, slug: str, form: Format) -> str:
    async with opening.ready(chosen) as database, database.reading() as tx:
        await opening.require_community(tx, slug)
        if form is Format.YAML:
            text, warnings = await community_yaml(tx, slug, chosen)
            for warning in warnings:
                typer.echo(warning, err=True)
            return text
        drafts = [Draft.of_row(row) for row in await resources.of_community(tx, slug)]
    return WRITERS[form](drafts)


def as_json_lines(drafts: Iterable[Draft]) -> str:
    return "".join(json.dumps(asdict(draft), ensure_ascii=False) + "\n" for draft in drafts)


def as_excel(drafts: Iterable[Draft]) -> str:
    """CSV as a French Excel wants it: the mark of UTF-8 before it, `;` between cells."""
    return "\ufeff" + as_csv(drafts, separator=";", end="\r\n")


def as_csv(drafts: Iterable[Draft], *, separator: str = ",", end: str = "\n") -> str:
    said = [asdict(draft) | {"tags": _tags(draft.tags), "ready": "yes" if draft.ready else ""} for draft in drafts]
    rows = [[row[name] or "" for name in COLUMNS] for row in said]
    return spreadsheet.written([COLUMNS, *rows], separator=separator, end=end)


WRITERS: Mapping[Format, Callable[[Iterable[Draft]], str]] = {
    Format.CSV: as_csv,
    Format.EXCEL: as_excel,
    Format.JSONL: as_json_lines,
}


def _tags(tags: tuple[str, ...]) -> str:
    """Tags in one cell, separated by commas; by `;` if a tag has a comma, with one at the end to mark a single tag."""
    if not any("," in tag for tag in tags):
        return ", ".join(tags)
    return "".join(f"{tag}; " for tag in tags).rstrip()
