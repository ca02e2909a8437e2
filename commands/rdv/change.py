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
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
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
    meetup, rest = await which(ctx, words, lock=True)
    await require_lead(ctx, meetup)
    if meetup.cancelled:
        raise UserError(_("This meet-up is cancelled. To see the next ones: `!rdv`"))
    if meetup.start <= ctx.now:
        raise UserError(_("This meet-up has begun: it cannot be changed any more."))
    return meetup, rest


async def _again(ctx: Context, draft: Draft) -> Meetup:
    """The same, at the moment of the yes: nothing may have changed meanwhile."""
    meetup = await seen(ctx, draft["meetup"], lock=True)
    await require_lead(ctx, meetup)
    if meetup.row.sequence != draft["sequence"] or meetup.cancelled or meetup.start <= ctx.now:
        raise UserError(_("The meet-up has changed meanwhile: nothing was done. Please write the command again."))
    return meetup


def _draft(meetup: Meetup, **more: str | int | None) -> Draft:
    return {"meetup": meetup.id, "sequence": meetup.row.sequence, "title": meetup.title} | more


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
    meetup, rest = await led(ctx, words)
    found = read(_dated(rest, meetup), now=ctx.now, zone=meetup.zone)
    if isinstance(found, Unsure):
        raise UserError(date_trouble(found.reason, found.suggestion, meetup.zone))
    start = _new_start(found, meetup)
    if start.replace(tzinfo=meetup.zone) <= ctx.now:
        raise UserError(_("This date is over. Give a date to come, with its year if need be."))
    length = minutes_between(found.start, found.end, all_day=found.all_day) if found.end and found.start else None
    return await begin(ctx, MOVE, _draft(meetup, start=start.isoformat(), length=length))


def _dated(words: str, meetup: Meetup) -> str:
    """`déplacer à 15h` keeps the day, which a bare hour would take for today; `au mardi 26` is `mardi 26`."""
    words = _TO.sub("", words.strip())
    return f"{meetup.start.astimezone(meetup.zone):%Y-%m-%d} {words}" if _ONLY_HOURS.fullmatch(words) else words


def _new_start(found: Reading, meetup: Meetup) -> datetime:
    """The civil time. Raises UserError for a recurrence, and for a day without an hour."""
    if found.rrule is not None or found.start is None:
        raise UserError(_("One meet-up is moved at a time: give one date and one hour. The others stay as they are."))
    if found.all_day and not meetup.series.all_day:
        raise UserError(_("The hour is missing. For example: 5 January 2pm 1h30"))
    if meetup.series.all_day and not found.all_day:
        raise UserError(_("This meet-up takes whole days: give its day, or the first and the last, without an hour."))
    return found.start.replace(tzinfo=None, fold=0)


async def _move_preview(ctx: Context, draft: Draft) -> Text:
    meetup = await seen(ctx, draft["meetup"])
    roster = await rsvps.roster(ctx.tx, meetup)
    told = roster.count(*SEATED, Status.MAYBE, Status.WAITING)
    start, end = _moved_to(meetup, draft)
    return Text.of(
        _("{title} ({reference}) is to be moved.").format(title=meetup.title, reference=meetup.reference),
        _("Before: {when}").format(when=when(meetup)),
        _("After: {when}").format(when=_said(meetup, start, end)),
        _("The other dates of the series stay as they are.") if meetup.series.rrule else "",
        ngettext(
            "{count} person who answered is told, and asked to confirm.",
            "{count} people who answered are told, and asked to confirm.",
            told,
        ).format(count=told)
        if told
        else _("There is nobody to tell."),
    )


def _said(meetup: Meetup, start: datetime, end: datetime | None) -> str:
    all_day = meetup.series.all_day
    last = last_day(start, end, meetup.zone) if all_day else end
    return say_moment(start, last, zone=meetup.zone, language=language(), all_day=all_day)


