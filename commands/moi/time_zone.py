"""`!moi fuseau`: sets the time zone in which hours are shown to a person and reminders sent."""

from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities.people import people
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.i18n import N_, _, language
from bot.meetups import rsvps
from bot.time.spoken_dates import say_clock
from bot.time.typed_zones import zone_named
from bot.time.zone_names import zone_name
from bot.volunteers import availability
from commands.moi.phrases import ZONE, is_zone, place_of

command = Command(
    "fuseau",
    under="moi",
    aliases=("timezone", "zone"),
    shown=N_("me timezone"),
    summary=N_("the time zone you live in"),
    examples=(N_("me timezone Martinique"), N_("me timezone")),
)


@command.run(usage=N_("me timezone Martinique"), makes=quotas.SETTING, phrases=ZONE, fits=is_zone)
async def timezone(ctx: Context, words: Rest = NOTHING) -> Reply:
    if not words:
        return await _known(ctx)
    zone = zone_named(words) or zone_named(place_of(words))
    if zone is None:
        raise UserError(
            _(
                "I know no time zone “{zone}”. For example: heure de Paris, heure de la Martinique, Indian/Reunion"
            ).format(zone=words[:40])
        )
    await people.set_zone(ctx.tx, ctx.sender, zone.key)
    await availability.move(ctx.tx, ctx.sender, zone.key)
    await rsvps.rearm_all(ctx.tx, ctx.timers, ctx.sender, now=ctx.now)
    return say(
        _("It is noted: {place}, where it is {time}. I tell you the hours of meet-ups there first.").format(
            place=_place(zone), time=say_clock(ctx.now, zone=zone, language=language())
        ),
        _("Your reminders keep to your own hours."),
    )


async def _known(ctx: Context) -> Reply:
    own = await people.zone_of(ctx.tx, ctx.sender)
    return say(
        _("Your time zone: {place}.").format(place=_place(ZoneInfo(own)))
        if own
        else _("You have not told me your time zone: I take that of the community."),
        _("To change it: `!me timezone Martinique`"),
    )


def _place(zone: ZoneInfo) -> str:
    name = zone_name(zone)
    return name.place if language() == "fr" else name.english
