"""`!rdv R-7 lien …`: sets the video link, which may be given after publication."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest
from bot.errors import UserError
from bot.i18n import N_, _
from bot.meetups import meetups
from bot.meetups.rules.line import good_link
from commands.rdv.changes.change import led
from commands.rdv.overview import command as rdv
from commands.rdv.which import attach, refresh


@rdv.verb(
    "lien",
    "visio",
    "link",
    usage=N_("rdv R-7 link https://…"),
    summary=N_("give the link by which people join"),
    led=True,
    makes=quotas.CHANGE,
)
async def link(ctx: Context, words: Rest) -> Reply:
    """Set the link of the whole series, and update cards and calendar files."""
    meetup, rest = await led(ctx, words)
    address = good_link(rest)
    if address is None:
        raise UserError(_("I cannot use this link: {link}. It must begin with https://").format(link=rest[:80] or "…"))
    for one in await meetups.set_link(ctx.tx, meetup, address, now=ctx.now):
        await refresh(ctx, one, cause=f"{ctx.event.event_id}:{one.id}")
        await attach(ctx, one)
    return say(
        _("The link of {title} ({reference}) is now {link}").format(
            title=meetup.title, reference=meetup.reference, link=address
        ),
        _("It holds for the other dates of the series too.") if meetup.series.rrule else "",
    )
