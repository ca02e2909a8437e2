"""`!rdv dates …`: a poll on the date, with a reaction for each choice."""

import re
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import communities
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.made import made_by
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads, reserved
from bot.dispatch.menu.arguments import Rest
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text, numbered, title
from bot.i18n import N_, _, language, ngettext, speaking
from bot.markup import strong
from bot.meetups import DatePoll, date_polls
from bot.meetups.rules.chosen_dates import chosen, is_choice
from bot.meetups.rules.plan import USUAL_LENGTH, Plan
from bot.time.spoken_dates import say_short
from bot.time.when import Unsure, extract, read
from commands.rdv.new import MEETUP
from commands.rdv.overview import command as rdv
from commands.rdv.refusals import date_trouble
from commands.rdv.texts import capital

ABOUT = "date-poll"
CHOICES = (Gesture.ONE, Gesture.TWO, Gesture.THREE, Gesture.FOUR, Gesture.FIVE)
BEYOND = (Gesture.SIX, Gesture.SEVEN, Gesture.EIGHT, Gesture.NINE, Gesture.TEN)
"""Numbers that no poll has, said so that the answer to them is a sentence."""
SHOWN_GESTURES = 3
LONGEST_TITLE = 200
LONGEST_BARE = 500
MOST_GAPS = 30
"""Places in a line without quotation marks at which the end of the first date is tried."""
_REFERENCE = re.compile(r"\s*P\s?-?\s?(\d{1,9})\s+(\d{1,2})\s*", re.I)
_TITLE = re.compile(r"\s*[“«\"]([^”»\"]+)[”»\"](.*)", re.S)
_SPACES = re.compile(r"[^\S\n]+")
_BETWEEN = re.compile(r"\s{0,9}(?:,|;|\n|\s/\s|\bou\b|\bor\b|\bet\b|\band\b)\s{0,9}")


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    """Choosing the date in the end needs a right; starting a poll does not."""
    return _REFERENCE.fullmatch(words) is not None


@rdv.verb(
    "dates",
    "date",
    usage=N_("rdv dates “Steering group” 12 January 2pm, 14 January 10am"),
    summary=N_("choose a date together"),
    makes=quotas.POLL,
    asks_rights=_asks_rights,
)
async def dates(ctx: Context, words: Rest) -> Reply:
    chosen = _REFERENCE.fullmatch(words)
    if chosen:
        return await _choose(ctx, int(chosen.group(1)), int(chosen.group(2)))
    if ctx.community is None or ctx.direct:
        raise UserError(_("Write this in the room in which the date is to be chosen."))
    zone = ZoneInfo(ctx.community.time_zone)
    called, said = _title_and_dates(words, now=ctx.now, zone=zone)
    parts = [part for part in _BETWEEN.split(said.strip(" ,;:")) if part.strip()]
    starts = [_start(ctx, part, zone) for part in parts[: date_polls.MOST_CHOICES + 1]]
    if not 2 <= len(set(starts)) <= date_polls.MOST_CHOICES or len(set(starts)) < len(starts):
        raise UserError(
            _("Give from 2 to {most} different dates, with commas between them.").format(most=date_polls.MOST_CHOICES)
        )
    poll = await date_polls.start(
        ctx.tx,
        called,
        [start.isoformat() for start in sorted(starts)],
        account=ctx.account,
        community=ctx.community.slug,
        room_id=ctx.room_id,
        zone=zone.key,
        asked_by=ctx.sender,
        now=ctx.now,
    )
    shown = min(SHOWN_GESTURES, len(poll.choices))
    return Reply(await _card(ctx, poll), about=Ref(ABOUT, str(poll.id)), gestures=CHOICES[:shown], waits=True)


