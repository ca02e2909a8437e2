"""One's own calendar and one's own reminders of meet-ups."""

from functools import partial

from bot import quotas
from bot.communities import communities
from bot.communities.tell import tell_team
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads, reserved
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.events import ReactionAdded
from bot.events.gestures import Gesture
from bot.events.text import Part, Text, link
from bot.i18n import N_, _, language
from bot.meetups import calendars, meetups, reminder_timers, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.lead_time import ONE_HOUR, Lead, read_lead
from bot.privacy import departures
from bot.time.spoken_dates import say_short
from commands.private import privately
from commands.rdv.overview import command as rdv
from commands.rdv.which import ABOUT, take_reference, which

NONE = (
    *("non", "no", "aucun", "none", "stop", "annuler", "cancel", "arrêter", "arreter", "supprimer", "révoquer"),
    *("revoquer", "retirer", "désactiver", "desactiver", "off", "revoke", "delete"),
)
ANEW = ("nouveau", "nouvelle", "new", "encore", "again", "adresse", "address", "mes", "my")
TEAM = ("communauté", "communaute", "community", "salon", "room")


# ── calendars ─────────────────────────────────────────────────────────────────────────────────────────────


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    return _of_team(words)


def _of_team(words: str) -> bool:
    """Whether the calendar of the whole community is meant."""
    return any(word in TEAM for word in words.lower().split())


@rdv.verb(
    "ics",
    "calendrier",
    "calendar",
    usage=N_("rdv ics"),
    summary=N_("get your meet-ups in your own calendar"),
    makes=quotas.SETTING,
    asks_rights=_asks_rights,
)
async def ics(ctx: Context, words: Rest = NOTHING) -> Reply:
    """The address is the person's secret: sent in private, once, and stored as a hash."""
    asked = words.lower().split()
    slug = await _team_calendar(ctx) if _of_team(words) else None
    if any(word in NONE for word in asked):
        whose = {"community": slug} if slug else {"person": ctx.sender}
        revoked = await calendars.revoke(ctx.tx, account=ctx.account, **whose)
        return say(_("That address no longer works.") if revoked else _("There was no address."))
    if any(word not in (*TEAM, *ANEW) for word in asked):
        raise UserError(_("For your calendar: `!rdv ics`. To make its address stop working: `!rdv ics no`"))
    if not ctx.public_url:
        raise UserError(_("This installation does not offer calendars. Its operator may set it up."))
    return await privately(ctx, partial(_new_address, ctx, slug), never_here=_for_one_alone())


async def _new_address(ctx: Context, slug: str | None) -> Text:
    token = await calendars.new_link(ctx.tx, account=ctx.account, now=ctx.now, person=ctx.sender, community=slug)
    return _address(f"{ctx.public_url}/calendar/{token}.ics", team=slug is not None)


def _for_one_alone() -> str:
    """The text for somebody to whom we cannot write in private; an address that works goes on working."""
    return _(
        "I cannot write to you in private, and others must not read that address. "
        "Write to me in a private conversation: rdv ics"
    )


async def _team_calendar(ctx: Context) -> str:
    community = the_community(ctx)
    if not await leads(ctx, community):
        sentence = _("Only the community's team gets the address of its whole calendar. For yours: `!rdv ics`")
        raise await reserved(ctx, community, sentence)
    return community.slug


@rdv.timer(calendars.ENDED, among=departures.community_of)
async def team_address_ended(moment: Moment, item: str) -> None:
    """Inform a team that its calendar's address has ended: earlier versions did not store who had asked for it."""
    community = await communities.get(moment.tx, item)
    if community is not None:
        await tell_team(moment, community, _ended, key=f"{calendars.ENDED}:{item}")


def _ended() -> Text:
    return Text.of(
        _("The address of the calendar of all meet-ups, given to the team before, no longer works."),
        _("From now on such an address works as long as the person who asked for it is of the team."),
        _("To get one: `!rdv ics community`"),
    )


