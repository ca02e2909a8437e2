"""The meet-ups that somebody said yes to on days on which they are away: being away gives up no seat."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.dispatch.answer.context import Context
from bot.i18n import _
from bot.meetups import rsvps
from bot.meetups.rules.rsvp import COMING
from bot.time.spoken_dates import say_day

MOST = 3


async def still_taken(ctx: Context, first: date, last: date, *, zone: ZoneInfo) -> list[str]:
    """In private, a line for each, with how to give the seat up; in a room none."""
    if not ctx.direct:
        return []
    answered = await rsvps.of_person(ctx.tx, ctx.sender, after=ctx.now)
    found = [
        meetup
        for meetup, mine in answered
        if mine.status in COMING and first <= meetup.start.astimezone(zone).date() <= last
    ]
    return [
        _("You still come to {title}, {day}. Not coming? `!rdv {reference} no`").format(
            title=meetup.title,
            day=say_day(meetup.start, zone=zone, language=ctx.language),
            reference=meetup.reference,
        )
        for meetup in found[:MOST]
    ]
