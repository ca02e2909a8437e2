"""`!rdv R-9 thèmes accueil, sorties jusqu'au 5/1`: the themes of a meet-up, chosen together by numbers or in words."""

from zoneinfo import ZoneInfo

from bot import quotas
from bot.challenges.steps import LATE
from bot.communities import rooms
from bot.communities.people import members
from bot.dispatch.answer.cards import number as gesture_of
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.events.messages import Message, Ref
from bot.events.text import Text, bullets, numbered, title
from bot.i18n import N_, _, language, ngettext, speaking
from bot.markup import strong
from bot.meetups import ThemePoll, meetups, themes
from bot.meetups.meetups import Meetup
from bot.meetups.rules.chosen_dates import chosen, is_choice
from bot.meetups.rules.themes import FEWEST, LONGEST, MOST, Flaw, Line, first, ranked, read_line
from bot.time.spoken_dates import say_moment
from commands.rdv.overview import command as rdv
from commands.rdv.refusals import date_trouble
from commands.rdv.texts import named, titled
from commands.rdv.which import is_there, language_of_room, require_lead, take_reference, which

ABOUT = "theme-poll"
SHOWN_GESTURES = 3


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    """Asking needs a right; seeing what was asked does not."""
    return bool(take_reference(words)[1])


@rdv.verb(
    "thèmes",
    "thème",
    "themes",
    "theme",
    usage=N_("rdv R-7 themes reception, discharge, transport until 5 January"),
    summary=N_("choose the themes together"),
    led=True,
    makes=quotas.POLL,
    asks_rights=_asks_rights,
)
async def ask(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, rest = await which(ctx, words, lock=True)
    poll = await themes.of_meetup(ctx.tx, meetup)
    if not rest:
        return await _shown(ctx, meetup, poll)
    await require_lead(ctx, meetup)
    if meetup.cancelled or meetup.start <= ctx.now:
        raise UserError(_("This meet-up has begun, or is cancelled: its themes are chosen before."))
    if poll is not None:
        raise UserError(
            _("The themes of {title} ({reference}) were put to the vote already: `!rdv {reference} themes`").format(
                **titled(meetup)
            )
        )
    line = read_line(rest, now=ctx.now, zone=meetup.zone)
    if line.flaw is not None or line.until is None:
        raise UserError(_flaw(line, meetup.zone))
    if line.until >= meetup.start:
        raise UserError(_("The meet-up begins before that. Give an earlier date: themes are chosen before it."))
    if not await rooms.belongs(ctx.tx, meetup.series.room_id, meetup.series.community) or not is_there(ctx, meetup):
        raise UserError(_("I am no longer in the room of this meet-up: I cannot ask there."))
    poll = await themes.ask(ctx.tx, ctx.timers, meetup, line.choices, until=line.until, by=ctx.sender, now=ctx.now)
    await _put(ctx, meetup, poll)
    return say(
        _("**The room is asked** which themes it wants for {title} ({reference}), until {moment}.").format(
            moment=_moment(poll, meetup), **titled(meetup)
        ),
        rooms.waits_for_right(ctx.directory, meetup.series.room_id),
    )


def _flaw(line: Line, zone: ZoneInfo) -> str:
    match line.flaw:
        case Flaw.NUMBER:
            return _("Give from {fewest} to {most} different themes, with commas between them.").format(
                fewest=FEWEST, most=MOST
            )
        case Flaw.LONG:
            return _("A theme has {most} characters at most, so that it is read in a list.").format(most=LONGEST)
        case Flaw.NO_DATE:
            return _("Until when are they chosen? For example: `until 5 January`")
        case Flaw.PAST:
            return _("This date is over. Give a date to come, with its year if need be.")
    return date_trouble(line.reason, None, zone)


async def _shown(ctx: Context, meetup: Meetup, poll: ThemePoll | None) -> Reply:
    if poll is None or poll.status == themes.DROPPED:
        return say(
            _("No themes were put to the vote for {title} ({reference}).").format(**titled(meetup)),
            _("Whoever organises it may: `!rdv {reference} themes reception, discharge until 5 January`").format(
                reference=meetup.reference
            ),
        )
    if poll.status == themes.CLOSED:
        return Reply(_result(poll, meetup))
    return Reply(await _card(ctx, meetup, poll), about=Ref(ABOUT, str(poll.id)), waits=True)


def _moment(poll: ThemePoll, meetup: Meetup) -> str:
    return say_moment(themes.ends_at(poll, meetup), zone=meetup.zone, language=language())


async def _card(ctx: Context | Moment, meetup: Meetup, poll: ThemePoll) -> Text:
    tally, _voted = await themes.count(ctx.tx, poll)
    return Text.of(
        title(_("Which themes for {title}?").format(title=named(meetup))),
        numbered(map(_choice, poll.choices, tally)),
        _("**Which ones do you want?** Answer with their numbers: 1️⃣ 2️⃣ …, or “1 and 3”, or “none”."),
        _("Until {moment}. First comes what most people want; those that are level come first together.").format(
            moment=_moment(poll, meetup)
        ),
    )


def _choice(choice: str, votes: int) -> str:
    return f"{choice} ({strong(_people(votes))})" if votes else choice


def _people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=count)


