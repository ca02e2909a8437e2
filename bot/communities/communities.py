"""Communities: created from files; from then on the database counts, not the file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.communities.file import CommunityFile
from bot.communities.rules.serving import Serving
from bot.communities.tables import Community, CommunitySetting, Topic
from bot.store.database import Transaction


async def install(tx: Transaction, files: Iterable[CommunityFile], *, now: datetime) -> list[str]:
    """Create the communities that the database does not know, with their topics; returns their slugs."""
    known = {community.slug for community in await every(tx)}
    new = [file for file in files if file.slug not in known]
    for file in new:
        await _create(tx, file, now)
    return [file.slug for file in new]


async def _create(tx: Transaction, file: CommunityFile, now: datetime) -> None:
    tx.add(
        Community(
            slug=file.slug,
            name=file.name.model_dump(),
            language=file.language,
            time_zone=file.time_zone,
            contact=file.contact,
            created_at=now,
        )
    )
    await tx.flush()
    for topic in file.topics:
        name = {"fr": topic.fr, "en": topic.en}
        tx.add(Topic(community=file.slug, slug=topic.slug, name=name, parent=topic.parent))
    for key, value in file.settings.items():
        tx.add(CommunitySetting(community=file.slug, key=key, value=value))


async def create(tx: Transaction, slug: str, name: dict[str, str], *, language: str, now: datetime) -> Community:
    """Create a community that was asked for in chat: empty, without a room."""
    community = Community(slug=slug, name=name, language=language, time_zone="Europe/Paris", created_at=now)
    tx.add(community)
    await tx.flush()
    return community


async def every(tx: Transaction) -> Sequence[Community]:
    """All communities, by slug."""

    async def load() -> Sequence[Community]:
        return (await tx.exec(select(Community).order_by(col(Community.slug)))).all()

    return await tx.remember(Community, "every", load)


async def slugs(tx: Transaction, serving: Serving) -> list[str]:
    """The short names of the communities that an account serves."""
    return serving.of(community.slug for community in await every(tx))


async def get(tx: Transaction, slug: str) -> Community | None:
    """The community of this slug."""
    return await tx.remember(Community, slug, lambda: tx.get(Community, slug))


async def named_by(tx: Transaction, item: str) -> Sequence[str]:
    """The community whose short name an item begins with, as `rse` or `rse @ana:example.org`."""
    slug, _space, _more = item.partition(" ")
    return [slug] if await get(tx, slug) is not None else []


async def locked(tx: Transaction, slug: str) -> Community | None:
    """The community, locked until the transaction ends."""
    return await tx.get(Community, slug, with_for_update=True)


async def with_main_room(tx: Transaction, room_id: str) -> Community | None:
    """The community of which this is the main room."""
    return (await tx.exec(select(Community).where(Community.main_room == room_id))).first()


async def main_room(tx: Transaction, slug: str) -> str | None:
    """The main room of a community, as it is now."""
    return (await tx.exec(select(Community.main_room).where(Community.slug == slug))).first()


async def set_main_room(tx: Transaction, community: Community, room_id: str | None) -> None:
    """Make this the main room, whose power levels decide who moderates the community; None for no main room."""
    community.main_room = room_id
    tx.add(community)
    await tx.flush()


async def announced_at(tx: Transaction, slug: str) -> datetime | None:
    """When the team first asked for the text that introduces the bot to members; None if never."""
    return (await tx.exec(select(Community.announced_at).where(Community.slug == slug))).first()


async def set_announced(tx: Transaction, slug: str, now: datetime) -> None:
    """Note that the team asked for that text, unless this is already noted."""
    this = (col(Community.slug) == slug, col(Community.announced_at).is_(None))
    await tx.exec(update(Community).where(*this).values(announced_at=now))


async def topics_of(tx: Transaction, slug: str) -> Sequence[Topic]:
    """The topics of a community, in the order in which they were written and are offered by number."""

    async def load() -> Sequence[Topic]:
        return (await tx.exec(select(Topic).where(Topic.community == slug).order_by(col(Topic.id)))).all()

    return await tx.remember(Topic, slug, load)


async def topic(tx: Transaction, community: str, slug: str) -> Topic | None:
    """The topic of this short name."""
    return (await tx.exec(select(Topic).where(Topic.community == community, Topic.slug == slug))).first()


async def put_topic(
    tx: Transaction,
    community: str,
    slug: str,
    name: dict[str, str],
    *,
    parent: str | None = None,
    place: int | None = None,
) -> None:
    """Add or rename a topic. `place`: its number in the table, which gives a topic that was removed its place again."""
    row = await topic(tx, community, slug) or Topic(id=place, community=community, slug=slug, name=name, parent=parent)
    row.name = name
    tx.add(row)
    await tx.flush()


async def remove_topic(tx: Transaction, community: str, slug: str) -> None:
    """Take a topic away. Who had chosen it is known to the volunteers' folder, and may be again."""
    await tx.exec(delete(Topic).where(col(Topic.community) == community, col(Topic.slug) == slug))


def name_in(community: Community, language: str) -> str:
    """The community's name in this language, else in its own."""
    return spoken(community.name, language, community.language) or community.slug


def spoken(names: Mapping[str, str], *languages: str) -> str:
    """The name in the first of these languages that it has, else in any other; empty when it has none."""
    known = (names[language] for language in languages if names.get(language))
    return next(known, "") or next(iter(names.values()), "")
