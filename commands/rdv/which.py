"""Finds the meet-up that is meant, checks who may change it, and shows and updates its card."""

import re
from zoneinfo import ZoneInfo

from bot.communities import Community, communities, people, rooms
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights import leads, reserved
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.room_actions import Attach
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import daily_limit
from bot.meetups import calendars, meetups, notes, rsvps
from bot.meetups.meetups import Meetup
from commands.rdv import texts

ABOUT, ABOUT_RETEX = "meetup", "retex"
LONGEST_NAME = 60
GESTURES = (Gesture.YES, Gesture.MAYBE, Gesture.NO)
_REFERENCE = re.compile(r"(?<![\w-])R\s?-?\s?(\d{1,9})(?![\w-])", re.I)


def take_reference(words: str) -> tuple[int | None, str]:
    """The number of the R-7 in the words, wherever it is, and the other words."""
    found = _REFERENCE.search(words)
    if found is None:
        return None, words.strip()
    return int(found.group(1)), f"{words[: found.start()]} {words[found.end() :]}".strip()


async def which(ctx: Context, words: str, *, lock: bool = False) -> tuple[Meetup, str]:
    """The meet-up that is named, or whose card is answered, and the other words. Raises UserError for none."""
    number, rest = take_reference(words)
    if number is None and ctx.card is not None and ctx.card.about is not None and ctx.card.about.kind == ABOUT:
        number = int(ctx.card.about.id)
    if number is None:
        raise UserError(_("Which meet-up? Give its number, for example R-7. To see them: `!rdv`"))
    return await seen(ctx, number, lock=lock), rest


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
    return texts.card(meetup, roster, programme, own=own, begun=meetup.start <= ctx.now)


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
        Message(text),
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
    name = f"{meetup.title[:LONGEST_NAME].replace('/', '-')} ({meetup.reference}).ics"
    await ctx.outbox.do(
        ctx.tx,
        Attach(name, "text/calendar", calendars.file(meetup).decode()),
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
    await ctx.outbox.edit(ctx.tx, Message(text), key=f"{meetup.row.card}:{cause}", of=meetup.row.card, now=ctx.now)


async def close_cards(ctx: Context | Moment, meetup: Meetup) -> None:
    """The meet-up is over or cancelled: nobody is asked any more who comes, nor what is on its programme."""
    proposed = [Ref(ABOUT_RETEX, str(number)) for number in await notes.proposed(ctx.tx, meetup)]
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, str(meetup.id)), *proposed)


async def language_of_room(ctx: Context | Moment, meetup: Meetup) -> str:
    """The language in which the meet-up's room is spoken to."""
    binding = await rooms.binding(ctx.tx, meetup.series.room_id)
    if binding is not None and binding.language is not None:
        return binding.language
    return (await community_of(ctx, meetup)).language


async def its_language(ctx: Context | Moment, meetup: Meetup) -> str:
    """The language of the community: for those concerned who chose none."""
    return (await community_of(ctx, meetup)).language
