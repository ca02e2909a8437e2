"""What whoever organises a meet-up sets at once: places, who organises it, how many came."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.i18n import N_, _, ngettext
from bot.meetups import meetups, rsvps
from bot.meetups.rules.line import MOST_PLACES
from bot.meetups.rules.rsvp import SEATED
from bot.text.numbers import whole
from commands.rdv.changes.change import led
from commands.rdv.overview import command as rdv
from commands.rdv.which import refresh, require_lead, which


@rdv.verb(
    "places",
    "seats",
    usage=N_("rdv R-7 places 40"),
    summary=N_("change the number of places"),
    led=True,
    makes=quotas.CHANGE,
)
async def places(ctx: Context, words: Rest) -> Reply:
    meetup, rest = await led(ctx, words)
    if meetup.series.external:
        raise UserError(_("Others hold this meet-up, and count its places themselves. I count who goes there."))
    count = whole(rest, most=MOST_PLACES)
    if not count:
        raise UserError(
            _("I cannot plan “{words}”. Write a number of places from 1 to {most}.").format(
                words=rest[:40] or "…", most=MOST_PLACES
            )
        )
    await meetups.set_capacity(ctx.tx, meetup, count)
    outcome = await rsvps.fill(ctx.tx, ctx.timers, meetup, now=ctx.now)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    seated = outcome.after.count(*SEATED)
    return say(
        ngettext(
            "{title} ({reference}) now has {count} place.", "{title} ({reference}) now has {count} places.", count
        ).format(title=meetup.title, reference=meetup.reference, count=count),
        _("{count} places are taken already: nobody loses theirs, and nobody moves up from the waiting list.").format(
            count=seated
        )
        if seated > count
        else "",
    )


@rdv.verb(
    "reprendre",
    "takeover",
    usage=N_("rdv R-7 takeover"),
    summary=N_("organise it from now on"),
    led=True,
    makes=quotas.CHANGE,
)
async def take_over(ctx: Context, words: Rest) -> Reply:
    meetup, _rest = await led(ctx, words)
    await meetups.hand_over(ctx.tx, meetup.series, ctx.sender)
    return say(
        _("You organise {title} ({reference}) from now on.").format(title=meetup.title, reference=meetup.reference)
    )


@rdv.verb(
    "présents",
    "présence",
    "attendance",
    usage=N_("rdv R-7 attendance 12"),
    summary=N_("note how many came"),
    led=True,
    makes=quotas.CHANGE,
)
async def attendance(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Takes a number, not names, so that nobody is recorded as absent."""
    meetup, rest = await which(ctx, words, lock=True, over=True)
    await require_lead(ctx, meetup)
    if meetup.cancelled or meetup.start > ctx.now:
        raise UserError(_("This meet-up has not begun: nobody can be counted yet."))
    count = whole(rest, most=MOST_PLACES)
    if count is None:
        raise UserError(
            _("How many came? For example: `!rdv {reference} attendance 12`").format(reference=meetup.reference)
        )
    await meetups.set_attended(ctx.tx, meetup, count)
    noted = ngettext(
        "Noted: {count} person came to {title} ({reference}). I keep the number, no name.",
        "Noted: {count} people came to {title} ({reference}). I keep the number, no name.",
        count,
    )
    return say(noted.format(count=count, title=meetup.title, reference=meetup.reference))
