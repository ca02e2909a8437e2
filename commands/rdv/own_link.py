"""« Où est le lien ? »: the link of the meet-up that the person comes to next; there is no word of the menu for it."""

from bot.communities.people import members
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.text import Text, bullets
from bot.i18n import _
from bot.meetups import rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import Status
from commands.private import privately
from commands.rdv import texts
from commands.rdv.overview import command as rdv
from commands.rdv.phrases import LINK
from commands.rdv.which import own_zone, present

SHOWN = 3


@rdv.said(*LINK)
async def own_link(ctx: Context) -> Reply:
    """Only of meet-ups that they answered; a link is for those who come."""
    mine = [meeting for meeting in await _expected(ctx) if not meeting.cancelled][:SHOWN]
    if not mine:
        return say(_("You are signed up for no meet-up to come. To see them and sign up: `!rdv`"))
    own = await own_zone(ctx)

    async def told() -> Text:
        dated = [(meeting, texts.when(meeting, await present(ctx, meeting), own=own)) for meeting in mine]
        return bullets(*(_with_link(meeting, when) for meeting, when in dated))

    return await privately(ctx, told)


async def _expected(ctx: Context) -> list[Meetup]:
    answered = await rsvps.of_person(ctx.tx, ctx.sender, after=ctx.now)
    coming = [meeting for meeting, rsvp in answered if rsvp.status in (Status.YES, Status.MAYBE)]
    return [
        meeting
        for meeting in coming
        if not await members.has_left(ctx.tx, ctx.directory, ctx.sender, meeting.series.community)
    ]


def _with_link(meeting: Meetup, when: str) -> Text:
    named = _("{title}: {when}").format(title=texts.named(meeting), when=when)
    where = texts.where_of(meeting)
    return Text.of(named, where if where.lines else _("The link is not known yet."))
