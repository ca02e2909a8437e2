"""The timers of meet-ups: reminders, offers of a seat, the next occurrences."""

from functools import partial

from bot.challenges.days import days
from bot.communities import rooms
from bot.communities.tell import Words, tell
from bot.dispatch.answer.context import Moment
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text, more
from bot.i18n import _, language, ngettext, speaking
from bot.mailbox.sending import daily_limit
from bot.mailbox.sending.outbox import Otherwise
from bot.meetups import meetups, notes, reminder_timers, rsvps, settings, themes
from bot.meetups.meetups import Meetup
from bot.meetups.rules.reminder_ladder import Rung, due_at, is_for, minutes_left, still_worth_it
from bot.meetups.rules.rsvp import Rsvp, Status
from bot.time.spoken_dates import say_clock, say_short
from bot.time.working_time import WorkingTime
from commands.rdv.members import is_gone
from commands.rdv.new import arm
from commands.rdv.overview import command as rdv
from commands.rdv.texts import Present, count, on_the_programme, titled, when, where_of, who_comes
from commands.rdv.which import (
    ABOUT,
    announce,
    in_its_thread,
    is_there,
    its_language,
    language_of_room,
    present,
    refresh,
)

LONG_MINUTES = 90


# ── in the room ───────────────────────────────────────────────────────────────────────────────────────────


@rdv.timer(reminder_timers.WEEK)
async def a_week_before(moment: Moment, item: str) -> None:
    meetup = await meetups.get(moment.tx, int(item), lock=True)
    if meetup is None or meetup.cancelled or not await _room_still_needs(moment, meetup):
        return
    if await _waits_its_turn(moment, meetup):
        return
    if meetup.row.card is None:
        await announce(moment, meetup, asked=False)
        return
    roster = await rsvps.roster(moment.tx, meetup)
    now = await present(moment, meetup)
    with speaking(await language_of_room(moment, meetup)):
        text = Text.of(
            _("Reminder: **{title}** ({reference}), **{when}**").format(**titled(meetup), when=when(meetup, now)),
            where_of(meetup),
            more(count(roster, external=meetup.series.external)),
            who_comes(),
        )
    await moment.outbox.say(
        moment.tx,
        Message(text, rings=True),
        key=f"{daily_limit.PREFIX}meetup:{meetup.id}:{meetup.row.sequence}:week",
        to=meetup.series.room_id,
        now=moment.now,
        about=Ref(ABOUT, str(meetup.id)),
        waits=True,
        expires_at=meetup.start,
    )


async def _waits_its_turn(moment: Moment, meetup: Meetup) -> bool:
    """Whether we may not write in the room today, by our limit or by its rights: then this comes on another day."""
    room_id, zone = meetup.series.room_id, meetup.zone
    later = await daily_limit.next_turn(moment.tx, moment.account, room_id, now=moment.now, zone=zone)
    if later is None and not rooms.may_write(moment.directory, room_id):
        later = daily_limit.next_day(now=moment.now, zone=zone)
    if later is not None:
        await moment.timers.set(moment.tx, reminder_timers.WEEK, str(meetup.id), due_at=later)
    return later is not None


async def _room_still_needs(moment: Moment, meetup: Meetup) -> bool:
    """A reminder until the eve; a card, which the room has never seen, until the start."""
    belongs = await rooms.belongs(moment.tx, meetup.series.room_id, meetup.series.community)
    if not belongs or not is_there(moment, meetup):
        return False
    if meetup.row.card is None:
        return moment.now < meetup.start
    ladder = await settings.ladder(moment.tx, meetup.series.community)
    hours = WorkingTime(meetup.zone, ladder.hours)
    return still_worth_it(Rung.WEEK, meetup.start, now=moment.now, working=hours, ladder=ladder)


@rdv.timer(reminder_timers.EXTEND)
async def next_occurrences(moment: Moment, item: str) -> None:
    """Create the next occurrences of a series as time passes."""
    series = await meetups.series_by_id(moment.tx, int(item))
    if series is None or series.status != meetups.OPEN:
        return
    occurrences = [
        meetup for meetup in await meetups.extend(moment.tx, series, now=moment.now) if meetup.start > moment.now
    ]
    if occurrences:
        await arm(moment, occurrences)
        await _announce_what_is_near(moment, occurrences)


async def _announce_what_is_near(moment: Moment, occurrences: list[Meetup]) -> None:
    """Those less than a week away have no reminder in the room left that could announce them: the first of them."""
    first = occurrences[0]
    ladder = await settings.ladder(moment.tx, first.series.community)
    hours = WorkingTime(first.zone, ladder.hours)
    near = due_at(Rung.WEEK, first.reminds_from, hours, ladder) <= moment.now
    if first.row.card is None and near and not await _waits_its_turn(moment, first):
        await announce(moment, first, asked=False)


