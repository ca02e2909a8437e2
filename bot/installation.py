"""Prepares an installation: creates the communities of the files, and loads an index with the shipped glossary."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from bot import nouns
from bot.clock import Clock, utc_now
from bot.communities import communities
from bot.communities import file as files
from bot.communities.file import CommunityFile
from bot.communities.rules.serving import Listed
from bot.errors import StartRefused
from bot.process.collection import uncollected
from bot.resources import resources
from bot.resources.library import Library
from bot.resources.resources import Draft
from bot.resources.search import lexicon
from bot.resources.search.index import Index
from bot.resources.search.lexicon import Lexicon
from bot.settings import Settings
from bot.store import schema
from bot.store.database import Database

logger = logging.getLogger(__name__)


def community_files(settings: Settings) -> tuple[CommunityFile, ...]:
    """The community files of this installation, else those shipped. Raises CommunityFileError."""
    return files.load(settings.communities or files.shipped(), nouns.every_setting())


async def prepare(settings: Settings, database: Database, *, clock: Clock = utc_now) -> Library:
    """Create the communities that the database does not know yet, and load the index."""
    await install(database, community_files(settings), clock=clock)
    await _require_known(settings, database)
    with uncollected():
        return await Library.of(database, shipped_index())


async def _require_known(settings: Settings, database: Database) -> None:
    """Raises StartRefused for a community to be served that does not exist: rooms of all others would be unlinked."""
    async with database.reading() as tx:
        known = [community.slug for community in await communities.every(tx)]
    for slug in settings.serves:
        if slug not in known:
            raise StartRefused(f"RELAIS_SERVES: there is no community “{slug}”; there are {', '.join(known)}.")


def listed_rooms(settings: Settings) -> dict[str, Listed]:
    """The rooms that the community files list, by id or alias."""
    found = community_files(settings)
    return {room: Listed(file.slug, main=not place) for file in found for place, room in enumerate(file.rooms)}


async def install(database: Database, found: tuple[CommunityFile, ...], *, clock: Clock) -> None:
    """Create the communities that the database does not know yet, with the resources of their files."""
    async with database.transaction() as tx:
        await tx.run(schema.one_at_a_time)
        created = await communities.install(tx, found, now=clock())
        for file in found:
            if file.slug in created:
                await resources.write(tx, file.slug, [Draft.from_file(resource) for resource in file.resources])
    for slug in created:
        logger.info("community created: %s", slug)


def shipped_index() -> Index:
    """An empty index that knows the glossary and the synonyms."""
    return Index(shipped_lexicon())


@cache
def shipped_lexicon() -> Lexicon:
    """The glossary and the synonyms that came with the program."""
    folder = files.shipped().parent
    glossary, synonyms = (folder / f"{name}.yaml" for name in ("glossary", "synonyms"))
    return lexicon.read(glossary.read_text(encoding="utf-8"), synonyms.read_text(encoding="utf-8"))


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[Database]:
    """Close the database at the end of the block."""
    try:
        yield database
    finally:
        await database.close()
