"""`!rdv R-7 type …`: says what kind of meet-up it is, which may be done after publication."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.i18n import N_, _
from bot.meetups import meetups
from bot.meetups.rules.kinds import kind_named
from bot.meetups.texts import KINDS, kind_name
from commands.rdv.changes.change import led
from commands.rdv.overview import command as rdv
from commands.rdv.which import attach, refresh

NONE = ("aucun", "aucune", "ordinaire", "none", "ordinary")


@rdv.verb(
    "type",
    "genre",
    "kind",
    usage=N_("rdv R-7 kind training"),
    summary=N_("say what kind of meet-up it is"),
    led=True,
    makes=quotas.CHANGE,
)
async def kind(ctx: Context, words: Rest = NOTHING) -> Reply:
    """Set the kind of the whole series, and update cards and calendar files."""
    meetup, rest = await led(ctx, words)
    wanted = None if rest.lower() in NONE else kind_named(rest)
    if wanted is None and rest.lower() not in NONE:
        raise UserError(_kinds())
    for one in await meetups.set_kind(ctx.tx, meetup, wanted, now=ctx.now):
        await refresh(ctx, one, cause=f"{ctx.event.event_id}:{one.id}")
        await attach(ctx, one)
    sentence = (
        _("{title} ({reference}) is now of the kind: **{kind}**.")
        if wanted
        else _("{title} ({reference}) no longer has a kind.")
    )
    said = sentence.format(title=meetup.title, reference=meetup.reference, kind=kind_name(wanted or ""))
    return say(said, _("It holds for the other dates of the series too.") if meetup.series.rrule else "")


def _kinds() -> str:
    names = ", ".join(kind_name(one) for one in KINDS)
    return _("I know these kinds: {kinds}. “none” takes the kind away.").format(kinds=names)