def _title_and_dates(words: str, *, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """The title, in quotation marks or before the first date, and the dates after it. Raises UserError for none."""
    quoted = _TITLE.fullmatch(words)
    if quoted is not None and 0 < len(named := quoted.group(1).strip()) <= LONGEST_TITLE:
        return named, quoted.group(2)
    words = _SPACES.sub(" ", words)
    for gap in islice(_BETWEEN.finditer(words[:LONGEST_BARE]), MOST_GAPS):
        found = extract(words[: gap.start()], now=now, zone=zone)
        named = found.before
        dated = not isinstance(found.result, Unsure) and not found.after
        if dated and 0 < len(named) <= LONGEST_TITLE and named in words:
            return named, words[words.index(named) + len(named) :]
    raise UserError(_example())


def _example() -> str:
    return _("Put the title between quotation marks, then the dates. For example: `!{example}`").format(
        example=_("rdv dates “Steering group” 12 January 2pm, 14 January 10am")
    )


def _start(ctx: Context, text: str, zone: ZoneInfo) -> datetime:
    found = read(text, now=ctx.now, zone=zone)
    if isinstance(found, Unsure):
        raise UserError(f"{text[:60]} : {date_trouble(found.reason, found.suggestion, zone)}")
    if found.start is None or found.all_day or found.rrule is not None:
        raise UserError(_("The hour is missing. For example: 5 January 2pm 1h30"))
    return found.start


async def _card(ctx: Context, poll: DatePoll) -> Text:
    counts = await date_polls.counts(ctx.tx, poll)
    return Text.of(
        title(_("Which date for {title}?").format(title=poll.title)),
        numbered(_choice_of(poll, number, counts[number], ctx.now) for number, _one in enumerate(poll.choices, 1)),
        _("**Which dates suit you?** Answer with their numbers: 1️⃣ 2️⃣ …, or “1 and 3”, or “none”."),
        _("To choose in the end: `!rdv dates P-{number} 1`").format(number=poll.id),
    )


def _choice_of(poll: DatePoll, number: int, votes: int, now: datetime) -> str:
    start, zone = datetime.fromisoformat(poll.choices[number - 1]["start"]), ZoneInfo(poll.zone)
    moment = capital(say_short(start, zone=zone, language=language(), now=now))
    people = ngettext("{count} person", "{count} people", votes).format(count=votes)
    return f"{moment} ({strong(people)})" if votes else moment


async def _choose(ctx: Context, identity: int, number: int) -> Reply:
    """End the poll, and begin the preview of a meet-up on the chosen date."""
    poll = await date_polls.get(ctx.tx, identity)
    if poll is None or poll.community not in {found.slug for found in ctx.communities}:
        raise UserError(_("I know no choice of dates P-{number} here.").format(number=identity))
    community = await communities.get(ctx.tx, poll.community)
    assert community is not None
    if not await leads(ctx, community):
        raise await reserved(ctx, community, _("Only the community's team chooses the date in the end."))
    if poll.status != date_polls.OPEN or not 1 <= number <= len(poll.choices):
        raise UserError(_("This choice of dates is over, or has no such number."))
    start = datetime.fromisoformat(poll.choices[number - 1]["start"]).astimezone(ZoneInfo(poll.zone))
    if start <= ctx.now:
        raise UserError(_("This date is over. Give a date to come, with its year if need be."))
    await date_polls.close(ctx.tx, poll)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, str(identity)))
    plan = Plan(
        title=poll.title,
        start=start.replace(tzinfo=None).isoformat(),
        zone=poll.zone,
        length=USUAL_LENGTH,
        assumed=True,
    )
    return await begin(ctx, MEETUP, {"plan": plan.json, "room_id": poll.room_id, "community": poll.community})


async def _vote(ctx: Context, item: str, choice: int, *, removed: bool) -> Reply | None:
    poll = await date_polls.get(ctx.tx, int(item))
    if poll is None or poll.status != date_polls.OPEN or ctx.card is None:
        return None
    if choice > len(poll.choices):
        if isinstance(ctx.event, MessageReceived):
            raise _no_such_date(choice)
        return None
    change = date_polls.unvote if removed else date_polls.vote
    if await change(ctx.tx, poll, ctx.sender, choice):
        await _show(ctx, poll)
    return None


@rdv.answer(about=ABOUT, makes=quotas.ANSWER, reads=is_choice)
async def vote_in_words(ctx: Context, item: str, text: str) -> Reply | None:
    """These dates and no others: whatever the person had said before is replaced."""
    poll = await date_polls.get(ctx.tx, int(item))
    if poll is None or poll.status != date_polls.OPEN:
        return None
    numbers = chosen(text, len(poll.choices))
    if numbers is None:
        raise UserError(_("Which ones? For example “1 and 3”, or “none”."))
    if max(numbers, default=0) > len(poll.choices):
        raise _no_such_date(max(numbers))
    for choice, _start in enumerate(poll.choices, 1):
        change = date_polls.vote if choice in numbers else date_polls.unvote
        await change(ctx.tx, poll, ctx.sender, choice)
    await _show(ctx, poll)
    return None if numbers else say(_("Noted: none of these dates suits you."))


def _no_such_date(number: int) -> UserError:
    return UserError(_("There is no number {number} in this list.").format(number=number))


async def _show(ctx: Context, poll: DatePoll) -> None:
    """The card in the room follows."""
    if ctx.card is None:
        return
    with speaking(ctx.language):
        text = await _card(ctx, poll)
    key = f"{ctx.card.key}:{ctx.event.event_id}"
    await ctx.outbox.edit(ctx.tx, Message(text), key=key, of=ctx.card.key, now=ctx.now)


@rdv.taken_back()
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes their poll before anybody has chosen takes it back; what others have said stays."""
    number = await made_by(ctx, source, ABOUT)
    poll = await date_polls.get(ctx.tx, int(number)) if number is not None else None
    if number is None or poll is None or poll.status != date_polls.OPEN or await date_polls.counts(ctx.tx, poll):
        return None
    await date_polls.close(ctx.tx, poll)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, number))
    return Text.of(_("This choice of dates is withdrawn: {title}.").format(title=poll.title))


rdv.belongs(ABOUT, to=date_polls.belongs_to, waits=date_polls.waits)


def _declare(gesture: Gesture, choice: int) -> None:
    @rdv.reaction(gesture, about=ABOUT, makes=quotas.ANSWER)
    async def vote(ctx: Context, item: str) -> Reply | None:
        return await _vote(ctx, item, choice, removed=False)

    @rdv.reaction(gesture, about=ABOUT, removed=True)
    async def unvote(ctx: Context, item: str) -> Reply | None:
        return await _vote(ctx, item, choice, removed=True)


for _choice, _gesture in enumerate((*CHOICES, *BEYOND), 1):
    _declare(_gesture, _choice)
