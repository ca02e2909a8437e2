"""Meet-ups are for members: whoever leaves loses their seat, the next one moves up, and we write to them no more."""

from bot import departures
from bot.communities import members
from bot.departures import MEMBER_LEFT
from bot.dispatch.answer.context import Context, Moment
from bot.meetups import meetups, rsvps
from bot.meetups.meetups import Meetup
from commands.rdv.overview import command as rdv
from commands.rdv.which import refresh


@rdv.timer(MEMBER_LEFT, among=departures.community_of)
async def left(moment: Moment, item: str) -> None:
    """Settle a departure, if the person has really left: they may be in another room, or be back already."""
    slug, _space, person = item.partition(" ")
    await _settle(moment, slug, person)


async def is_gone(ctx: Context | Moment, meeting: Meetup, person: str) -> bool:
    """Whether it is certain that the person has left the meet-up's community: what they had there is then ended."""
    slug = meeting.series.community
    if not await members.has_left(ctx.tx, ctx.directory, person, slug):
        return False
    await _settle(ctx, slug, person)
    return True


async def let_go(ctx: Context, meeting: Meetup) -> None:
    """Before those who answered are told something: nobody among them has left the community unseen."""
    for rsvp in (await rsvps.roster(ctx.tx, meeting)).rsvps:
        await is_gone(ctx, meeting, rsvp.person)


async def _settle(ctx: Context | Moment, slug: str, person: str) -> None:
    for changed in await departures.settle(ctx, slug, person):
        meeting = await meetups.get(ctx.tx, int(changed.card.id)) if changed.card.kind == meetups.ABOUT else None
        if meeting is not None:
            await refresh(ctx, meeting, cause=changed.cause)