# ── in private ────────────────────────────────────────────────────────────────────────────────────────────


@rdv.timer(reminder_timers.EVE, among=rsvps.community_of)
async def the_day_before(moment: Moment, item: str) -> None:
    found = await _answered(moment, item)
    if found is None:
        return
    meetup, rsvp = found
    hours = await reminder_timers.hours_of(moment.tx, rsvp.person, meetup.zone)
    ladder = await settings.ladder(moment.tx, meetup.series.community)
    if not still_worth_it(Rung.EVE, meetup.start, now=moment.now, working=hours, ladder=ladder):
        return
    if rsvp.status is Status.UNCONFIRMED:
        await rsvps.lapse(moment.tx, moment.timers, meetup, rsvp.person, now=moment.now)
        await refresh(moment, meetup, cause=f"unconfirmed:{item}")
    if is_for(Rung.EVE, rsvp.status):
        programme, now = await notes.programme(moment.tx, meetup), await present(moment, meetup)

        def words() -> Text:
            reminder = _reminder(meetup, hours, now)
            return Text.of(reminder, on_the_programme(programme), *_what_you_said(meetup, rsvp))

        await _tell(moment, meetup, rsvp.person, words, key=f"eve:{item}", gestures=(Gesture.NO,), unasked=True)


@rdv.timer(reminder_timers.SOON, among=rsvps.community_of)
async def a_quarter_of_an_hour_before(moment: Moment, item: str) -> None:
    found = await _answered(moment, item)
    if found is None or moment.now >= found[0].start or not is_for(Rung.SOON, found[1].status):
        return
    meetup, rsvp = found
    hours = await reminder_timers.hours_of(moment.tx, rsvp.person, meetup.zone)
    words = partial(_soon, meetup, hours, await present(moment, meetup))
    await _tell(moment, meetup, rsvp.person, words, key=f"soon:{item}", unasked=True)


@rdv.timer(reminder_timers.OWN, among=reminder_timers.community_of)
async def as_somebody_asked(moment: Moment, item: str) -> None:
    """Send a person's own reminder, for this meet-up or for all of theirs."""
    own_id, _dot, meetup_id = item.partition(".")
    own = await reminder_timers.own_reminder(moment.tx, int(own_id))
    meetup = await meetups.get(moment.tx, int(meetup_id))
    if own is None or meetup is None or meetup.cancelled or moment.now >= meetup.start:
        return
    if await is_gone(moment, meetup, own.person):
        return
    hours = await reminder_timers.hours_of(moment.tx, own.person, meetup.zone)
    near = minutes_left(meetup.start, moment.now) <= LONG_MINUTES and not meetup.series.all_day
    words = partial(_soon if near else _reminder, meetup, hours, await present(moment, meetup))
    await _tell(moment, meetup, own.person, words, key=f"own:{item}")


@rdv.timer(reminder_timers.NEWS, among=rsvps.community_of)
async def news_of_a_seat(moment: Moment, item: str) -> None:
    """Inform somebody who waited that they have a seat, or are offered one."""
    found = await _answered(moment, item)
    if found is None or moment.now >= found[0].start:
        return
    meetup, rsvp = found
    hours = await reminder_timers.hours_of(moment.tx, rsvp.person, meetup.zone)
    offered = rsvp.status is Status.OFFERED and rsvp.hold_until is not None
    if offered or rsvp.status is Status.YES:
        gestures = (Gesture.YES, Gesture.NO) if offered else (Gesture.NO,)
        key = f"seat:{item}:{rsvp.status}:{moment.now.timestamp():.0f}"
        words = partial(_offered_seat if offered else _seat, meetup, rsvp, hours, await present(moment, meetup))
        otherwise = await in_its_thread(moment, meetup, rsvp.person, words)
        await _tell(moment, meetup, rsvp.person, words, key=key, gestures=gestures, otherwise=otherwise)


@rdv.timer(reminder_timers.HOLD, among=rsvps.community_of)
async def an_offer_ends(moment: Moment, item: str) -> None:
    found = await _answered(moment, item)
    if found is None or found[1].status is not Status.OFFERED:
        return
    meetup, rsvp = found
    await rsvps.lapse(moment.tx, moment.timers, meetup, rsvp.person, now=moment.now)
    await refresh(moment, meetup, cause=f"hold:{item}:{moment.now.timestamp():.0f}")


@rdv.timer(reminder_timers.PROMOTE)
async def somebody_can_be_asked(moment: Moment, item: str) -> None:
    meetup = await meetups.get(moment.tx, int(item), lock=True)
    if meetup is None or meetup.cancelled or moment.now >= meetup.start:
        return
    outcome = await rsvps.fill(moment.tx, moment.timers, meetup, now=moment.now)
    if outcome.changed:
        await refresh(moment, meetup, cause=f"promote:{moment.now.timestamp():.0f}")


