"""The texts about meet-ups: previews, cards, reminders, and what is wrong with a line."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.events.text import Line, Text
from bot.i18n import _, language, ngettext
from bot.meetups.meetups import MORNING, Meetup
from bot.meetups.rules.line import LONGEST_TITLE, MOST_PLACES, Complaint, Flaw
from bot.meetups.rules.plan import Plan, holidays_met, last_day
from bot.meetups.rules.reminder_ladder import Rung, ahead
from bot.meetups.rules.rsvp import COMING, Roster, Status
from bot.time.recurrence import Occurrence, instant
from bot.time.spoken_dates import say_clock, say_day, say_days, say_for, say_hours, say_moment, say_rule
from bot.time.when import Reason
from bot.time.working_time import WorkingTime
from bot.time.zone_names import zone_phrase

PREVIEWED = 3
LOOKED_AT_FOR_HOLIDAYS = 12


def capital(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


# ── when and where ────────────────────────────────────────────────────────────────────────────────────────


def named(meetup: Meetup) -> str:
    """The title, with the number by which it may be called."""
    return f"{meetup.title} ({meetup.reference})"


def when(meetup: Meetup, *, own: ZoneInfo | None = None) -> str:
    """Day, hours and zone in full; `own` puts the hour of a person elsewhere first."""
    start, end, zone = meetup.start, meetup.end, meetup.zone
    if meetup.series.all_day:
        return say_moment(start, last_day(start, end, zone), zone=zone, language=language(), all_day=True)
    return say_for(start, end, own=own or zone, zone=zone, language=language())


def where(plan_link: str | None, place: str | None, *, online: bool) -> list[Line | str]:
    """Place and link, a line each; none if neither is known."""
    lines: list[Line | str] = [_("Place: {place}").format(place=place)] if place else []
    if plan_link:
        lines.append(Line(_("Online: {link}").format(link=plan_link), link=plan_link))
    elif online:
        lines.append(_("Online; the link will follow."))
    return lines


def where_of(meetup: Meetup) -> list[Line | str]:
    series = meetup.series
    return where(series.link, series.place, online=series.online)


# ── the preview ───────────────────────────────────────────────────────────────────────────────────────────


def preview(plan: Plan, *, now: datetime, room: str, members: int) -> Text:
    """All that would be published, and warnings."""
    upcoming = plan.next(now, LOOKED_AT_FOR_HOLIDAYS)
    return Text.of(
        _("Preview. Nothing is published yet."),
        plan.title,
        *_times(plan, upcoming),
        *where(plan.link, plan.place, online=plan.online),
        _places(plan.capacity),
        _("This meet-up is organised by others: answers only tell who goes there.") if plan.external else "",
        ngettext(
            "Announced in the room {room} ({count} member)", "Announced in the room {room} ({count} members)", members
        ).format(room=room, count=members),
        *_reminders(plan, upcoming, now),
        *_warnings(plan, upcoming),
        _("To correct it, edit your message: the preview will follow."),
    )


def _times(plan: Plan, upcoming: list[Occurrence]) -> list[str]:
    zone, shown = ZoneInfo(plan.zone), upcoming[:PREVIEWED]
    if plan.rrule is None:
        return [capital(_moment(plan, shown[0]))] if shown else []
    rule = _rule(plan.rrule, plan.excluded, zone)
    if not plan.all_day and shown:
        hours = say_hours(shown[0].start, shown[0].end, zone=zone, language=language())
        rule = f"{rule}, {hours}, {zone_phrase(zone, language())}"
    days = say_days([one.start for one in shown], zone=zone, language=language())
    return [capital(rule), _("Next dates: {days}").format(days=days)]


def _reminders(plan: Plan, upcoming: list[Occurrence], now: datetime) -> list[str]:
    """The reminders that will really be sent: fewer for a near meet-up, in a series fewer for the first only."""
    zone = ZoneInfo(plan.zone)
    counted = [one.start + (MORNING if plan.all_day else timedelta()) for one in upcoming]
    working = WorkingTime(zone)
    rungs = [ahead(start, now=now, working=working, all_day=plan.all_day) for start in counted]
    if not rungs:
        return []
    if len(rungs) == 1 or rungs[0] == rungs[-1]:
        return [_ladder(rungs[0])]
    day = say_day(upcoming[0].start, zone=zone, language=language())
    return [_ladder(rungs[-1]), _("The first one, {day}, is near: it has only those still to come.").format(day=day)]


def _ladder(rungs: frozenset[Rung]) -> str:
    if Rung.WEEK in rungs and Rung.SOON in rungs:
        return _(
            "Reminders: in the room 7 days before; in private, to those who come, the day before and 15 minutes before"
        )
    if Rung.WEEK in rungs:
        return _("Reminders: in the room 7 days before; in private, to those who come, the day before")
    if Rung.EVE in rungs and Rung.SOON in rungs:
        return _("Reminders: in private, to those who come, the day before and 15 minutes before")
    if Rung.EVE in rungs:
        return _("Reminder: in private, to those who come, the day before")
    if Rung.SOON in rungs:
        return _("Reminder: in private, to those who come, 15 minutes before")
    return _("It is too near for a reminder.")


def _rule(rrule: str, excluded: Sequence[str], zone: ZoneInfo) -> str:
    """The recurrence in words, with the days on which it does not take place."""
    rule = say_rule(rrule, zone=zone, language=language())
    if not excluded:
        return rule
    days = say_days([instant(datetime.fromisoformat(day), zone) for day in excluded], zone=zone, language=language())
    return _("{rule}, except {days}").format(rule=rule, days=days)


def _moment(plan: Plan, one: Occurrence) -> str:
    zone = ZoneInfo(plan.zone)
    end = last_day(one.start, one.end, zone) if plan.all_day else one.end
    return say_moment(one.start, end, zone=zone, language=language(), all_day=plan.all_day)


def _places(capacity: int | None) -> str:
    if capacity is None:
        return _("No limit of places")
    text = ngettext("{count} place, then a waiting list", "{count} places, then a waiting list", capacity)
    return text.format(count=capacity)


def _warnings(plan: Plan, upcoming: list[Occurrence]) -> list[str]:
    zone = ZoneInfo(plan.zone)
    touched = holidays_met(upcoming, all_day=plan.all_day)
    holidays = [instant(datetime.combine(day, datetime.min.time()), zone) for day in touched]
    shifted = [one.start for one in upcoming if one.shifted and not plan.all_day]
    found = []
    if holidays:
        days = say_days(holidays[:PREVIEWED], zone=zone, language=language())
        found.append(_("Mind the public holidays: {days}.").format(days=days))
    if shifted:
        days = say_days(shifted[:PREVIEWED], zone=zone, language=language())
        found.append(_("Clocks change on {days}: the meet-up starts an hour later that day.").format(days=days))
    if any(one.repeated for one in upcoming[:1]) and not plan.all_day:
        found.append(_("That hour comes twice that night: the first one counts."))
    if plan.endless:
        found.append(_("The series has no end: I prepare the dates as time goes by, until somebody stops it."))
    return found


# ── the card ──────────────────────────────────────────────────────────────────────────────────────────────


def on_the_programme(programme: Sequence[str]) -> str:
    return _("On the programme: {items}.").format(items=", ".join(programme).rstrip(".")) if programme else ""


def card(
    meetup: Meetup,
    roster: Roster,
    programme: Sequence[str] = (),
    *,
    own: ZoneInfo | None = None,
    begun: bool = False,
) -> Text:
    """The card of a meet-up, with how many come, never who. `own`: the zone of its only reader, in private."""
    title = _("Meet-up: {title} ({reference})").format(title=meetup.title, reference=meetup.reference)
    if meetup.cancelled:
        return Text.of(title, capital(when(meetup, own=own)), _("This meet-up is cancelled."))
    rule = meetup.series.rrule
    repeats = _rule(rule, meetup.series.excluded, meetup.zone) if rule else None
    return Text.of(
        title,
        capital(when(meetup, own=own)),
        _("Repeated: {rule}").format(rule=repeats) if repeats else "",
        *where_of(meetup),
        on_the_programme(programme),
        count(roster),
        _("This meet-up has begun.") if begun else _("Do you come? Answer “yes” (✅), “maybe” (🤔) or “no” (❌)."),
    )


def count(roster: Roster) -> str:
    """How many come, may come and wait, in one line."""
    coming, maybe, waiting = roster.count(*COMING), roster.count(Status.MAYBE), len(roster.waiting)
    parts, held = [_coming(coming, roster.capacity)], roster.count(Status.OFFERED)
    if held:
        parts.append(ngettext("{count} offered", "{count} offered", held).format(count=held))
    if maybe:
        parts.append(ngettext("{count} maybe", "{count} maybe", maybe).format(count=maybe))
    if waiting:
        parts.append(
            ngettext("{count} on the waiting list", "{count} on the waiting list", waiting).format(count=waiting)
        )
    return ", ".join(parts)


def _coming(coming: int, capacity: int | None) -> str:
    if capacity is None:
        return ngettext("{count} person comes", "{count} people come", coming).format(count=coming)
    text = ngettext("{count} place taken of {places}", "{count} places taken of {places}", coming)
    return text.format(count=coming, places=capacity)


def entry(meetup: Meetup, roster: Roster, *, own: ZoneInfo | None, usual: ZoneInfo) -> str:
    """One line of a list; a zone other than the `usual` one is named, and the hour of the only reader told first."""
    return _("{when}: {title} ({reference}), {count}").format(
        when=capital(_short(meetup, own, usual)), title=meetup.title, reference=meetup.reference, count=count(roster)
    )


def _short(meetup: Meetup, own: ZoneInfo | None, usual: ZoneInfo) -> str:
    start, zone = meetup.start, meetup.zone
    day = say_day(start, zone=zone, language=language())
    if meetup.series.all_day:
        return day
    if own is not None and start.astimezone(own).utcoffset() != start.astimezone(zone).utcoffset():
        return say_for(start, own=own, zone=zone, language=language())
    clock = f"{day}, {say_clock(start, zone=zone, language=language())}"
    return clock if zone == usual else f"{clock}, {zone_phrase(zone, language())}"


# ── what is wrong with a line ─────────────────────────────────────────────────────────────────────────────


def complaint(found: Complaint, zone: ZoneInfo) -> str:
    """The sentence about one flaw of a line, with what to write instead."""
    match found.flaw:
        case Flaw.NO_TITLE:
            return _("The title is missing. For example: `!rdv new “RSE committee” 5 January 2pm 1h30`")
        case Flaw.LONG_TITLE:
            return _("The title is too long: {most} characters at most.").format(most=LONGEST_TITLE)
        case Flaw.LONG_LINE:
            return _("This line is too long for me to read. Give title, date, duration, place and link only.")
        case Flaw.OPEN_QUOTE:
            return _("A quotation mark is open and never closed. Put the title between two of them, or use none.")
        case Flaw.BAD_LINK:
            return _("I cannot use this link: {link}. It must begin with https://").format(link=found.words)
        case Flaw.SEVERAL_LINKS:
            return _("There are several links. Keep the one by which people join.")
        case Flaw.BAD_CAPACITY:
            return _("I cannot plan “{words}”. Write a number of places from 1 to {most}.").format(
                words=found.words, most=MOST_PLACES
            )
        case Flaw.SEVERAL_CAPACITIES:
            return _("There are two numbers of places ({words}). Keep one.").format(words=found.words)
    return date_trouble(found.reason, found.suggestion, zone)


def date_trouble(reason: Reason | None, suggestion: datetime | None, zone: ZoneInfo) -> str:
    """Why a date was not read, with an example of one that is."""
    match reason:
        case Reason.PAST:
            return _("This date is over. Give a date to come, with its year if need be.")
        case Reason.IMPOSSIBLE:
            return _("This date or hour does not exist. For example: Tuesday 5 January 2pm")
        case Reason.NONEXISTENT:
            return _nonexistent(suggestion, zone)
        case Reason.AMBIGUOUS:
            return _("This date can be read in two ways. Write the day, the month and the hour: 5 January 2pm")
        case Reason.CONTRADICTION:
            return _("The parts of this date contradict each other: the day of the week, the date or the hours.")
        case Reason.VAGUE:
            return _("This date is too vague for an announcement. Write the day and the hour: 5 January 2pm")
        case Reason.NO_TIME:
            return _("The hour is missing. For example: 5 January 2pm 1h30")
        case Reason.NO_DATE:
            return _("The date is missing. For example: 5 January 2pm 1h30")
    return _("I find no date that I am sure of. For example: 5 January 2pm 1h30, or: 1st Tuesday 2pm")


def _nonexistent(suggestion: datetime | None, zone: ZoneInfo) -> str:
    if suggestion is None:
        return _("That hour does not exist that night: the clocks skip it.")
    moment = say_moment(suggestion, zone=zone, language=language())
    return _("That hour does not exist that night: the clocks skip it. The nearest one: {moment}").format(moment=moment)
