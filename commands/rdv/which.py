"""Finds the meet-up that is meant, checks who may change it, and shows and updates its card."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.challenges.days import days
from bot.challenges.days import texts as day_texts
from bot.communities import Community, communities, rooms
from bot.communities.people import members, people
from bot.communities.tell import Words, aloud, language_of
from bot.contributors import returns
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.rights import leads, reserved
from bot.errors import SeveralMeant, Thing, UserError
from bot.events.events import Event, MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.room_actions import Attach
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox.sending import daily_limit
from bot.mailbox.sending.outbox import Otherwise
from bot.meetups import calendars, meetups, notes, rsvps
from bot.meetups.meetups import Meetup
from bot.text.naming import leaves_doubt, named_by
from bot.time.spoken_dates import say_day
from commands.rdv import texts
from commands.rdv.texts import Present

ABOUT, ABOUT_RETEX, ABOUT_MINUTES = "meetup", "retex", "minutes"
LONGEST_NAME = 60
REMEMBERED = timedelta(days=7)
GESTURES = (Gesture.YES, Gesture.MAYBE, Gesture.NO)
_NOT_IN_A_NAME = re.compile(r'[/\\*`<>:"|?]+')
_REFERENCE = re.compile(r"(?<![\w-])R\s?-?\s?(\d{1,9})(?![\w-])", re.I)


def take_reference(words: str) -> tuple[int | None, str]:
    """The number of the R-7 in the words, wherever it is, and the other words."""
    found = _REFERENCE.search(words)
    if found is None:
        return None, words.strip()
    return int(found.group(1)), f"{words[: found.start()]} {words[found.end() :]}".strip()


async def which(ctx: Context, words: str, *, lock: bool = False, over: bool = False) -> tuple[Meetup, str]:
    """The meet-up that is named, whose card or thread this is, or the only one to come; and the other words.

    `over`: the one that is meant has begun, a week ago at most. Raises UserError when several may be meant.
    """
    number, rest = take_reference(words)
    number = number if number is not None else await of_card(ctx)
    if number is not None:
        return await seen(ctx, number, lock=lock), rest
    found = await (_begun if over else _coming)(ctx)
    if len(found) != 1:
        raise _which(ctx, found, begun=over)
    return await seen(ctx, found[0].id, lock=lock), rest


async def which_named(ctx: Context, words: str) -> Meetup:
    """As `which`, locked, for words that may also give the title or the day: « la visio de jeudi ».

    Of one series, the next is meant.
    """
    number, rest = take_reference(words)
    card = await of_card(ctx) if number is None else None
    coming = await _coming(ctx) if number is None else []
    if number is not None or (card is not None and not _names_another(ctx, rest, card, coming)):
        return (await which(ctx, words, lock=True))[0]
    named = named_by(rest, [_may_be_called(ctx, meetup) for meetup in coming])
    found = coming if named is None else [coming[position] for position in named]
    if not found or len({meetup.series.id if named else meetup.id for meetup in found}) != 1:
        raise _which(ctx, found or coming)
    if named and leaves_doubt(rest, title=found[0].title, known=_may_be_called(ctx, found[0])):
        raise _which(ctx, found[:1])
    return await seen(ctx, found[0].id, lock=True)


def _names_another(ctx: Context, words: str, card: int, coming: Sequence[Meetup]) -> bool:
    """Whether words that answer the card of one meet-up name another one: « je ne viendrai pas mardi »."""
    named = named_by(words, [_may_be_called(ctx, meetup) for meetup in coming])
    return bool(named) and card not in {coming[position].id for position in named or ()}


def _may_be_called(ctx: Context, meetup: Meetup) -> str:
    local, today = meetup.start.astimezone(meetup.zone).date(), ctx.now.astimezone(meetup.zone).date()
    near = {0: _("today"), 1: _("tomorrow")}.get((local - today).days, "")
    return f"{meetup.title} {say_day(meetup.start, zone=meetup.zone, language=ctx.language)} {near}"


def source_of(event: Event) -> str:
    """The message by which something is said, also in its later wording."""
    return (event.replaces if isinstance(event, MessageReceived) else None) or event.event_id


async def of_card(ctx: Context) -> int | None:
    """The meet-up of the card that is answered, or in whose thread this is written."""
    thread = ctx.event.thread if isinstance(ctx.event, MessageReceived) else None
    card = ctx.card or (await ctx.outbox.card(ctx.tx, thread, room_id=ctx.room_id) if thread is not None else None)
    return int(card.about.id) if card is not None and card.about is not None and card.about.kind == ABOUT else None


async def _coming(ctx: Context) -> list[Meetup]:
    """Those to come that are announced here; in private and where there is none, those of the communities."""
    every = await meetups.upcoming(
        ctx.tx, [community.slug for community in ctx.communities], now=ctx.now, here=ctx.room_id
    )
    return _here(ctx, [meetup for meetup in every if meetup.start > ctx.now])


async def _begun(ctx: Context) -> list[Meetup]:
    slugs = [community.slug for community in ctx.communities]
    every = await meetups.upcoming(ctx.tx, slugs, now=ctx.now - REMEMBERED, before=ctx.now, here=ctx.room_id)
    return _here(ctx, every)


def _here(ctx: Context, found: list[Meetup]) -> list[Meetup]:
    return [meetup for meetup in found if meetup.series.room_id == ctx.room_id] or found


def _which(ctx: Context, found: list[Meetup], *, begun: bool = False) -> SeveralMeant:
    if not found and begun:
        return SeveralMeant(_("Which meet-up? Give its number, for example R-7. To see them: `!rdv`"))
    if not found:
        return SeveralMeant(_("No meet-up is planned. The community's team may plan one: `!rdv new`"))
    return SeveralMeant(_("**Which meet-up?**"), [_thing(ctx, meetup) for meetup in found])


def _thing(ctx: Context, meetup: Meetup) -> Thing:
    day = say_day(meetup.start, zone=meetup.zone, language=ctx.language, year=False)
    title = _("{meetup}, {day}").format(meetup=texts.named(meetup), day=day)
    return Thing(meetup.reference, title, _may_be_called(ctx, meetup))


async def seen(ctx: Context, number: int, *, lock: bool = False) -> Meetup:
    """The meet-up, if it belongs to a community of this room or person; others do not exist here."""
    meetup = await meetups.get(ctx.tx, number, lock=lock)
    if meetup is None or meetup.series.community not in {found.slug for found in ctx.communities}:
        raise UserError(_("I know no meet-up R-{number} here. To see them: `!rdv`").format(number=number))
    return meetup


async def community_of(ctx: Context | Moment, meetup: Meetup) -> Community:
    found = await communities.get(ctx.tx, meetup.series.community)
    assert found is not None
    return found


async def may_lead(ctx: Context, meetup: Meetup) -> bool:
    """Whether the person organises the meet-up, or is of the community's team, at this very moment."""
    return ctx.sender == meetup.series.organiser or await leads(ctx, await community_of(ctx, meetup))


