"""What a person gave in a year, drawn up once, to be read or written as a document.

`Attested` is all that a document says, in its reader's language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import nouns
from bot.communities import Community, communities
from bot.communities.communities import name_in
from bot.communities.contributed import Contributed, Period
from bot.communities.people import members
from bot.dispatch.answer.context import Context
from bot.documents.document import Document, Part, bullets, heading, paragraphs
from bot.i18n import _, language
from bot.time.spoken_dates import say_date


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave in one community, a line each, and how they are called there."""

    community: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attested:
    """The whole of it. `limits` say what is stored no more and so not counted, `nature` what the document is."""

    title: str
    about: tuple[str, ...]
    parts: tuple[Given, ...]
    limits: tuple[str, ...]
    nature: tuple[str, ...]


async def attested(ctx: Context, year: int, zone: ZoneInfo) -> Attested:
    """What the sender gave in a year, by the record of each noun. Raises MembersUnknown."""
    period = Period.of_year(year, zone, now=ctx.now)
    every = sorted((one for noun in nouns.NOUNS for one in noun.contributed), key=lambda one: one.place)
    return Attested(
        title=_("Contributions of the year {year}").format(year=year),
        about=_about(ctx, period, zone),
        parts=tuple(await _parts(ctx, every, period)),
        limits=tuple(_limits(every, period, ctx.now, zone)),
        nature=(
            _("Drawn up from the record of Relais, an automatic program, at the request of the person named here."),
            _("It counts what this record shows. No institution signs it, and it says nothing of quality."),
        ),
    )


def _about(ctx: Context, period: Period, zone: ZoneInfo) -> tuple[str, ...]:
    last = period.end - timedelta(seconds=1)
    return (
        _("Account: {account}").format(account=ctx.sender),
        _("Period: from {begin} to {end}").format(begin=_day(period.begin, zone), end=_day(last, zone)),
        _("Drawn up on {day}").format(day=_day(ctx.now, zone)),
    )


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return say_date(moment, zone=zone, language=language())


async def _parts(ctx: Context, every: Sequence[Contributed], period: Period) -> list[Given]:
    """A part for each community in which there is something."""
    counts = [(one, await one.counts(ctx.tx, ctx.sender, period)) for one in every]
    return [
        Given(name_in(community, language()), _name(ctx, community), lines)
        for community in await communities.every(ctx.tx)
        if (lines := tuple(one.said(many[community.slug]) for one, many in counts if many.get(community.slug)))
    ]


def _name(ctx: Context, community: Community) -> str:
    """How they are called in the main room; empty if they are not there any more."""
    room = community.main_room
    members.require(ctx.directory, room)
    return ctx.directory.name_of(room, ctx.sender) if room and ctx.directory.has_member(room, ctx.sender) else ""


def _limits(every: Sequence[Contributed], period: Period, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    """A line for each kind of thing that is stored for less long than the period is ago."""
    for one in every:
        if one.kept is not None and period.begin < now - one.kept:
            sentence = _("{what}: those that ended before {day} are stored no more, and may be missing here.")
            yield sentence.format(what=_(one.what), day=_day(now - one.kept, zone))


def as_document(found: Attested) -> Document:
    """All that it says, to print it or to change it."""
    nothing = () if found.parts else paragraphs(_("The record shows nothing for this period."))
    return Document(
        title=found.title,
        language=language(),
        parts=(
            *paragraphs("\n".join(found.about)),
            *(part for given in found.parts for part in _part(given)),
            *nothing,
            *((bullets(*found.limits),) if found.limits else ()),
            *paragraphs("\n".join(found.nature)),
        ),
        footer=found.title,
        page=_("page {page} of {pages}"),
        unprintable=_("stands for a sign that this print cannot show."),
    )


def _part(given: Given) -> tuple[Part, ...]:
    called = _("Name shown there: {name}").format(name=given.name) if given.name else ""
    return heading(given.community), *paragraphs(called), bullets(*given.lines)
