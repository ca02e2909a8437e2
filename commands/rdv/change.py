"""Changes by the organiser of a meet-up: move, cancel, other number of places. Previewed before they are done."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot import quotas
from bot.communities.tell import Words, tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import NOTHING, Rest
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref, Text
from bot.i18n import N_, _, language, ngettext
from bot.meetups import meetups, reminder_timers, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.line import MOST_PLACES
from bot.meetups.rules.plan import last_day, minutes_between
from bot.meetups.rules.rsvp import SEATED, Rsvp, Status
from bot.text.numbers import whole
from bot.time.spoken_dates import say_moment
from bot.time.when import Reading, Unsure, read
from commands.rdv.members import let_go
from commands.rdv.overview import command as rdv
from commands.rdv.texts import capital, date_trouble, when
from commands.rdv.which import ABOUT, attach, close_cards, its_language, refresh, require_lead, seen, which

_HOUR = r"\d{1,2}(?: ?[h:] ?(?:\d\d)?| ?[ap]m)"
_ONLY_HOURS = re.compile(rf"(?:(?:à|a|de|at|from) )?{_HOUR}(?: ?(?:-|–|à|a|to) ?{_HOUR})?", re.I)
_TO = re.compile(r"^(?:au|to)\s+", re.I)
SERIES_WORDS = ("série", "serie", "series", "tout", "toutes", "all")


async def led(ctx: Context, words: str) -> tuple[Meetup, str]:
    """A meet-up to come that the person may change. Raises UserError."""
    meeting, rest = await which(ctx, words, lock=True)
    await require_lead(ctx, meeting)
    if meeting.cancelled:
        raise UserError(_("This meet-up is cancelled. To see the next ones: !rdv"))
    if meeting.start <= ctx.now:
        raise UserError(_("This meet-up has begun: it cannot be changed any more."))
    return meeting, rest


async def _again(ctx: Context, draft: Draft) -> Meetup:
    """The same, at the moment of the yes: nothing may have changed meanwhile."""
    meeting = await seen(ctx, draft["meetup"], lock=True)
    await require_lead(ctx, meeting)
    if meeting.row.sequence != draft["sequence"] or meeting.cancelled or meeting.start <= ctx.now:
        raise UserError(_("The meet-up has changed meanwhile: nothing was done. Please write the command again."))
    return meeting


def _draft(meeting: Meetup, **more: str | int | None) -> Draft:
    return {"meetup": meeting.id, "sequence": meeting.row.sequence, "title": meeting.title} | more


# ── move ──────────────────────────────────────────────────────────────────────────────────────────────────


@rdv.verb(
    "déplacer",
    "reporter",
    "move",
    usage=N_("rdv R-7 move Wednesday 6 January 3pm"),
    summary=N_("move one meet-up"),
    led=True,
)
async def move(ctx: Context, words: Rest) -> Reply:
    meeting, rest = await led(ctx, words)
    found = read(_dated(rest, meeting), now=ctx.now, zone=meeting.zone)
    if isinstance(found, Unsure):
        raise UserError(date_trouble(found.reason, found.suggestion, meeting.zone))
    start = _new_start(found, meeting)
    if start.replace(tzinfo=meeting.zone) <= ctx.now:
        raise UserError(_("This date is over. Give a date to come, with its year if need be."))
    length = minutes_between(found.start, found.end, all_day=found.all_day) if found.end and found.start else None
    return await begin(ctx, MOVE, _draft(meeting, start=start.isoformat(), length=length))


def _dated(words: str, meeting: Meetup) -> str:
    """`déplacer à 15h` keeps the day, which a bare hour would take for today; `au mardi 26` is `mardi 26`."""
    words = _TO.sub("", words.strip())
    return f"{meeting.start.astimezone(meeting.zone):%Y-%m-%d} {words}" if _ONLY_HOURS.fullmatch(words) else words


def _new_start(found: Reading, meeting: Meetup) -> datetime:
    """The civil time. Raises UserError for a recurrence, and for a day without an hour."""
    if found.rrule is not None or found.start is None:
        raise UserError(_("One meet-up is moved at a time: give one date and one hour. The others stay as they are."))
    if found.all_day and not meeting.series.all_day:
        raise UserError(_("The hour is missing. For example: 5 January 2pm 1h30"))
    if meeting.series.all_day and not found.all_day:
        raise UserError(_("This meet-up takes whole days: give its day, or the first and the last, without an hour."))
    return found.start.replace(tzinfo=None, fold=0)


async def _move_preview(ctx: Context, draft: Draft) -> Text:
    meeting = await seen(ctx, draft["meetup"])
    roster = await rsvps.roster(ctx.tx, meeting)
    told = roster.count(*SEATED, Status.MAYBE, Status.WAITING)
    start, end = _moved_to(meeting, draft)
    return Text.of(
        _("{title} ({reference}) is to be moved.").format(title=meeting.title, reference=meeting.reference),
        _("Before: {when}").format(when=when(meeting)),
        _("After: {when}").format(when=_said(meeting, start, end)),
        _("The other dates of the series stay as they are.") if meeting.series.rrule else "",
        ngettext(
            "{count} person who answered is told, and asked to confirm.",
            "{count} people who answered are told, and asked to confirm.",
            told,
        ).format(count=told)
        if told
        else _("There is nobody to tell."),
    )


def _said(meeting: Meetup, start: datetime, end: datetime | None) -> str:
    all_day = meeting.series.all_day
    last = last_day(start, end, meeting.zone) if all_day else end
    return say_moment(start, last, zone=meeting.zone, language=language(), all_day=all_day)


def _moved_to(meeting: Meetup, draft: Draft) -> tuple[datetime, datetime | None]:
    start = datetime.fromisoformat(draft["start"]).replace(tzinfo=meeting.zone)
    minutes = draft["length"] if draft["length"] is not None else meeting.row.length
    if minutes is None:
        return start, None
    return start, (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(meeting.zone)


async def _move(ctx: Context, draft: Draft) -> Reply:
    meeting = await _again(ctx, draft)
    before = when(meeting)
    await let_go(ctx, meeting)
    await meetups.move(ctx.tx, meeting, datetime.fromisoformat(draft["start"]), length=draft["length"], now=ctx.now)
    await reminder_timers.arm_meeting(ctx.tx, ctx.timers, meeting, now=ctx.now)
    outcome = await rsvps.moved(ctx.tx, ctx.timers, meeting, now=ctx.now)
    await refresh(ctx, meeting, cause=ctx.event.event_id)
    await attach(ctx, meeting)
    for rsvp in outcome.after.rsvps:
        if rsvp.status is not Status.NO:
            await _tell_moved(ctx, meeting, rsvp)
    return say(
        _("{title} ({reference}) is moved: {when}, instead of {before}.").format(
            title=meeting.title, reference=meeting.reference, when=when(meeting), before=before
        )
    )


async def _tell_moved(ctx: Context, meeting: Meetup, rsvp: Rsvp) -> None:
    hours = await reminder_timers.hours_of(ctx.tx, rsvp.person, meeting.zone)

    def words() -> Text:
        return Text.of(
            _("“{title}” ({reference}) has another date: {when}.").format(
                title=meeting.title, reference=meeting.reference, when=when(meeting, own=hours.zone)
            ),
            _("Do you still come? Answer “yes” (✅) or “no” (❌). Without an answer I note “maybe” the day before.")
            if rsvp.status is Status.UNCONFIRMED
            else _("Your answer stays as it is. To change it: “yes” (✅), “maybe” (🤔) or “no” (❌)."),
        )

    await _send(ctx, meeting, rsvp, words, what="moved", gestures=(Gesture.YES, Gesture.NO))


# ── cancel ────────────────────────────────────────────────────────────────────────────────────────────────


@rdv.verb(
    "annuler",
    "supprimer",
    "cancel",
    "delete",
    usage=N_("rdv R-7 cancel"),
    led=True,
    summary=N_("cancel one meet-up, or “series” for all to come"),
)
async def cancel(ctx: Context, words: Rest) -> Reply:
    meeting, rest = await led(ctx, words)
    whole = any(word in SERIES_WORDS for word in rest.lower().split()) and meeting.series.rrule is not None
    return await begin(ctx, CANCEL, _draft(meeting, whole=int(whole)))


async def _cancel_preview(ctx: Context, draft: Draft) -> Text:
    meeting = await seen(ctx, draft["meetup"])
    concerned = await _concerned(ctx, meeting, draft)
    told = sum([(await rsvps.roster(ctx.tx, one)).count(*SEATED, Status.MAYBE, Status.WAITING) for one in concerned])
    titled = {"title": meeting.title, "reference": meeting.reference}
    what = (
        _("All dates of {title} from {reference} on are to be cancelled, and no other follows.")
        if draft["whole"]
        else _("{title} ({reference}) is to be cancelled.")
    )
    return Text.of(
        what.format(**titled),
        capital(when(meeting)),
        _("The other dates of the series stay as they are.") if meeting.series.rrule and not draft["whole"] else "",
        _told(told),
        _("This cannot be undone."),
    )


def _told(count: int) -> str:
    if not count:
        return _("There is nobody to tell.")
    return ngettext("{count} person who answered is told.", "{count} people who answered are told.", count).format(
        count=count
    )


async def _concerned(ctx: Context, meeting: Meetup, draft: Draft) -> list[Meetup]:
    if not draft["whole"]:
        return [meeting]
    return [one for one in await meetups.of_series(ctx.tx, meeting.series) if one.start >= meeting.start]


async def _cancel(ctx: Context, draft: Draft) -> Reply:
    meeting = await _again(ctx, draft)
    concerned = await _concerned(ctx, meeting, draft)
    if draft["whole"]:
        await meetups.stop(ctx.tx, meeting.series)
        await ctx.timers.cancel(ctx.tx, reminder_timers.EXTEND, str(meeting.series.id))
    for one in concerned:
        await cancel_one(ctx, one)
    return say(
        _("{title} ({reference}) is cancelled: {when}.").format(
            title=meeting.title, reference=meeting.reference, when=when(meeting)
        )
    )


async def cancel_one(ctx: Context, meeting: Meetup) -> None:
    """No reminder is left, the card says so, and those who answered are told."""
    await let_go(ctx, meeting)
    roster = await rsvps.roster(ctx.tx, meeting)
    await meetups.cancel(ctx.tx, meeting, now=ctx.now)
    await rsvps.rearm(ctx.tx, ctx.timers, meeting, now=ctx.now)
    await reminder_timers.disarm_meeting(ctx.tx, ctx.timers, meeting)
    await close_cards(ctx, meeting)
    await refresh(ctx, meeting, cause=ctx.event.event_id)
    await attach(ctx, meeting)
    for rsvp in roster.rsvps:
        if rsvp.status is not Status.NO:
            await _send(ctx, meeting, rsvp, partial(_cancelled, meeting), what="cancelled")


def _cancelled(meeting: Meetup) -> Text:
    return Text.of(
        _("“{title}” ({reference}) is cancelled: {when}.").format(
            title=meeting.title, reference=meeting.reference, when=when(meeting)
        ),
        _("There is nothing to do. To see the next ones: !rdv"),
    )


# ── places ────────────────────────────────────────────────────────────────────────────────────────────────


@rdv.verb(
    "places",
    "seats",
    usage=N_("rdv R-7 places 40"),
    summary=N_("change the number of places"),
    led=True,
    makes=quotas.CHANGE,
)
async def places(ctx: Context, words: Rest) -> Reply:
    meeting, rest = await led(ctx, words)
    count = whole(rest, most=MOST_PLACES)
    if not count:
        raise UserError(
            _("I cannot plan “{words}”. Write a number of places from 1 to {most}.").format(
                words=rest[:40] or "…", most=MOST_PLACES
            )
        )
    await meetups.set_capacity(ctx.tx, meeting, count)
    outcome = await rsvps.fill(ctx.tx, ctx.timers, meeting, now=ctx.now)
    await refresh(ctx, meeting, cause=ctx.event.event_id)
    seated = outcome.after.count(*SEATED)
    return say(
        ngettext(
            "{title} ({reference}) now has {count} place.", "{title} ({reference}) now has {count} places.", count
        ).format(title=meeting.title, reference=meeting.reference, count=count),
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
    meeting, _rest = await led(ctx, words)
    await meetups.hand_over(ctx.tx, meeting.series, ctx.sender)
    return say(
        _("You organise {title} ({reference}) from now on.").format(title=meeting.title, reference=meeting.reference)
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
    meeting, rest = await which(ctx, words, lock=True)
    await require_lead(ctx, meeting)
    if meeting.cancelled or meeting.start > ctx.now:
        raise UserError(_("This meet-up has not begun: nobody can be counted yet."))
    count = whole(rest, most=MOST_PLACES)
    if count is None:
        raise UserError(
            _("How many came? For example: !rdv {reference} attendance 12").format(reference=meeting.reference)
        )
    await meetups.set_attended(ctx.tx, meeting, count)
    noted = ngettext(
        "Noted: {count} person came to {title} ({reference}). I keep the number, no name.",
        "Noted: {count} people came to {title} ({reference}). I keep the number, no name.",
        count,
    )
    return say(noted.format(count=count, title=meeting.title, reference=meeting.reference))


# ── informing those concerned ───────────────────────────────────────────────────────────────────────────────


async def _send(
    ctx: Context, meeting: Meetup, rsvp: Rsvp, words: Words, *, what: str, gestures: tuple[Gesture, ...] = ()
) -> None:
    await tell(
        ctx,
        rsvp.person,
        words,
        key=f"meetup:{meeting.id}:{meeting.row.sequence}:{what}:{rsvp.person}",
        language=await its_language(ctx, meeting),
        about=Ref(ABOUT, str(meeting.id)) if gestures else None,
        gestures=gestures,
        expires_at=meeting.start,
    )


def _title(_ctx: Context, draft: Draft) -> str:
    return str(draft["title"])


async def _among(tx: Any, draft: Draft) -> str | None:
    """The community whose members must be loaded: they are about to be informed."""
    return await meetups.community_of(tx, draft["meetup"]) if "meetup" in draft else None


MOVE = rdv.form(
    "meetup-move",
    preview=_move_preview,
    done=_move,
    title=_title,
    asks_rights=True,
    among=_among,
    makes=quotas.CHANGE,
)
CANCEL = rdv.form(
    "meetup-cancel",
    preview=_cancel_preview,
    done=_cancel,
    title=_title,
    asks_rights=True,
    among=_among,
    makes=quotas.CHANGE,
)
