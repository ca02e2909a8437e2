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
from bot.events.text import Text, bullets, more
from bot.i18n import N_, _, language, ngettext
from bot.meetups import meetups, reminder_timers, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.plan import last_day, minutes_between
from bot.meetups.rules.rsvp import SEATED, Rsvp, Status
from bot.time.spoken_dates import say_short
from bot.time.when import Reading, Unsure, read
from commands.rdv.day import themes
from commands.rdv.members import let_go
from commands.rdv.overview import command as rdv
from commands.rdv.refusals import date_trouble
from commands.rdv.texts import Present, capital, titled, when
from commands.rdv.which import (
    ABOUT,
    attach,
    close_cards,
    in_its_thread,
    its_language,
    present,
    refresh,
    require_lead,
    seen,
    which,
)

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
        raise UserError(unchangeable(meetup, ctx.now))
    return meetup, rest


def unchangeable(meetup: Meetup, now: datetime) -> str:
    """Why nothing about it changes any more."""
    if now >= meetup.over_at:
        return _("This meet-up is over: it cannot be changed any more.")
    return _("This meet-up has begun: it cannot be changed any more.")


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
    now = await present(ctx, meetup)
    return Text.of(
        _("**To check**: {title} ({reference}) is to be moved.").format(**titled(meetup)),
        bullets(
            _("Before: {when}").format(when=when(meetup, now)),
            _("After: **{when}**").format(when=_said(meetup, start, end, now)),
        ),
        _("The other dates of the series stay as they are.") if meetup.series.rrule else "",
        ngettext(
            "{count} person who answered is told, and asked to confirm.",
            "{count} people who answered are told, and asked to confirm.",
            told,
        ).format(count=told)
        if told
        else _("There is nobody to tell."),
    )


def _said(meetup: Meetup, start: datetime, end: datetime | None, present: Present) -> str:
    all_day, zone = meetup.series.all_day, meetup.zone
    last = last_day(start, end, zone) if all_day else end
    return say_short(start, last, zone=zone, language=language(), now=present.now, usual=present.home, all_day=all_day)


def _moved_to(meetup: Meetup, draft: Draft) -> tuple[datetime, datetime | None]:
    start = datetime.fromisoformat(draft["start"]).replace(tzinfo=meetup.zone)
    minutes = draft["length"] if draft["length"] is not None else meetup.row.length
    if minutes is None:
        return start, None
    return start, (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(meetup.zone)


async def _move(ctx: Context, draft: Draft) -> Reply:
    meetup = await _again(ctx, draft)
    now = await present(ctx, meetup)
    before = when(meetup, now)
    await let_go(ctx, meetup)
    await meetups.move(ctx.tx, meetup, datetime.fromisoformat(draft["start"]), length=draft["length"], now=ctx.now)
    await reminder_timers.arm_meetup(ctx.tx, ctx.timers, meetup, now=ctx.now)
    outcome = await rsvps.moved(ctx.tx, ctx.timers, meetup, now=ctx.now)
    await themes.moved(ctx, meetup)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    await attach(ctx, meetup)
    for rsvp in outcome.after.rsvps:
        if rsvp.status is not Status.NO:
            await _tell_moved(ctx, meetup, rsvp)
    return say(
        _("{title} ({reference}) is moved: **{when}**, instead of {before}.").format(
            **titled(meetup), when=when(meetup, now), before=before
        )
    )


async def _tell_moved(ctx: Context, meetup: Meetup, rsvp: Rsvp) -> None:
    hours = await reminder_timers.hours_of(ctx.tx, rsvp.person, meetup.zone)
    now = await present(ctx, meetup)

    def words() -> Text:
        return Text.of(
            _("**{title}** ({reference}) has another date: **{when}**.").format(
                **titled(meetup), when=when(meetup, now, own=hours.zone)
            ),
            _("Without an answer I note “maybe” the day before.") if rsvp.status is Status.UNCONFIRMED else "",
            _("**Do you still come?** ✅ yes, ❌ no")
            if rsvp.status is Status.UNCONFIRMED
            else _("Your answer stays as it is. To change it: ✅ yes, 🤔 maybe, ❌ no"),
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
async def cancel(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, rest = await led(ctx, words)
    whole = any(word in SERIES_WORDS for word in rest.lower().split()) and meetup.series.rrule is not None
    return await begin(ctx, CANCEL, _draft(meetup, whole=int(whole)))


async def _cancel_preview(ctx: Context, draft: Draft) -> Text:
    meetup = await seen(ctx, draft["meetup"])
    concerned = await _concerned(ctx, meetup, draft)
    told = sum([(await rsvps.roster(ctx.tx, one)).count(*SEATED, Status.MAYBE, Status.WAITING) for one in concerned])
    what = (
        _("**To check**: all dates of {title} from {reference} on are to be cancelled, and no other follows.")
        if draft["whole"]
        else _("**To check**: {title} ({reference}) is to be cancelled.")
    )
    return Text.of(
        what.format(**titled(meetup)),
        more(capital(when(meetup, await present(ctx, meetup)))),
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
            **titled(meetup), when=when(meetup, await present(ctx, meetup))
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
    await themes.cancelled(ctx, meetup)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    await attach(ctx, meetup)
    now = await present(ctx, meetup)
    for rsvp in roster.rsvps:
        if rsvp.status is not Status.NO:
            await _send(ctx, meetup, rsvp, partial(_cancelled, meetup, now), what="cancelled")


def _cancelled(meetup: Meetup, now: Present) -> Text:
    return Text.of(
        _("**{title}** ({reference}) is **cancelled**: {when}.").format(**titled(meetup), when=when(meetup, now)),
        _("There is nothing to do. To see the next ones: `!rdv`"),
    )


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
        otherwise=await in_its_thread(ctx, meetup, rsvp.person, words),
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
