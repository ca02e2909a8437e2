"""The texts about meet-ups: previews, cards, reminders, and what is wrong with a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.events.text import Line, Part, Text, bullets, link, more, title
from bot.i18n import _, language, ngettext
from bot.markup import code, strong
from bot.meetups.meetups import MORNING, Meetup
from bot.meetups.rules.plan import Plan, holidays_met, last_day
from bot.meetups.rules.reminder_ladder import USUAL, Ladder, Rung, ahead
from bot.meetups.rules.rsvp import COMING, Roster, Status
from bot.meetups.texts import heading, territory_name
from bot.registers import territories
from bot.time.public_holidays import METROPOLE
from bot.time.recurrence import Occurrence, instant
from bot.time.spoken_dates import say_day, say_days, say_for, say_hours, say_moment, say_rule, say_short
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


def titled(meetup: Meetup) -> dict[str, str]:
    """Its title and number, for a sentence that has both."""
    return {"title": meetup.title, "reference": meetup.reference}


@dataclass(frozen=True, slots=True)
class Present:
    """What goes without saying: the year of `now`, and the zone of the community, `home`."""

    now: datetime
    home: ZoneInfo


def when(meetup: Meetup, present: Present | None = None, *, own: ZoneInfo | None = None) -> str:
    """Day, hours and zone, in full without `present`; `own` puts the hour of a person elsewhere first."""
    start, end, zone = meetup.start, meetup.end, meetup.zone
    now, home = (present.now, present.home) if present else (None, None)
    if not meetup.series.all_day:
        return say_for(start, end, own=own or zone, zone=zone, language=language(), now=now, usual=home)
    last = last_day(start, end, zone)
    if now is None:
        return say_moment(start, last, zone=zone, language=language(), all_day=True)
    return say_short(start, last, zone=zone, language=language(), now=now, all_day=True)


def where(plan_link: str | None, place: str | None, *, online: bool) -> Text:
    """Place and link, which go on with the line above; empty if neither is known."""
    return Text.of(
        more(_("Place: {place}").format(place=place)) if place else "",
        link(_("Join online"), plan_link, part=Part.MORE) if plan_link else "",
        more(_("Online; the link will follow.")) if online and not plan_link else "",
    )


def where_of(meetup: Meetup) -> Text:
    series = meetup.series
    return where(series.link, series.place, online=series.online)


# ── the preview ───────────────────────────────────────────────────────────────────────────────────────────


def preview(
    plan: Plan,
    *,
    now: datetime,
    home: ZoneInfo,
    room: str,
    members: int,
    ladder: Ladder = USUAL,
    challenges: Sequence[str] = (),
) -> Text:
    """All that would be published, and warnings."""
    upcoming = plan.next(now, LOOKED_AT_FOR_HOLIDAYS)
    announced = ngettext(
        "Announced in the room {room} ({count} member)", "Announced in the room {room} ({count} members)", members
    )
    return Text.of(
        _("**To check** (nothing is published yet)"),
        title(heading(plan.title, kind=plan.kind, territory=plan.territory, external=plan.external)),
        *_times(plan, upcoming, Present(now, home)),
        where(plan.link, plan.place, online=plan.online),
        bullets(
            _("An hour, as no end is given") if plan.assumed else "",
            _("Territory: {territory}").format(territory=territory_name(plan.territory)) if plan.territory else "",
            *(_("Challenge: {challenge}").format(challenge=one) for one in challenges),
            _held_by_others() if plan.external else _places(plan.capacity),
            announced.format(room=room, count=members),
            *_reminders(plan, upcoming, now, ladder),
            *_warnings(plan, upcoming),
        ),
        _("To correct it, edit your message."),
    )


def _times(plan: Plan, upcoming: list[Occurrence], present: Present) -> list[str | Line]:
    zone, shown = ZoneInfo(plan.zone), upcoming[:PREVIEWED]
    if plan.rrule is None:
        return [strong(capital(_moment(plan, shown[0], present)))] if shown else []
    rule = _rule(plan.rrule, plan.excluded, zone)
    if not plan.all_day and shown:
        rule = f"{rule}, {say_hours(shown[0].start, shown[0].end, zone=zone, language=language())}"
        rule = rule if zone == present.home else f"{rule}, {zone_phrase(zone, language())}"
    days = say_days([one.start for one in shown], zone=zone, language=language())
    return [strong(capital(rule)), more(_("Next dates: {days}").format(days=days))]


def _reminders(plan: Plan, upcoming: list[Occurrence], now: datetime, ladder: Ladder) -> list[str]:
    """The reminders that will really be sent: fewer for a near meet-up, in a series fewer for the first only."""
    zone = ZoneInfo(plan.zone)
    counted = [one.start + (MORNING if plan.all_day else timedelta()) for one in upcoming]
    working = WorkingTime(zone, ladder.hours)
    rungs = [ahead(start, now=now, working=working, all_day=plan.all_day, ladder=ladder) for start in counted]
    if not rungs:
        return []
    if len(rungs) == 1 or rungs[0] == rungs[-1]:
        return [_ladder(rungs[0], ladder)]
    day = say_day(upcoming[0].start, zone=zone, language=language(), year=False)
    return [
        _ladder(rungs[-1], ladder),
        _("The first one, {day}, is near: it has only those still to come").format(day=day),
    ]


def _ladder(rungs: frozenset[Rung], ladder: Ladder) -> str:
    sentence = _("No reminder: it is too near")
    if Rung.WEEK in rungs and Rung.SOON in rungs:
        sentence = _(
            "Reminders: {days} days before in the room; the day before and {minutes} minutes before in private"
        )
    elif Rung.WEEK in rungs:
        sentence = _("Reminders: {days} days before in the room; the day before in private")
    elif Rung.EVE in rungs and Rung.SOON in rungs:
        sentence = _("Reminders in private: the day before and {minutes} minutes before")
    elif Rung.EVE in rungs:
        sentence = _("Reminder in private: the day before")
    elif Rung.SOON in rungs:
        sentence = _("Reminder in private: {minutes} minutes before")
    return sentence.format(days=ladder.room_days, minutes=ladder.soon_minutes)


def _rule(rrule: str, excluded: Sequence[str], zone: ZoneInfo) -> str:
    """The recurrence in words, with the days on which it does not take place."""
    rule = say_rule(rrule, zone=zone, language=language())
    if not excluded:
        return rule
    days = say_days([instant(datetime.fromisoformat(day), zone) for day in excluded], zone=zone, language=language())
    return _("{rule}, except {days}").format(rule=rule, days=days)


def _moment(plan: Plan, one: Occurrence, present: Present) -> str:
    zone = ZoneInfo(plan.zone)
    end = last_day(one.start, one.end, zone) if plan.all_day else one.end
    now, home = present.now, present.home
    return say_short(one.start, end, zone=zone, language=language(), now=now, usual=home, all_day=plan.all_day)


def _places(capacity: int | None) -> str:
    if capacity is None:
        return _("No limit of places")
    text = ngettext("{count} place, then a waiting list", "{count} places, then a waiting list", capacity)
    return text.format(count=capacity)


def _held_by_others() -> str:
    return _("Organised by others: answers only tell who goes there, and I count no places")


def _warnings(plan: Plan, upcoming: list[Occurrence]) -> list[str]:
    zone = ZoneInfo(plan.zone)
    place = territories.get(plan.territory)
    touched = holidays_met(upcoming, all_day=plan.all_day, region=place.holidays if place else METROPOLE)
    holidays = [instant(datetime.combine(day, datetime.min.time()), zone) for day in touched]
    shifted = [one.start for one in upcoming if one.shifted and not plan.all_day]
    found = []
    if holidays:
        days = say_days(holidays[:PREVIEWED], zone=zone, language=language())
        found.append(_("Mind the public holidays: {days}").format(days=days))
    if shifted:
        days = say_days(shifted[:PREVIEWED], zone=zone, language=language())
        found.append(_("Clocks change on {days}: the meet-up starts an hour later that day").format(days=days))
    if any(one.repeated for one in upcoming[:1]) and not plan.all_day:
        found.append(_("That hour comes twice that night: the first one counts"))
    if plan.endless:
        found.append(_("Without an end: the dates follow until somebody stops the series"))
    return found


# ── the card ──────────────────────────────────────────────────────────────────────────────────────────────


def on_the_programme(programme: Sequence[str]) -> str:
    return _("On the programme: {items}.").format(items=", ".join(programme).rstrip(".")) if programme else ""


def who_comes() -> str:
    """The question of every card, and the answers that it takes."""
    return _("**Do you come?** ✅ yes, 🤔 maybe, ❌ no")


def card(
    meetup: Meetup,
    roster: Roster,
    programme: Sequence[str] = (),
    *,
    present: Present,
    own: ZoneInfo | None = None,
    day: Text | str = "",
) -> Text:
    """The card of a meet-up, with how many come, never who. `own`: the zone of its only reader, in private; `day`: what
    it says of challenges."""
    dated = when(meetup, present, own=own)
    if meetup.cancelled:
        return Text.of(
            title(meetup.heading), _("**Cancelled**: {when}").format(when=dated), more(code(meetup.reference))
        )
    rule = meetup.series.rrule
    repeats = _rule(rule, meetup.series.excluded, meetup.zone) if rule else None
    return Text.of(
        title(meetup.heading),
        strong(capital(dated)),
        more(_("Repeated: {rule}").format(rule=repeats)) if repeats else "",
        where_of(meetup),
        more(_numbered(count(roster, external=meetup.series.external), meetup)),
        _("Held by others: sign up with them. Here you only say whether you go.") if meetup.series.external else "",
        on_the_programme(programme),
        day,
        _stage(meetup, present.now) or who_comes(),
    )


def _stage(meetup: Meetup, now: datetime) -> str:
    """How far it is, once answers count no more."""
    if now >= meetup.over_at:
        return _("This meet-up is over.")
    return _("This meet-up has begun.") if now >= meetup.start else ""


def _numbered(words: str, meetup: Meetup) -> str:
    return f"{words} ({code(meetup.reference)})"


def count(roster: Roster, *, external: bool = False) -> str:
    """How many come, may come and wait, in one line; to what others hold they are not signed up, they go there."""
    maybe, waiting, held = roster.count(Status.MAYBE), len(roster.waiting), roster.count(Status.OFFERED)
    coming = roster.count(*COMING)
    parts = [_going(coming) if external else _coming(coming, roster.capacity)]
    if held:
        parts.append(ngettext("{count} offered", "{count} offered", held).format(count=held))
    if maybe:
        parts.append(ngettext("{count} maybe", "{count} maybe", maybe).format(count=maybe))
    if waiting:
        parts.append(
            ngettext("{count} on the waiting list", "{count} on the waiting list", waiting).format(count=waiting)
        )
    return ", ".join(parts)


def _going(going: int) -> str:
    return ngettext("{count} person goes there", "{count} people go there", going).format(count=going)


def _coming(coming: int, capacity: int | None) -> str:
    """When there are fewer places than people, who came first keeps theirs: it is full, and no more is said."""
    if capacity is None:
        return ngettext("{count} person comes", "{count} people come", coming).format(count=coming)
    if coming > capacity:
        return ngettext("**{count} person comes**, full", "**{count} people come**, full", coming).format(count=coming)
    text = ngettext("**{count} place taken** of {places}", "**{count} places taken** of {places}", coming)
    return text.format(count=coming, places=capacity)


def entry(meetup: Meetup, roster: Roster, *, present: Present, own: ZoneInfo | None) -> Text:
    """An item of a list; a zone other than the usual one is named, and the hour of the only reader comes first."""
    return Text.of(
        _("{title}, {when}").format(title=strong(meetup.heading), when=when(meetup, present, own=own)),
        _numbered(count(roster, external=meetup.series.external), meetup),
    )