@rdv.timer(reminder_timers.FORGET)
async def names_are_forgotten(moment: Moment, item: str) -> None:
    meetup = await meetups.get(moment.tx, int(item), lock=True)
    if meetup is not None:
        await rsvps.forget_names(moment.tx, meetup)
        await themes.forget_names(moment.tx, meetup)
        await days.forget_seats(moment.tx, meetup)


async def _answered(moment: Moment, item: str) -> tuple[Meetup, Rsvp] | None:
    """The meet-up and the answer of an answer's number, as they are now; None for somebody who left the community."""
    found = await rsvps.by_id(moment.tx, int(item))
    if found is None:
        return None
    meetup = await meetups.get(moment.tx, found[0], lock=True)
    if meetup is None or meetup.cancelled or await is_gone(moment, meetup, found[1].person):
        return None
    return meetup, found[1]


# ── sentences ─────────────────────────────────────────────────────────────────────────────────────────────


def _reminder(meetup: Meetup, hours: WorkingTime, now: Present) -> Text:
    """Which day it is counts from now, so that a late or an early reminder never says “tomorrow” wrongly."""
    there = meetup.zone if meetup.series.all_day else hours.zone  # whole days are those of where they take place
    days = (meetup.start.astimezone(there).date() - now.now.astimezone(hours.zone).date()).days
    sentences = {0: _("Reminder: **{title}**, today {when}"), 1: _("Reminder: **{title}**, tomorrow {when}")}
    sentence = sentences.get(days, _("Reminder: **{title}**, {when}"))
    return Text.of(sentence.format(title=meetup.title, when=when(meetup, now, own=hours.zone)), where_of(meetup))


def _what_you_said(meetup: Meetup, rsvp: Rsvp) -> list[str]:
    if rsvp.status is Status.UNCONFIRMED:
        return [
            _("The meet-up was moved and you have not confirmed since: I noted “maybe”."),
            _("**Do you come?** ✅ yes, ❌ no"),
        ]
    if rsvp.status is Status.MAYBE:
        return [_("You had answered “maybe”. If you know more by now: ✅ yes, ❌ no")]
    return [_("You had answered “yes”. If that still holds, there is nothing to do."), _something_came_up(meetup)]


def _something_came_up(meetup: Meetup) -> str:
    if meetup.capacity is None:
        return _("Something came up? ❌ no")
    return _("Something came up? ❌ no: your place goes to somebody else.")


def _soon(meetup: Meetup, hours: WorkingTime, now: Present) -> Text:
    """The minutes are those that are left now, also when the reminder is late."""
    minutes = minutes_left(meetup.start, now.now)
    begins = ngettext(
        "**{title}** begins in {count} minute, at {clock}.",
        "**{title}** begins in {count} minutes, at {clock}.",
        minutes,
    )
    clock = say_clock(meetup.start, zone=hours.zone, language=language())
    return Text.of(begins.format(title=meetup.title, count=minutes, clock=clock), where_of(meetup))


def _seat(meetup: Meetup, rsvp: Rsvp, hours: WorkingTime, now: Present) -> Text:
    return Text.of(
        _("A place has become free: you are expected at **{title}** ({reference}), {when}.").format(
            **titled(meetup), when=when(meetup, now, own=hours.zone)
        ),
        where_of(meetup),
        _something_came_up(meetup),
    )


def _offered_seat(meetup: Meetup, rsvp: Rsvp, hours: WorkingTime, now: Present) -> Text:
    assert rsvp.hold_until is not None
    until = say_short(rsvp.hold_until, zone=hours.zone, language=language(), now=now.now)
    return Text.of(
        _("A place has become free at **{title}** ({reference}), {when}.").format(
            **titled(meetup), when=when(meetup, now, own=hours.zone)
        ),
        _("It is kept for you until **{until}**, then offered to the next person on the list.").format(until=until),
        _("**Do you take it?** ✅ yes, ❌ no"),
    )


async def _tell(
    moment: Moment,
    meetup: Meetup,
    person: str,
    words: Words,
    *,
    key: str,
    gestures: tuple[Gesture, ...] = (),
    unasked: bool = False,
    otherwise: Otherwise | None = None,
) -> None:
    """In private, and never after the start."""
    await tell(
        moment,
        person,
        words,
        key=f"meetup:{meetup.id}:{meetup.row.sequence}:{key}",
        language=await its_language(moment, meetup),
        about=Ref(ABOUT, str(meetup.id)),
        waits=bool(gestures),
        gestures=gestures,
        urgent=True,
        unasked=unasked,
        otherwise=otherwise,
        expires_at=meetup.start,
    )
