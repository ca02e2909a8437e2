"""What a digest looks like."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.communities import Community, Topic
from bot.communities.communities import name_in, spoken
from bot.digest.news import Minutes, News, Thing
from bot.digest.rules.rhythm import MONTHLY
from bot.digest.rules.wish import ALL, RESOURCES, Wish
from bot.events.text import Line, Text, bullets, link, title
from bot.i18n import _, language
from bot.markup import code
from bot.meetups.meetups import Meetup
from bot.meetups.texts import kind_name, territory_name
from bot.resources.texts import page_of, source_of, titled
from bot.time.spoken_dates import say_short
from commands.rdv.texts import Present, when
from commands.rdv.texts import titled as titled_meetup

SHOWN = 3
"""Things of each sort in a digest: the rest is counted."""
LATE_AFTER_HOURS = 1


def digest(community: Community, news: News, *, now: datetime, own: ZoneInfo | None = None) -> Text:
    """The news of a community; `own`: the clock of the only reader."""
    present = Present(now, ZoneInfo(community.time_zone))
    return Text.of(
        title(_("What is new: {community}").format(community=name_in(community, language()))),
        _part(_("**The team recommends**"), news.chosen, present, own),
        _part(_("**New resources**"), news.resources, present, own),
        _part(_("**Next meet-ups**"), news.meetups, present, own),
    )


def late(due: datetime, now: datetime, zone: ZoneInfo) -> str:
    """That a digest is late, and when it should have come; empty for one that is on time."""
    if (now - due).total_seconds() < LATE_AFTER_HOURS * 3600:
        return ""
    day = say_short(due, zone=zone, language=language(), now=now)
    return _("This digest was planned for {day}; I could not send it before.").format(day=day)


def _part(heading: str, things: Sequence[Thing], present: Present, own: ZoneInfo | None) -> Text:
    if not things:
        return Text(())
    left = len(things) - SHOWN
    more = [_("and {count} more").format(count=left)] if left > 0 else []
    return Text.of(heading, bullets(*_lines(things[:SHOWN], present, own), *more))


def _lines(things: Iterable[Thing], present: Present, own: ZoneInfo | None) -> list[Text | Line]:
    return [_line(thing, present, own) for thing in things]


def _line(thing: Thing, present: Present, own: ZoneInfo | None) -> Text | Line:
    if isinstance(thing, Minutes):
        dated = when(thing.meetup, present, own=own)
        return Text.of(_("{minutes}, {when}").format(minutes=minutes_of(thing), when=dated))
    if isinstance(thing, Meetup):
        said = _("{title}, {when}").format(title=thing.heading, when=when(thing, present, own=own))
        return Text.of(f"{said} {code(thing.reference)}")
    named_so, page = _("{title}, {source}").format(title=titled(thing), source=source_of(thing)), page_of(thing)
    return link(named_so, page) if page else Line(named_so)


def minutes_of(thing: Minutes) -> str:
    return _("Minutes of {title} ({reference})").format(**titled_meetup(thing.meetup))


# ── subscriptions ─────────────────────────────────────────────────────────────────────────────────────────


def wish_name(wish: Wish, topics: Sequence[Topic]) -> str:
    """`training meet-ups about interoperability, each month`."""
    topic = next((spoken(one.name, language()) for one in topics if one.slug == wish.topic), wish.topic)
    what = _what(wish)
    about = _("{what} about “{topic}”").format(what=what, topic=topic) if topic else what
    place = territory_name(wish.territory)
    about = _("{what} for {territory}").format(what=about, territory=place) if place else about
    rhythm = _("each month") if wish.rhythm == MONTHLY else _("each week")
    return _("{what}, {rhythm}").format(what=about, rhythm=rhythm)


def _what(wish: Wish) -> str:
    if wish.what == RESOURCES:
        return _("new resources")
    if wish.what == ALL:
        return _("meet-ups and new resources")
    return _("meet-ups ({kind})").format(kind=kind_name(wish.kind)) if wish.kind else _("meet-ups of every kind")