def _address(url: str, *, team: bool) -> Text:
    return Text.of(
        _("The calendar of the community's meet-ups:")
        if team
        else _("The calendar of the meet-ups you said yes or maybe to:"),
        link(_("Subscribe to this calendar"), url, part=Part.MORE),
        _("In your calendar, choose “subscribe by address”. It follows every change by itself."),
        _("Whoever knows this address reads the calendar: I show it only once, and an earlier one no longer works."),
        _("To make it stop working: `!rdv ics no`"),
    )


# ── reminders ─────────────────────────────────────────────────────────────────────────────────────────────


@rdv.verb(
    "rappel",
    "rappels",
    "remind",
    "reminder",
    usage=N_("rdv reminder D-2"),
    summary=N_("add a reminder of your own"),
    makes=quotas.REMINDER,
)
async def reminder(ctx: Context, words: Rest = NOTHING) -> Reply:
    number, rest = take_reference(words)
    on_card = ctx.card is not None and ctx.card.about is not None and ctx.card.about.kind == ABOUT
    meetup = (await which(ctx, words))[0] if number is not None or on_card else None
    if rest.lower() in NONE:
        return await _no_more(ctx, meetup)
    lead = read_lead(rest)
    if lead is None:
        raise UserError(_("How long before? For example: `!rdv reminder D-2`, or: `!rdv R-7 reminder 2h`"))
    return await (_add(ctx, meetup, lead) if meetup is not None else _add_habit(ctx, lead))


async def _add(ctx: Context, meetup: Meetup, lead: Lead) -> Reply:
    hours = await reminder_timers.hours_of(ctx.tx, ctx.sender, meetup.zone)
    due = reminder_timers.when(lead, meetup, hours)
    if meetup.cancelled or due <= ctx.now:
        raise UserError(
            _("That moment is over. Choose a shorter time before {reference}.").format(reference=meetup.reference)
        )
    await reminder_timers.add_own(ctx.tx, ctx.sender, lead, account=ctx.account, meetup=meetup.id)
    await reminder_timers.arm_own(ctx.tx, ctx.timers, meetup, ctx.sender, now=ctx.now)
    return say(
        _("I will remind you of {title} ({reference}) in private on **{moment}**.").format(
            title=meetup.title,
            reference=meetup.reference,
            moment=say_short(due, zone=hours.zone, language=language(), now=ctx.now),
        )
    )


async def _add_habit(ctx: Context, lead: Lead) -> Reply:
    await reminder_timers.add_own(ctx.tx, ctx.sender, lead, account=ctx.account)
    await rsvps.rearm_all(ctx.tx, ctx.timers, ctx.sender, now=ctx.now)
    return say(
        _("From now on I also remind you that long before each meet-up that you say yes or maybe to."),
        _("To stop these reminders: `!rdv reminder no`"),
    )


async def _no_more(ctx: Context, meetup: Meetup | None) -> Reply:
    if meetup is not None:
        count = await reminder_timers.remove_own(ctx.tx, ctx.timers, ctx.sender, meetup)
    else:
        mine = await rsvps.of_person(ctx.tx, ctx.sender, after=ctx.now)
        count = await reminder_timers.drop_habits(ctx.tx, ctx.timers, ctx.sender, [found for found, _rsvp in mine])
    return say(_("Your own reminders are taken away.") if count else _("You had added no reminder."))


@rdv.reaction(Gesture.REMIND, about=ABOUT, makes=quotas.REMINDER)
async def bell(ctx: Context, item: str) -> Reply | None:
    """🔔 adds a reminder an hour before; in a room, the reminder itself is the only answer."""
    meetup = await meetups.get(ctx.tx, int(item))
    if meetup is None:
        return None
    if isinstance(ctx.event, ReactionAdded) and not ctx.direct:
        await reminder_timers.add_own(ctx.tx, ctx.sender, ONE_HOUR, account=ctx.account, meetup=meetup.id)
        await reminder_timers.arm_own(ctx.tx, ctx.timers, meetup, ctx.sender, now=ctx.now)
        return None
    return await _add(ctx, meetup, ONE_HOUR)


@rdv.reaction(Gesture.REMIND, about=ABOUT, removed=True)
async def no_bell(ctx: Context, item: str) -> None:
    meetup = await meetups.get(ctx.tx, int(item))
    if meetup is not None:
        await reminder_timers.remove_own(ctx.tx, ctx.timers, ctx.sender, meetup)
