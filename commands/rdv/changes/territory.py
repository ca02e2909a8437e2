"""`!rdv R-7 territoire …`: says where the people are whom a meet-up is for, which may be done after publication."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.i18n import N_, _
from bot.meetups import meetups
from bot.meetups.rules.sought import Sought, read_sought
from bot.registers import typed_territory
from commands.rdv.changes.change import led
from commands.rdv.changes.kind import NONE
from commands.rdv.overview import command as rdv
from commands.rdv.overview import those_sought
from commands.rdv.which import attach, of_card, refresh, take_reference


@rdv.verb(
    "territoire",
    "région",
    "département",
    "territory",
    "region",
    usage=N_("rdv R-7 territory Bretagne"),
    summary=N_("say for which region or département it is"),
    led=True,
    makes=quotas.CHANGE,
)
async def territory(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Set the territory of the whole series, and update cards and files; without a meet-up, list those of it."""
    number, rest = take_reference(words)
    if number is None and rest and rest.lower() not in NONE and await of_card(ctx) is None:
        return await those_sought(ctx, read_sought(rest) or Sought(None, (typed_territory.read(rest),)))
    meetup, rest = await led(ctx, words)
    if not rest:
        raise UserError(_("Which region or département? “none” takes the territory away."))
    found = None if rest.lower() in NONE else typed_territory.read(rest)
    for one in await meetups.set_territory(ctx.tx, meetup, found.code if found else None, now=ctx.now):
        await refresh(ctx, one, cause=f"{ctx.event.event_id}:{one.id}")
        await attach(ctx, one)
    sentence = (
        _("{title} ({reference}) is now for this territory: **{territory}**.")
        if found
        else _("{title} ({reference}) is for no territory in particular any more.")
    )
    said = sentence.format(title=meetup.title, reference=meetup.reference, territory=found.label if found else "")
    return say(said, _("It holds for the other dates of the series too.") if meetup.series.rrule else "")
