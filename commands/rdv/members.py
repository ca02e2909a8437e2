"""Meet-ups are for members: whoever leaves loses their seat, the next one moves up, and we write to them no more."""

from bot.dispatch.answer.context import Context, Moment
from bot.meetups import meetups, rsvps
from bot.meetups.departures import CARD
from bot.meetups.meetups import Meetup
from bot.privacy import departures
from bot.privacy.departures import MEMBER_LEFT
from commands.rdv.overview import command as rdv
from commands.rdv.which import refresh


@rdv.timer(MEMBER_LEFT, among=departures.community_of)
async def left(moment: Moment, item: str) -> None:
    """Settle a departure, if the person has really left: they may be in another room, or be back already."""
    slug, _space, person = item.partition(" ")
    await departures.settle(moment, slug, person)


@rdv.timer(CARD)
async def answer_gone(moment: Moment, item: str) -> None:
    """Whoever answered left the community, or was erased."""
    identity, _space, number = item.partition(" ")
    meetup = await meetups.get(moment.tx, int(identity))
    if meetup is not None:
        await refresh(moment, meetup, cause=f"left:{number}")


async def is_gone(ctx: Context | Moment, meetup: Meetup, person: str) -> bool:
    """Whether it is certain that the person has left the meet-up's community: what they had there is then ended."""
    return await departures.settle(ctx, meetup.series.community, person)


async def let_go(ctx: Context, meetup: Meetup) -> None:
    """Before those who answered are told something: nobody among them has left the community unseen."""
    for rsvp in (await rsvps.roster(ctx.tx, meetup)).rsvps:
        await is_gone(ctx, meetup, rsvp.person)
