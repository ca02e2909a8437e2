"""What is new in a community: what its team chose, new resources, meet-ups to come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeVar

from bot.communities import Topic
from bot.digest import picks
from bot.digest.rules.wish import ALL, MEETUPS, RESOURCES, Wish
from bot.events.messages import Ref
from bot.meetups import meetups
from bot.meetups.meetups import Meetup
from bot.registers import territories
from bot.resources import Resource, resources
from bot.resources.search.analysis import terms
from bot.resources.territories import territories_of
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was noted of a meet-up, as it is published in its room."""

    meetup: Meetup

    @property
    def id(self) -> int:
        return self.meetup.id

    @property
    def reference(self) -> str:
        return self.meetup.reference


Thing: TypeAlias = "Resource | Meetup | Minutes"
T = TypeVar("T", bound="Thing")


@dataclass(frozen=True, slots=True)
class News:
    """Each thing is in one of the lists; `chosen` keeps the order in which the team chose."""

    chosen: tuple[Thing, ...]
    resources: tuple[Resource, ...]
    meetups: tuple[Meetup, ...]

    def __bool__(self) -> bool:
        return bool(self.chosen or self.resources or self.meetups)


async def of(tx: Transaction, community: str, *, since: datetime, now: datetime, ahead: datetime) -> News:
    """What was chosen or published since a moment; the meet-ups before `ahead`, and those announced since."""
    things = await picks.since(tx, community, since)
    coming = _first_of_series(await meetups.upcoming(tx, [community], now=now))
    published = await resources.published_since(tx, community, since)
    chosen = [found for thing in things if (found := await _chosen(tx, community, thing, now)) is not None]
    there = {_name(thing) for thing in chosen}
    news = [one for one in coming if one.start < ahead or one.series.created_at > since]
    return News(
        tuple(chosen),
        tuple(row for row in published if _name(row) not in there),
        tuple(one for one in news if _name(one) not in there),
    )


def _first_of_series(coming: Collection[Meetup]) -> list[Meetup]:
    """Only the next one of each series."""
    return list({meetup.series.id: meetup for meetup in reversed(list(coming))}.values())[::-1]


async def _chosen(tx: Transaction, community: str, thing: Ref, now: datetime) -> "Thing | None":
    """What was chosen, unless it is gone or over."""
    if thing.kind == picks.RESOURCE:
        return await resources.get(tx, int(thing.id), community=community)
    meetup = await meetups.get(tx, int(thing.id))
    if thing.kind == picks.MINUTES:
        return Minutes(meetup) if meetup is not None and meetup.series.community == community else None
    is_open = meetup is not None and not meetup.cancelled and meetup.over_at > now
    return meetup if meetup is not None and is_open and meetup.series.community == community else None


def _name(thing: Thing) -> str:
    if isinstance(thing, Minutes):
        return f"minutes:{thing.id}"
    return thing.reference if isinstance(thing, Meetup) else f"DOC-{thing.id}"


def together(parts: Collection[News]) -> News:
    """Several as one, each thing once: what the team chose is not said again below."""
    chosen = _once(thing for part in parts for thing in part.chosen)
    there = set(map(_name, chosen))
    return News(
        tuple(chosen),
        tuple(row for row in _once(row for part in parts for row in part.resources) if _name(row) not in there),
        tuple(one for one in _once(one for part in parts for one in part.meetups) if _name(one) not in there),
    )


def _once(things: Iterable[T]) -> list[T]:
    return list({_name(thing): thing for thing in things}.values())


def wanted(news: News, wish: Wish, topics: Collection[Topic]) -> News:
    """The part of it that somebody subscribed to."""
    topic = next((one for one in topics if one.slug == wish.topic), None)

    def fits(thing: Thing) -> bool:
        return _fits(thing.meetup if isinstance(thing, Minutes) else thing, wish, topic)

    return News(
        tuple(filter(fits, news.chosen)), tuple(filter(fits, news.resources)), tuple(filter(fits, news.meetups))
    )


def _fits(thing: Resource | Meetup, wish: Wish, topic: Topic | None) -> bool:
    if wish.topic and (topic is None or not _is_about(thing, topic)):
        return False
    if wish.territory and not _is_for(thing, wish.territory):
        return False
    if isinstance(thing, Meetup):
        return wish.what in (ALL, MEETUPS) and wish.kind in ("", thing.series.kind)
    return wish.what in (ALL, RESOURCES)


def _is_for(thing: Resource | Meetup, territory: str) -> bool:
    if isinstance(thing, Meetup):
        return thing.is_for(territory)
    return any(territories.near_each_other(code, territory) for code in territories_of(thing))


def _is_about(thing: Resource | Meetup, topic: Topic) -> bool:
    """Whether all words of one of the topic's names are in the thing's own."""
    texts = [thing.title] if isinstance(thing, Meetup) else [thing.title, thing.summary, *thing.tags]
    words = set(terms(" ".join(texts)))
    names = (terms(name) for name in (*topic.name.values(), topic.slug.replace("-", " ")))
    return any(name and set(name) <= words for name in names)
