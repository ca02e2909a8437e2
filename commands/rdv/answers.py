"""Answers to meet-ups: yes, maybe and no, by a gesture on a card or by words."""

from dataclasses import replace
from datetime import datetime

from bot import quotas
from bot.communities.people import members
from bot.communities.tell import tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.made import made_by
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.events import EventRemoved, ReactionAdded
from bot.events.gestures import Gesture, gesture_of_emoji
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.mailbox.receiving import reactions
from bot.meetups import meetups, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import SEATED, Answer, Rsvp, Status
from commands.rdv.overview import command as rdv
from commands.rdv.phrases import SIGN_OFF, SIGN_UP, may_be_meetup
from commands.rdv.texts import when
from commands.rdv.which import ABOUT, its_language, own_zone, present, refresh, source_of, which_named

ANSWERS = {Gesture.YES: Answer.YES, Gesture.MAYBE: Answer.MAYBE, Gesture.NO: Answer.NO}
_SAID_BY = {
    Gesture.YES: {Status.YES, Status.WAITING, Status.OFFERED, Status.UNCONFIRMED},
    Gesture.MAYBE: {Status.MAYBE},
    Gesture.NO: {Status.NO},
}


# ── by words ──────────────────────────────────────────────────────────────────────────────────────────────


@rdv.verb(
    "oui",
    "yes",
    usage=N_("rdv R-7 yes"),
    summary=N_("sign up for a meet-up"),
    makes=quotas.ANSWER,
    phrases=SIGN_UP,
    fits=may_be_meetup,
)
async def says_yes(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    return await _says(ctx, words, Answer.YES)


@rdv.verb("peut-être", "maybe", usage=N_("rdv R-7 maybe"), summary=N_("say that you may come"), makes=quotas.ANSWER)
async def says_maybe(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    return await _says(ctx, words, Answer.MAYBE)


@rdv.verb(
    "non",
    "no",
    usage=N_("rdv R-7 no"),
    summary=N_("say that you are not coming"),
    makes=quotas.ANSWER,
    phrases=SIGN_OFF,
    fits=may_be_meetup,
)
async def says_no(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    return await _says(ctx, words, Answer.NO)


async def _says(ctx: Context, words: str, said: Answer) -> Reply | None:
    """The answer; if the message named another meet-up before it was changed, what it said there is taken back."""
    meetup = await which_named(ctx, words)
    before = await _said_by(ctx, ctx.replaces) if ctx.replaces is not None else None
    back = await _withdraw(ctx, before) if before is not None and before.id != meetup.id else None
    reply = await _answer(ctx, meetup, said)
    return replace(reply, text=Text.of(reply.text, back)) if reply is not None and back is not None else reply


async def _said_by(ctx: Context, source: str) -> Meetup | None:
    """The meet-up, still to come, at which the person's present answer comes from this message."""
    number = await made_by(ctx, source, ABOUT)
    meetup = await meetups.get(ctx.tx, int(number), lock=True) if number is not None else None
    if meetup is None or _closed(ctx, meetup):
        return None
    mine = (await rsvps.roster(ctx.tx, meetup)).of(ctx.sender)
    return meetup if mine is not None and mine.rank[1] == source else None


async def _withdraw(ctx: Context, meetup: Meetup) -> str:
    """Take the person's answer back; returns the sentence that says so."""
    outcome = await rsvps.withdraw(ctx.tx, ctx.timers, meetup, ctx.sender, now=ctx.now)
    await refresh(ctx, meetup, cause=f"back:{ctx.event.event_id}")
    had = outcome.before.of(ctx.sender)
    sentence = (
        _("Your place is free again: {title} ({reference}).")
        if had is not None and had.status in SEATED
        else _("Your answer is withdrawn: {title} ({reference}).")
    )
    return sentence.format(title=meetup.title, reference=meetup.reference)


@rdv.taken_back(ABOUT)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message by which they answered takes the answer back, unless they have answered since."""
    meetup = await _said_by(ctx, source)
    return Text.of(await _withdraw(ctx, meetup)) if meetup is not None else None


# ── by gestures ───────────────────────────────────────────────────────────────────────────────────────────


rdv.belongs(ABOUT, to=meetups.belongs_to, waits=meetups.waits)


@rdv.reaction(Gesture.YES, about=ABOUT, makes=quotas.ANSWER)
async def yes(ctx: Context, item: str) -> Reply | None:
    return await _gesture(ctx, item, Answer.YES)


@rdv.reaction(Gesture.MAYBE, about=ABOUT, makes=quotas.ANSWER)
async def maybe(ctx: Context, item: str) -> Reply | None:
    return await _gesture(ctx, item, Answer.MAYBE)


@rdv.reaction(Gesture.NO, about=ABOUT, makes=quotas.ANSWER)
async def no(ctx: Context, item: str) -> Reply | None:
    return await _gesture(ctx, item, Answer.NO)


@rdv.reaction(Gesture.YES, about=ABOUT, removed=True)
async def takes_yes_back(ctx: Context, item: str) -> None:
    await _take_back(ctx, item, Gesture.YES)


@rdv.reaction(Gesture.MAYBE, about=ABOUT, removed=True)
async def takes_maybe_back(ctx: Context, item: str) -> None:
    await _take_back(ctx, item, Gesture.MAYBE)


@rdv.reaction(Gesture.NO, about=ABOUT, removed=True)
async def takes_no_back(ctx: Context, item: str) -> None:
    await _take_back(ctx, item, Gesture.NO)


async def _gesture(ctx: Context, item: str, said: Answer) -> Reply | None:
    meetup = await meetups.get(ctx.tx, int(item), lock=True)
    return await _answer(ctx, meetup, said) if meetup is not None else None


async def _take_back(ctx: Context, item: str, gesture: Gesture) -> None:
    """Undo the answer that the removed gesture gave; if another gesture of the person is left, that one counts."""
    meetup = await meetups.get(ctx.tx, int(item), lock=True)
    if meetup is None or _closed(ctx, meetup):
        return
    mine = (await rsvps.roster(ctx.tx, meetup)).of(ctx.sender)
    if mine is None or mine.status not in _SAID_BY[gesture]:
        return
    standing = await _standing(ctx)
    if standing is not None:
        await _record(ctx, meetup, standing)
        return
    outcome = await rsvps.withdraw(ctx.tx, ctx.timers, meetup, ctx.sender, now=ctx.now)
    if outcome.changed:
        await refresh(ctx, meetup, cause=ctx.event.event_id)


async def _standing(ctx: Context) -> Answer | None:
    """The answer that the person's latest remaining reaction under this card gives, if any."""
    assert ctx.card is not None
    found = [row for row in await reactions.under(ctx.tx, ctx.account, ctx.card.event_id) if row.sender == ctx.sender]
    gestures = [gesture_of_emoji(row.emoji, yes_no=True) for row in sorted(found, key=lambda row: row.id or 0)]
    said = [ANSWERS[gesture] for gesture in gestures if gesture in ANSWERS]
    return said[-1] if said else None


# ── both ──────────────────────────────────────────────────────────────────────────────────────────────────


def _closed(ctx: Context, meetup: Meetup) -> bool:
    """Answers count until the start, by the time at which they were given."""
    return meetup.cancelled or min(ctx.event.sent_at, ctx.now) >= meetup.start


async def _answer(ctx: Context, meetup: Meetup, said: Answer) -> Reply | None:
    silent = isinstance(ctx.event, ReactionAdded | EventRemoved) and not ctx.direct
    if _closed(ctx, meetup):
        if silent:
            return None
        raise UserError(_too_late(meetup, ctx.now))
    if (
        ctx.direct
        and said is not Answer.NO
        and await members.has_left(ctx.tx, ctx.directory, ctx.sender, meetup.series.community)
    ):
        raise UserError(_("You have left the community of this meet-up. To come back, ask its team to invite you."))
    rsvp = await _record(ctx, meetup, said)
    if silent:
        if rsvp.status is Status.WAITING:
            await _tell_waiting(ctx, meetup, rsvp)
        return None
    return Reply(Text.of(await _confirmed(ctx, meetup, rsvp)), about=Ref(ABOUT, str(meetup.id)))


async def _record(ctx: Context, meetup: Meetup, said: Answer) -> Rsvp:
    rank = (ctx.event.sent_at, source_of(ctx.event))
    outcome = await rsvps.answer(ctx.tx, ctx.timers, meetup, ctx.sender, said, rank=rank, now=ctx.now)
    if outcome.changed:
        await refresh(ctx, meetup, cause=ctx.event.event_id)
    rsvp = outcome.after.of(ctx.sender)
    assert rsvp is not None
    return rsvp


def _too_late(meetup: Meetup, now: datetime) -> str:
    if meetup.cancelled:
        return _("This meet-up is cancelled. To see the next ones: `!rdv`")
    if now >= meetup.over_at:
        return _("This meet-up is over. To see the next ones: `!rdv`")
    return _("This meet-up has begun: answers do not count any more. To see the next ones: `!rdv`")


async def _confirmed(ctx: Context, meetup: Meetup, rsvp: Rsvp) -> str:
    dated = when(meetup, await present(ctx, meetup), own=await own_zone(ctx))
    titled = {"title": meetup.title, "reference": meetup.reference, "when": dated}
    match rsvp.status:
        case Status.YES:
            return _("You are signed up: **{title}** ({reference}), {when}.").format(**titled)
        case Status.MAYBE:
            return _("Noted, maybe: {title} ({reference}), {when}.").format(**titled)
        case Status.WAITING:
            return _waiting(meetup, await _place(ctx, meetup, rsvp))
    return _("Noted, you are not coming: {title} ({reference}).").format(**titled)


async def _place(ctx: Context, meetup: Meetup, rsvp: Rsvp) -> int | None:
    return (await rsvps.roster(ctx.tx, meetup)).place_in_line(rsvp.person)


def _waiting(meetup: Meetup, place: int | None) -> str:
    return _(
        "All places are taken. You are number {place} on the waiting list: {title} ({reference}). "
        "I write to you as soon as a place becomes free."
    ).format(place=place, title=meetup.title, reference=meetup.reference)


async def _tell_waiting(ctx: Context, meetup: Meetup, rsvp: Rsvp) -> None:
    """In the room a gesture is answered by the card alone; who has no place is told so in private."""
    place = await _place(ctx, meetup, rsvp)
    key, language = f"waiting:{ctx.event.event_id}", await its_language(ctx, meetup)
    await tell(ctx, ctx.sender, lambda: Text.of(_waiting(meetup, place)), key=key, language=language, rings=False)