def _moved_to(meetup: Meetup, draft: Draft) -> tuple[datetime, datetime | None]:
    start = datetime.fromisoformat(draft["start"]).replace(tzinfo=meetup.zone)
    minutes = draft["length"] if draft["length"] is not None else meetup.row.length
    if minutes is None:
        return start, None
    return start, (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(meetup.zone)


async def _move(ctx: Context, draft: Draft) -> Reply:
    meetup = await _again(ctx, draft)
    before = when(meetup)
    await let_go(ctx, meetup)
    await meetups.move(ctx.tx, meetup, datetime.fromisoformat(draft["start"]), length=draft["length"], now=ctx.now)
    await reminder_timers.arm_meetup(ctx.tx, ctx.timers, meetup, now=ctx.now)
    outcome = await rsvps.moved(ctx.tx, ctx.timers, meetup, now=ctx.now)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    await attach(ctx, meetup)
    for rsvp in outcome.after.rsvps:
        if rsvp.status is not Status.NO:
            await _tell_moved(ctx, meetup, rsvp)
    return say(
        _("{title} ({reference}) is moved: {when}, instead of {before}.").format(
            title=meetup.title, reference=meetup.reference, when=when(meetup), before=before
        )
    )


async def _tell_moved(ctx: Context, meetup: Meetup, rsvp: Rsvp) -> None:
    hours = await reminder_timers.hours_of(ctx.tx, rsvp.person, meetup.zone)

    def words() -> Text:
        return Text.of(
            _("“{title}” ({reference}) has another date: {when}.").format(
                title=meetup.title, reference=meetup.reference, when=when(meetup, own=hours.zone)
            ),
            _("Do you still come? Answer “yes” (✅) or “no” (❌). Without an answer I note “maybe” the day before.")
            if rsvp.status is Status.UNCONFIRMED
            else _("Your answer stays as it is. To change it: “yes” (✅), “maybe” (🤔) or “no” (❌)."),
        )

    await _send(ctx, meetup, rsvp, words, what="moved", gestures=(Gesture.YES, Gesture.NO))


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
    meetup, rest = await led(ctx, words)
    whole = any(word in SERIES_WORDS for word in rest.lower().split()) and meetup.series.rrule is not None
    return await begin(ctx, CANCEL, _draft(meetup, whole=int(whole)))


async def _cancel_preview(ctx: Context, draft: Draft) -> Text:
    meetup = await seen(ctx, draft["meetup"])
    concerned = await _concerned(ctx, meetup, draft)
    told = sum([(await rsvps.roster(ctx.tx, one)).count(*SEATED, Status.MAYBE, Status.WAITING) for one in concerned])
    titled = {"title": meetup.title, "reference": meetup.reference}
    what = (
        _("All dates of {title} from {reference} on are to be cancelled, and no other follows.")
        if draft["whole"]
        else _("{title} ({reference}) is to be cancelled.")
    )
    return Text.of(
        what.format(**titled),
        capital(when(meetup)),
        _("The other dates of the series stay as they are.") if meetup.series.rrule and not draft["whole"] else "",
        _told(told),
        _("This cannot be undone."),
    )


def _told(count: int) -> str:
    if not count:
        return _("There is nobody to tell.")
    return ngettext("{count} person who answered is told.", "{count} people who answered are told.", count).format(
        count=count
    )


async def _concerned(ctx: Context, meetup: Meetup, draft: Draft) -> list[Meetup]:
    if not draft["whole"]:
        return [meetup]
    return [one for one in await meetups.of_series(ctx.tx, meetup.series) if one.start >= meetup.start]


async def _cancel(ctx: Context, draft: Draft) -> Reply:
    meetup = await _again(ctx, draft)
    concerned = await _concerned(ctx, meetup, draft)
    if draft["whole"]:
        await meetups.stop(ctx.tx, meetup.series)
        await ctx.timers.cancel(ctx.tx, reminder_timers.EXTEND, str(meetup.series.id))
    for one in concerned:
        await cancel_one(ctx, one)
    return say(
        _("{title} ({reference}) is cancelled: {when}.").format(
            title=meetup.title, reference=meetup.reference, when=when(meetup)
        )
    )


async def cancel_one(ctx: Context, meetup: Meetup) -> None:
    """No reminder is left, the card says so, and those who answered are told."""
    await let_go(ctx, meetup)
    roster = await rsvps.roster(ctx.tx, meetup)
    await meetups.cancel(ctx.tx, meetup, now=ctx.now)
    await rsvps.rearm(ctx.tx, ctx.timers, meetup, now=ctx.now)
    await reminder_timers.disarm_meetup(ctx.tx, ctx.timers, meetup)
    await close_cards(ctx, meetup)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    await attach(ctx, meetup)
    for rsvp in roster.rsvps:
        if rsvp.status is not Status.NO:
            await _send(ctx, meetup, rsvp, partial(_cancelled, meetup), what="cancelled")


def _cancelled(meetup: Meetup) -> Text:
    return Text.of(
        _("“{title}” ({reference}) is cancelled: {when}.").format(
            title=meetup.title, reference=meetup.reference, when=when(meetup)
        ),
        _("There is nothing to do. To see the next ones: `!rdv`"),
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
    meetup, rest = await led(ctx, words)
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
    meetup, rest = await which(ctx, words, lock=True)
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


# ── informing those concerned ───────────────────────────────────────────────────────────────────────────────


async def _send(
    ctx: Context, meetup: Meetup, rsvp: Rsvp, words: Words, *, what: str, gestures: tuple[Gesture, ...] = ()
) -> None:
    await tell(
        ctx,
        rsvp.person,
        words,
        key=f"meetup:{meetup.id}:{meetup.row.sequence}:{what}:{rsvp.person}",
        language=await its_language(ctx, meetup),
        about=Ref(ABOUT, str(meetup.id)) if gestures else None,
        gestures=gestures,
        expires_at=meetup.start,
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
