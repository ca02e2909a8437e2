"""What `!moi` shows of a person: roles, topics, hours or a pause, then what is open and comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import nouns
from bot.communities import Community, communities
from bot.communities.rules.roles import Role
from bot.communities.texts import role_name
from bot.dispatch.answer.context import Context
from bot.events.text import Text, bullets, title
from bot.help import HelpRequest, by_words, requests
from bot.help import case as cases
from bot.help.offers import absences
from bot.i18n import _, language, ngettext
from bot.meetups import Reminder, reminders, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import Rsvp, Status
from bot.time.hours_text import say_hours
from bot.time.spoken_dates import say_day, say_short
from bot.volunteers import Availability, Expert, availability, signup, volunteers
from commands.rdv.texts import named, when
from commands.rdv.which import own_zone, present

SHOWN = 2
"""Requests, and meet-ups, that are shown: the first to wait for something, and the next to come."""
RANKS = (Role.ADMINISTRATOR, Role.MODERATOR, Role.FACILITATOR, Role.OBSERVER)
"""Each includes the rights of those after it, so that the first one says enough."""


@dataclass(frozen=True, slots=True)
class Mine:
    """All that a person has open; `expert` is their first engagement as a volunteer, here or elsewhere.

    `lines` are what other nouns say of what is the person's.
    """

    expert: Expert | None
    asked: Sequence[HelpRequest]
    coming: Sequence[tuple[Meetup, Rsvp]]
    reminders: Sequence[Reminder]
    roles: Sequence[Role]
    lines: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not (self.expert or self.asked or self.coming or self.reminders or self.roles or self.lines)


async def of(ctx: Context) -> Mine:
    """What the sender has open now."""
    known = [row for row in await volunteers.of_person(ctx.tx, ctx.sender) if volunteers.is_active(row)]
    here = [row for row in known if ctx.community is None or row.community == ctx.community.slug]
    answered = await rsvps.of_person(ctx.tx, ctx.sender, after=ctx.now)
    return Mine(
        next(iter([*here, *known]), None),
        await requests.of_person(ctx.tx, ctx.sender),
        [found for found in answered if found[1].status is not Status.NO and not found[0].cancelled],
        await reminders.of(ctx.tx, ctx.sender),
        [role for role in RANKS if role in ctx.roles][:1],
        await nouns.overview(ctx.tx, ctx.sender),
    )


async def text(ctx: Context, mine: Mine) -> Text:
    """What is open, at most ten lines."""
    own = await own_zone(ctx)
    states = [by_words.state(await cases.of(ctx, request)) for request in mine.asked[:SHOWN]]
    return Text.of(
        bullets(*await _who(ctx, mine)),
        title(_counted(_("Your open requests"), len(mine.asked))) if mine.asked else "",
        bullets(*states),
        title(_counted(_("Your next meet-ups"), len(mine.coming))) if mine.coming else "",
        bullets(*[await _answer(ctx, meetup, rsvp, own) for meetup, rsvp in mine.coming[:SHOWN]]),
        *mine.lines,
        _reminded(mine.reminders, ctx.now),
    )


def _counted(heading: str, count: int) -> str:
    return heading if count <= SHOWN else _("{heading} ({count})").format(heading=heading, count=count)


async def _who(ctx: Context, mine: Mine) -> list[str]:
    names = [role_name(role) for role in mine.roles]
    names += [role_name(Role.EXPERT)] if mine.expert else []
    roles = [_("**Roles**: {roles}").format(roles=", ".join(names))] if names else []
    return [*roles, *(await _volunteering(ctx, mine.expert) if mine.expert else ())]


async def _volunteering(ctx: Context, expert: Expert) -> list[str]:
    community = await communities.get(ctx.tx, expert.community)
    if community is None:
        return []
    topics = _("all topics") if expert.generalist else await signup.labels(ctx, community, expert)
    row = await availability.of(ctx.tx, ctx.sender)
    return [_("**Topics**: {topics}").format(topics=topics or _("none")), _reached(ctx, row, community)]


def _reached(ctx: Context, row: Availability, community: Community) -> str:
    """When requests reach the person: a pause, an absence or a rest, else their hours."""
    zone = ZoneInfo(row.time_zone or community.time_zone)
    if row.paused:
        return _("**Pause**: no request reaches you. To resume: `!me resume`")
    away = availability.is_away(row, ctx.now, zone=community.time_zone)
    last = row.absent_to if away else row.rest_until
    if last is not None and ctx.now < absences.midnight(last + timedelta(days=1), zone):
        day = say_day(absences.midnight(last, zone), zone=zone, language=language())
        return _("**Away**: until {day}, included").format(day=day)
    hours = availability.working_time(row, zone=community.time_zone).hours
    return _("**Hours**: {hours}").format(hours=say_hours(hours, language()))


async def _answer(ctx: Context, meetup: Meetup, rsvp: Rsvp, own: ZoneInfo | None) -> str:
    """A meet-up, and whether the person has a seat there."""
    dated = when(meetup, await present(ctx, meetup), own=own)
    sentences = {
        Status.MAYBE: _("{title}: {when} (you answered “maybe”)"),
        Status.WAITING: _("{title}: {when} (you are on the waiting list)"),
        Status.OFFERED: _("{title}: {when} (a place is offered to you)"),
    }
    sentence = sentences.get(rsvp.status, _("{title}: {when}"))
    return sentence.format(title=named(meetup), when=dated)


def _reminded(found: Sequence[Reminder], now: datetime) -> str:
    """How many reminders there are, and the next one's hour, without its words."""
    if not found:
        return ""
    count, zone = len(found), ZoneInfo(found[0].zone)
    sentence = ngettext("**{count} reminder**: {moment}", "**{count} reminders**, the next one: {moment}", count)
    return sentence.format(count=count, moment=say_short(found[0].due_at, zone=zone, language=language(), now=now))