async def require_lead(ctx: Context, meetup: Meetup) -> None:
    """Raises UserError for anybody else."""
    if not await may_lead(ctx, meetup):
        sentence = _("Only the person who organises this meet-up and the community's team may do this.")
        raise await reserved(ctx, await community_of(ctx, meetup), sentence)


# ── the card ──────────────────────────────────────────────────────────────────────────────────────────────


async def own_zone(ctx: Context) -> ZoneInfo | None:
    """The person's zone, in private, where nobody else reads the answer; None in a room, or if they gave none."""
    key = await people.zone_of(ctx.tx, ctx.sender) if ctx.direct else None
    return ZoneInfo(key) if key else None


async def card_of(ctx: Context | Moment, meetup: Meetup, *, own: ZoneInfo | None = None) -> Text:
    """The card as it is now, in the language that is being spoken; `own` puts the hour of a reader elsewhere first."""
    roster, programme = await rsvps.roster(ctx.tx, meetup), await notes.programme(ctx.tx, meetup)
    day = day_texts.on_the_card(meetup, await days.tables(ctx.tx, meetup), ctx.now)
    return texts.card(meetup, roster, programme, own=own, present=await present(ctx, meetup), day=day)


async def present(ctx: Context | Moment, meetup: Meetup) -> Present:
    """What need not be said to the community of the meet-up."""
    return Present(ctx.now, ZoneInfo((await community_of(ctx, meetup)).time_zone))


async def reply_with_card(ctx: Context, meetup: Meetup, text: Text | None = None) -> Reply:
    """The card as an answer: it is answered like the one in the room."""
    shown = text or await card_of(ctx, meetup, own=await own_zone(ctx))
    if meetup.cancelled or meetup.start <= ctx.now:
        return Reply(shown)
    return Reply(shown, about=Ref(ABOUT, str(meetup.id)), gestures=GESTURES, waits=True)