def _result(poll: ThemePoll, meetup: Meetup) -> Text:
    tally = poll.tally or [0] * len(poll.choices)
    best = first(tally)
    together = ", ".join(poll.choices[number - 1] for number in best)
    return Text.of(
        title(_("The themes of {title}").format(title=named(meetup))),
        bullets(*(f"{poll.choices[number - 1]} ({_people(tally[number - 1])})" for number in ranked(tally))),
        _("First: **{themes}**.").format(themes=together) if best else _("Nobody voted: whoever organises it chooses."),
        _("They are level, and come first together.") if len(best) > 1 else "",
        ngettext("{count} person voted.", "{count} people voted.", poll.voted or 0).format(count=poll.voted or 0)
        if poll.voted
        else "",
    )


def _key(poll: ThemePoll, meetup: Meetup) -> str:
    """Of its card in the room that the meet-up has now: after an upgrade it is shown anew."""
    return f"themes:{poll.id}:{meetup.series.room_id}"


async def _put(ctx: Context | Moment, meetup: Meetup, poll: ThemePoll) -> None:
    with speaking(await language_of_room(ctx, meetup)):
        text = await _card(ctx, meetup, poll)
    await ctx.outbox.say(
        ctx.tx,
        Message(text, rings=True),
        key=_key(poll, meetup),
        to=meetup.series.room_id,
        now=ctx.now,
        about=Ref(ABOUT, str(poll.id)),
        waits=True,
        gestures=[gesture_of(number) for number in range(1, min(SHOWN_GESTURES, len(poll.choices)) + 1)],
    )


async def _refresh(ctx: Context | Moment, meetup: Meetup, poll: ThemePoll, text: Text | None = None) -> None:
    """The card in the room follows."""
    poll.edits += 1
    await themes.keep(ctx.tx, poll)
    if not is_there(ctx, meetup):
        return
    card = _key(poll, meetup)
    if await ctx.outbox.row(ctx.tx, card) is None:
        if text is None:
            await _put(ctx, meetup, poll)
        return
    with speaking(await language_of_room(ctx, meetup)):
        shown = text or await _card(ctx, meetup, poll)
    message = Message(shown, rings=True)
    await ctx.outbox.edit(ctx.tx, message, key=f"{card}:{poll.edits}", of=card, now=ctx.now)


# ── votes ─────────────────────────────────────────────────────────────────────────────────────────────────


rdv.belongs(ABOUT, to=themes.belongs_to, waits=themes.waits)


@rdv.title(about=ABOUT)
async def called(ctx: Context, item: str) -> str:
    poll = await themes.get(ctx.tx, item)
    meetup = await meetups.get(ctx.tx, poll.meetup) if poll is not None else None
    return _("the themes, {title}").format(title=meetup.title) if meetup is not None else item


async def _open(ctx: Context, item: str) -> tuple[ThemePoll, Meetup] | None:
    """The poll of an item, while votes of the moment at which this was sent count."""
    poll = await themes.get(ctx.tx, item)
    meetup = await meetups.get(ctx.tx, poll.meetup) if poll is not None else None
    at = min(ctx.event.sent_at, ctx.now)
    return (poll, meetup) if poll is not None and meetup is not None and themes.is_open(poll, meetup, at) else None


async def _vote(ctx: Context, item: str, choice: int, *, removed: bool) -> Reply | None:
    found = await _open(ctx, item)
    if found is None:
        return None
    poll, meetup = found
    if choice > len(poll.choices):
        if isinstance(ctx.event, MessageReceived):
            raise _no_such(choice)
        return None
    change = themes.unvote if removed else themes.vote
    if await change(ctx.tx, poll, ctx.sender, choice):
        await _refresh(ctx, meetup, poll)
    return None


