"""`!rdv nouveau …`: reads a line, shows a preview, publishes the meet-up."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import first_steps, quotas
from bot.challenges import Challenge
from bot.challenges.days import days
from bot.challenges.rules.day import take_challenges
from bot.challenges.texts import titled as challenge_titled
from bot.communities import communities, rooms
from bot.communities.rules.roles import Role
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import N_, _
from bot.meetups import meetups, reminder_timers, settings
from bot.meetups.meetups import Meetup
from bot.meetups.rules.line import read_line
from bot.meetups.rules.plan import Plan
from bot.time.typed_zones import UnknownZone, take_zone
from commands.rdv.day.challenges import one_date, usable
from commands.rdv.overview import command as rdv
from commands.rdv.refusals import complaint
from commands.rdv.texts import preview
from commands.rdv.which import announce

MOST_COMPLAINTS = 3


@rdv.verb(
    "nouveau",
    "nouvelle",
    "new",
    "créer",
    "create",
    "ajouter",
    "add",
    "planifier",
    "plan",
    "organiser",
    usage=N_("rdv new “RSE committee” 1st Tuesday 2pm 1h30 online https://… 30 places"),
    summary=N_("announce a meet-up"),
    role=Role.MODERATOR,
)
async def new(ctx: Context, line: Rest) -> Reply:
    community = the_community(ctx)
    room_id = community.main_room if ctx.direct else ctx.room_id
    if room_id is None:
        raise UserError(_("This community has no room yet. Write this in the room where it is to be announced."))
    numbers, rest = take_challenges(line)
    plan = read_plan(rest, now=ctx.now, zone=ZoneInfo(community.time_zone))
    await usable(ctx, community.slug, numbers)
    if numbers and plan.rrule is not None:
        raise UserError(one_date())
    draft = {"plan": plan.json, "room_id": room_id, "community": community.slug}
    return await begin(ctx, MEETUP, draft | {"challenges": list(numbers)})


def read_plan(line: str, *, now: datetime, zone: ZoneInfo) -> Plan:
    """The plan of a line. Raises UserError that names what is wrong with it; nothing is guessed."""
    try:
        line, named = take_zone(line)
    except UnknownZone as error:
        raise UserError(
            _(
                "I know no time zone “{zone}”. For example: heure de Paris, heure de la Martinique, Indian/Reunion"
            ).format(zone=str(error)[:40])
        ) from None
    zone = named or zone
    read = read_line(line, now=now, zone=zone)
    if read.complaints:
        raise UserError("\n".join(complaint(found, zone) for found in read.complaints[:MOST_COMPLAINTS]))
    plan = Plan.of(read, zone)
    if not plan.next(now, 1):
        raise UserError(_("This date is over. Give a date to come, with its year if need be."))
    return plan


async def _preview(ctx: Context, draft: Draft) -> Text:
    room = ctx.directory.facts(draft["room_id"])
    community = await communities.get(ctx.tx, draft["community"])
    plan = Plan.from_json(draft["plan"])
    shown = preview(
        plan,
        now=ctx.now,
        home=ZoneInfo(community.time_zone if community else plan.zone),
        room=rooms.called(ctx.directory, draft["room_id"]),
        members=max(0, room.members - 1) if room else 0,
        ladder=await settings.ladder(ctx.tx, draft["community"]),
        challenges=[challenge_titled(one) for one in await _challenges(ctx, draft)],
    )
    return Text.of(shown, rooms.waits_for_right(ctx.directory, draft["room_id"]))


async def _challenges(ctx: Context, draft: Draft) -> list[Challenge]:
    """Those on which people are to work there, as they are now. Raises UserError for one that is over."""
    return await usable(ctx, draft["community"], draft.get("challenges", ()))


async def _publish(ctx: Context, draft: Draft) -> Reply:
    plan = Plan.from_json(draft["plan"])
    if not plan.next(ctx.now, 1):
        raise UserError(_("This date is over meanwhile. Nothing was published."))
    carried = await _challenges(ctx, draft)
    occurrences = await meetups.publish(
        ctx.tx,
        plan,
        account=ctx.account,
        community=draft["community"],
        room_id=draft["room_id"],
        organiser=ctx.sender,
        now=ctx.now,
    )
    await arm(ctx, occurrences)
    for one in carried:
        await days.carry(ctx.tx, occurrences[0], one)
    await first_steps.look_again(ctx, draft["community"])
    await announce(ctx, occurrences[0])
    first, waits = occurrences[0].reference, rooms.waits_for_right(ctx.directory, draft["room_id"])
    done = (
        _("Noted, not announced yet: **{title}** ({reference}).")
        if waits
        else _("Published: **{title}** ({reference}).")
    )
    return say(
        done.format(title=plan.title, reference=first),
        waits,
        _("To move or cancel it: `!rdv {reference} move …`, `!rdv {reference} cancel`").format(reference=first),
    )


async def arm(ctx: Context | Moment, occurrences: list[Meetup]) -> None:
    """Set the timers of new occurrences, and the one that makes those after them."""
    for meetup in occurrences:
        await reminder_timers.arm_meetup(ctx.tx, ctx.timers, meetup, now=ctx.now)
    series = occurrences[0].series
    if series.rrule is not None and series.status == meetups.OPEN:
        await ctx.timers.set(ctx.tx, reminder_timers.EXTEND, str(series.id), due_at=occurrences[0].start)


MEETUP = rdv.form(
    "meetup-draft",
    preview=_preview,
    done=_publish,
    title=lambda ctx, draft: draft["plan"]["title"],
    role=Role.MODERATOR,
    question=N_("**Publish it?** ✅ yes, ❌ no"),
    afterwards=N_(
        "This meet-up is published already: changing your message changes nothing. To move or cancel it, write "
        "`!rdv`, its number, then “move” or “cancel”."
    ),
    makes=quotas.MEETUP,
)
