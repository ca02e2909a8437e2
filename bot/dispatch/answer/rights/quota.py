"""Limits what people and rooms make in a day: counts each thing before it is made, and refuses with a reason."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.communities.people import quota_uses
from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.rights import team_names
from bot.events.text import Text
from bot.i18n import _, language
from bot.quotas import TEAM_TIMES, Quota
from bot.time.recurrence import instant
from bot.time.spoken_dates import say_moment

ELSEWHERE = ZoneInfo("Europe/Paris")
"""The time zone of the day where there is no community."""
_TEAM = {Role.MODERATOR, Role.ADMINISTRATOR}

Make = Callable[[], Awaitable[Reply | None]]


async def within(ctx: Context, kind: str | None, make: Make) -> Reply | None:
    """What `make` answers, or a refusal past the day's limit of the person or room. Operators have no limit."""
    if kind is None or Role.OPERATOR in ctx.roles:
        return await make()
    quota, day = ctx.quotas.of(kind), today(ctx.now, _zone(ctx))
    most = quota.most * (TEAM_TIMES if ctx.roles & _TEAM else 1)
    if not await quota_uses.one_more(ctx.tx, ctx.sender, kind, day=day, most=most):
        return await _refused(ctx, quota, day, _too_many(quota, most))
    place = _place(ctx)
    if place is None or quota.in_room is None or ctx.roles & _TEAM:
        return await make()
    if not await quota_uses.one_more(ctx.tx, place, kind, day=day, most=quota.in_room):
        return await _refused(ctx, quota, day, _room_full(quota))
    return await make()


def today(now: datetime, zone: ZoneInfo) -> date:
    """The date in this zone."""
    return now.astimezone(zone).date()


def _zone(ctx: Context) -> ZoneInfo:
    """The community's zone: a person cannot change it to begin a new day."""
    here = ctx.community or next(iter(ctx.communities), None)
    return ZoneInfo(here.time_zone) if here else ELSEWHERE


def _place(ctx: Context) -> str | None:
    if ctx.direct:
        return ctx.community.slug if ctx.community else None
    return ctx.room_id


async def _refused(ctx: Context, quota: Quota, day: date, why: str) -> Reply | None:
    """The full refusal once a day; after that None in a room, and a short one in private or to an edited message."""
    until = again(day, _zone(ctx))
    if await quota_uses.first_refusal(ctx.tx, ctx.sender, quota.kind, day=day):
        return Reply(Text.of(why, until, await _whom_to_ask(ctx)))
    if ctx.direct or ctx.replaces:
        return Reply(Text.of(_("I did not do this ({what}).").format(what=_(quota.what)), until))
    return None


def again(day: date, zone: ZoneInfo) -> str:
    """The sentence that says when the person may continue: when the next day begins in this zone."""
    midnight = instant(datetime.combine(day + timedelta(days=1), datetime.min.time()), zone)
    return _("You may continue on {moment}.").format(moment=say_moment(midnight, zone=zone, language=language()))


def _too_many(quota: Quota, most: int) -> str:
    return _(
        "I did not do this: {most} a day and person at most ({what}), so that there is room for everybody."
    ).format(most=most, what=_(quota.what))


def _room_full(quota: Quota) -> str:
    return _(
        "I did not do this: {most} a day at most in one place, whoever makes them ({what}), "
        "so that people can still read them."
    ).format(most=quota.in_room, what=_(quota.what))


async def _whom_to_ask(ctx: Context) -> str:
    names = await team_names(ctx, ctx.community)
    if not names:
        return _("If it cannot wait, talk to the community's team.")
    return _("If it cannot wait, talk to the community's team ({names}).").format(names=", ".join(names))