@rdv.answer(about=ABOUT, makes=quotas.ANSWER, reads=is_choice)
async def vote_in_words(ctx: Context, item: str, text: str) -> Reply | None:
    """These themes and no others: whatever the person had said before is replaced."""
    found = await _open(ctx, item)
    if found is None:
        return None
    poll, meetup = found
    numbers = chosen(text, len(poll.choices))
    if numbers is None:
        raise UserError(_("Which ones? For example “1 and 3”, or “none”."))
    if max(numbers, default=0) > len(poll.choices):
        raise _no_such(max(numbers))
    for choice in range(1, len(poll.choices) + 1):
        change = themes.vote if choice in numbers else themes.unvote
        await change(ctx.tx, poll, ctx.sender, choice)
    await _refresh(ctx, meetup, poll)
    if not numbers:
        return say(_("Noted: none of these themes."))
    named = ", ".join(poll.choices[number - 1] for number in sorted(numbers))
    return say(_("Noted for these themes: {themes}.").format(themes=named)) if ctx.direct else None


def _no_such(number: int) -> UserError:
    return UserError(_("There is no number {number} in this list.").format(number=number))


def _declare(choice: int) -> None:
    gesture = gesture_of(choice)

    @rdv.reaction(gesture, about=ABOUT, makes=quotas.ANSWER)
    async def vote(ctx: Context, item: str) -> Reply | None:
        return await _vote(ctx, item, choice, removed=False)

    @rdv.reaction(gesture, about=ABOUT, removed=True)
    async def unvote(ctx: Context, item: str) -> Reply | None:
        return await _vote(ctx, item, choice, removed=True)


for _choice_number in range(1, MOST + 2):
    _declare(_choice_number)


# ── it ends ───────────────────────────────────────────────────────────────────────────────────────────────


@rdv.timer(themes.END, among=themes.community_of)
async def ended(moment: Moment, item: str) -> None:
    """Count it, and say the result once; after an outage what was sent in time is heard first."""
    poll = await themes.get(moment.tx, item)
    meetup = await meetups.get(moment.tx, poll.meetup) if poll is not None else None
    if poll is None or meetup is None or poll.status != themes.OPEN or meetup.cancelled:
        return
    if moment.late >= LATE:
        await moment.timers.set(moment.tx, themes.END, item, due_at=moment.now + LATE)
        return
    voted = {person for person, _choice in await themes.votes(moment.tx, poll)}
    slug = meetup.series.community
    gone = [person for person in sorted(voted) if await members.has_left(moment.tx, moment.directory, person, slug)]
    await themes.close(moment.tx, poll, gone=gone)
    await moment.outbox.close_cards(moment.tx, Ref(ABOUT, item))
    if not is_there(moment, meetup) or not await rooms.belongs(moment.tx, meetup.series.room_id, slug):
        return
    with speaking(await language_of_room(moment, meetup)):
        text = _result(poll, meetup)
    await _refresh(moment, meetup, poll, text)
    message, key = Message(text, rings=True), f"themes:{poll.id}:result"
    await moment.outbox.say(moment.tx, message, key=key, to=meetup.series.room_id, now=moment.now)


async def moved(ctx: Context, meetup: Meetup) -> None:
    """The meet-up has another date: themes are chosen before it at the latest."""
    poll = await themes.of_meetup(ctx.tx, meetup)
    if poll is not None and poll.status == themes.OPEN:
        await themes.arm(ctx.tx, ctx.timers, meetup, poll)
        await _refresh(ctx, meetup, poll)


async def cancelled(ctx: Context, meetup: Meetup) -> None:
    """The meet-up is cancelled: nothing is chosen any more."""
    poll = await themes.of_meetup(ctx.tx, meetup)
    if poll is None or poll.status != themes.OPEN:
        return
    await themes.drop(ctx.tx, ctx.timers, poll)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, str(poll.id)))
    with speaking(await language_of_room(ctx, meetup)):
        text = _dropped(meetup)
    await _refresh(ctx, meetup, poll, text)


def _dropped(meetup: Meetup) -> Text:
    return Text.of(_("{title} is cancelled: its themes are chosen no more.").format(title=named(meetup)))