async def announce(ctx: Context | Moment, meetup: Meetup, *, asked: bool = True) -> None:
    """Put the card of a meet-up in its room, once; nothing in a room that belongs to the community no more.

    `asked`: somebody has just asked for it, so it does not count towards the daily limit.
    """
    belongs = await rooms.belongs(ctx.tx, meetup.series.room_id, meetup.series.community)
    if not belongs or not is_there(ctx, meetup):
        return
    key = f"{'' if asked else daily_limit.PREFIX}meetup:{meetup.id}"
    with speaking(await language_of_room(ctx, meetup)):
        text = await card_of(ctx, meetup)
    await ctx.outbox.say(
        ctx.tx,
        Message(text, rings=True),
        key=key,
        to=meetup.series.room_id,
        now=ctx.now,
        about=Ref(ABOUT, str(meetup.id)),
        waits=True,
        gestures=GESTURES,
        expires_at=meetup.start,
    )
    await meetups.announce(ctx.tx, meetup, key)
    await attach(ctx, meetup)


async def attach(ctx: Context | Moment, meetup: Meetup) -> None:
    """Put the meet-up as a file into the thread of its card, for calendars: once, and once after each change."""
    if meetup.row.card is None or not is_there(ctx, meetup):
        return
    with speaking(await language_of_room(ctx, meetup)):
        content = calendars.file(meetup, ctx.now).decode()
    name = f"{_NOT_IN_A_NAME.sub('-', meetup.title[:LONGEST_NAME])} ({meetup.reference}).ics"
    await ctx.outbox.do(
        ctx.tx,
        Attach(name, "text/calendar", content),
        key=f"{meetup.row.card}:ics:{meetup.row.sequence}",
        to=meetup.series.room_id,
        now=ctx.now,
        parent=meetup.row.card,
    )


def is_there(ctx: Context | Moment, meetup: Meetup) -> bool:
    """Whether the bot is in the meet-up's room; it may have been removed from it since."""
    return ctx.directory.facts(meetup.series.room_id) is not None


async def refresh(ctx: Context | Moment, meetup: Meetup, *, cause: str) -> None:
    """The card in the room follows, by an edit; `cause` makes the edit one of its own."""
    if meetup.row.card is None or not is_there(ctx, meetup):
        return
    with speaking(await language_of_room(ctx, meetup)):
        text = await card_of(ctx, meetup)
    message, card = Message(text, rings=True), meetup.row.card
    await ctx.outbox.edit(ctx.tx, message, key=f"{card}:{cause}", of=card, now=ctx.now)


async def in_its_thread(ctx: Context | Moment, meetup: Meetup, person: str, words: Words) -> Otherwise | None:
    """The same below the meet-up's card, where it is announced, for somebody whom we cannot reach alone."""
    room_id, key = meetup.series.room_id, meetup.row.card
    members.require(ctx.directory, room_id)
    if not is_there(ctx, meetup) or not ctx.directory.has_member(room_id, person):
        return None
    if not await rooms.belongs(ctx.tx, room_id, meetup.series.community):
        return None
    card = await ctx.outbox.row(ctx.tx, key) if key is not None else None
    spoken = await language_of(ctx.tx, person, await language_of_room(ctx, meetup))
    return aloud(room_id, words, person, language=spoken, thread=card.event_id if card else None)


async def close_cards(ctx: Context | Moment, meetup: Meetup) -> None:
    """The meet-up is over or cancelled: nobody is asked any more who comes, nor what is on its programme. Whoever
    proposed something for it, and got no answer, learns that."""
    proposed = [Ref(ABOUT_RETEX, str(number)) for number in await notes.proposed(ctx.tx, meetup)]
    for about in proposed:
        await returns.ended(ctx, about, "undecided", partial(_undecided, meetup), last=True)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, str(meetup.id)), *proposed)


def _undecided(meetup: Meetup) -> Text:
    sentence = (
        _("“{title}” ({reference}) is cancelled: your account of experience is not told there.")
        if meetup.cancelled
        else _("“{title}” ({reference}) is over: your account of experience got no answer in time.")
    )
    return Text.of(sentence.format(title=meetup.title, reference=meetup.reference), _("Thank you for this proposal."))


async def language_of_room(ctx: Context | Moment, meetup: Meetup) -> str:
    """The language in which the meet-up's room is spoken to."""
    binding = await rooms.binding(ctx.tx, meetup.series.room_id)
    if binding is not None and binding.language is not None:
        return binding.language
    return (await community_of(ctx, meetup)).language


async def its_language(ctx: Context | Moment, meetup: Meetup) -> str:
    """The language of the community: for those concerned who chose none."""
    return (await community_of(ctx, meetup)).language
