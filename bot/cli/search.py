"""`relais search`: shows what `!doc` would find, for people at a terminal and for programs."""

import asyncio
import json
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from bot import installation, settings
from bot.cli import opening
from bot.clock import utc_now
from bot.resources.library import Library
from bot.resources.search import Hit
from bot.settings import Settings
from bot.store.database import Transaction

WordsArgument = Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Without: one query a line.")]
CommunityOption = Annotated[str, typer.Option("--community", metavar="SLUG", help="Where to look.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=50, help="At most so many results.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a query.")]


def search(
    community: CommunityOption, words: WordsArgument = None, limit: LimitOption = 10, as_json: JsonOption = False
) -> None:
    """Rank resources as `!doc` does, best first."""
    queries = [" ".join(words)] if words else (line.rstrip("\r\n") for line in sys.stdin)
    asyncio.run(_search(settings.load(), queries, community, limit, as_json=as_json, many=not words))


async def _search(
    chosen: Settings, queries: Iterable[str], slug: str, limit: int, *, as_json: bool, many: bool
) -> None:
    async with opening.ready(chosen) as database:
        library = await Library.of(database, installation.shipped_index())
        async with database.reading() as tx:
            await opening.require_community(tx, slug)
            for query in queries:
                hits = await find(library, tx, query, slug, limit)
                _tell_json(query, hits) if as_json else _tell(query, hits, many=many)


async def find(library: Library, tx: Transaction, query: str, slug: str, limit: int) -> tuple[Hit, ...]:
    """What `!doc` would rank for this query, best first."""
    answer = await library.ask(tx, query, community=slug, today=utc_now().date(), limit=limit)
    return answer.hits


def _tell_json(query: str, hits: Iterable[Hit]) -> None:
    found = [
        {"id": hit.document.id, "title": hit.document.title, "url": hit.document.url, "score": round(hit.score, 4)}
        for hit in hits
    ]
    typer.echo(json.dumps({"query": query, "results": found}, ensure_ascii=False))


def _tell(query: str, hits: tuple[Hit, ...], *, many: bool) -> None:
    if many:
        typer.echo(f"# {query}")
    if not hits:
        typer.echo("Nothing found.")
    for number, hit in enumerate(hits, start=1):
        typer.echo(
            f"{number:>2}. {hit.document.title} (DOC-{hit.document.id}, {hit.score:.2f})\n    {hit.document.url}"
        )
