"""« contribution : … » in the thread of the card, or `!rdv R-9 C-2 …`: on the day, a solution or a note."""

from datetime import datetime

from bot import quotas
from bot.challenges import Challenge, challenges, solutions
from bot.challenges.days import days
from bot.challenges.rules.challenge import CHALLENGE, Status
from bot.challenges.rules.day import CONTRIBUTION, is_contribution, mentioned, on_the_day, take_one
from bot.challenges.rules.solution import SAID as SOLUTION_SAID
from bot.challenges.texts import titled as challenge_titled
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.meetups import meetups, notes
from bot.meetups.meetups import Meetup
from commands.defi.challenge import command as challenge
from commands.defi.solution import LONGEST, give
from commands.own_words import checked, source_of
from commands.rdv.overview import command as rdv
from commands.rdv.texts import titled
from commands.rdv.which import ABOUT, which

NOTED = "meetup-contribution"
"""Our answer to a contribution that became a note."""


@rdv.verb(
    "contribution",
    usage=N_("rdv R-7 contribution C-2 …"),
    summary=N_("contribute to a challenge on the day; also `!rdv R-7 C-2 …`"),
    makes=quotas.IDEA,
)
async def contribution(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    meetup, rest = await which(ctx, words, over=True)
    number, said = take_one(rest)
    return await _contribute(ctx, meetup, number, said)


@rdv.answer(about=ABOUT, makes=quotas.IDEA, reads=is_contribution, in_thread=True)
async def below_the_meetup(ctx: Context, item: str, text: str) -> Reply | None:
    meetup = await meetups.get(ctx.tx, int(item))
    number, said = _read(text)
    return await _contribute(ctx, meetup, number, said) if meetup is not None else None


@challenge.answer(about=CHALLENGE, makes=quotas.IDEA, reads=is_contribution, in_thread=True)
async def below_the_challenge(ctx: Context, item: str, text: str) -> Reply | None:
    _number, said = _read(text)
    at = min(ctx.event.sent_at, ctx.now)
    held = [meetup for meetup in await days.meetups_of(ctx.tx, int(item)) if _is_on(meetup, at)]
    if held:
        return await _contribute(ctx, held[0], int(item), said)
    found = await challenges.get(ctx.tx, item, lock=True)
    return await give(ctx, found, said) if found is not None else None


@challenge.answer(about=SOLUTION_SAID, makes=quotas.IDEA, reads=is_contribution)
async def worded_anew(ctx: Context, item: str, text: str) -> Reply | None:
    """The message that became a solution was edited."""
    one = await solutions.get(ctx.tx, item)
    found = await challenges.get(ctx.tx, one.challenge, lock=True) if one is not None else None
    return await give(ctx, found, _read(text)[1]) if found is not None else None


@rdv.answer(about=NOTED, makes=quotas.IDEA, reads=is_contribution)
async def noted_anew(ctx: Context, item: str, text: str) -> Reply | None:
    """The message that became a note was edited."""
    note = await notes.by_source(ctx.tx, source_of(ctx))
    meetup = await meetups.get(ctx.tx, note.meetup) if note is not None else None
    if note is None or meetup is None or note.author != ctx.sender:
        return None
    number, said = _read(text)
    number = number if number is not None else min(mentioned(note.text), default=None)
    return await _contribute(ctx, meetup, number, said)


rdv.belongs(NOTED, to=notes.belongs_to)


@rdv.title(about=NOTED)
async def title(ctx: Context, item: str) -> str:
    note = await notes.get(ctx.tx, int(item))
    return note.text[:60] if note is not None else item


@rdv.taken_back(NOTED)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """What notes were made of a deleted message is taken back where proposals are (`commands.rdv.programme`)."""
    return None


def _read(text: str) -> tuple[int | None, str]:
    """The challenge that a contribution names, and its words."""
    found = CONTRIBUTION.match(text)
    assert found is not None
    return take_one(found["about"])[0], found["words"]


def _is_on(meetup: Meetup, at: datetime) -> bool:
    return not meetup.cancelled and on_the_day(at, meetup.start, meetup.over_at, meetup.zone)


async def _contribute(ctx: Context, meetup: Meetup, number: int | None, words: str) -> Reply:
    """To a challenge of the meet-up: a solution while they are taken, else a note. Raises UserError."""
    found = await _meant(ctx, meetup, number)
    at = min(ctx.event.sent_at, ctx.now)
    if not _is_on(meetup, at):
        raise UserError(
            _(
                "Contributions to {title} ({reference}) are made that day. A solution at any time: `!idea {number} …`"
            ).format(number=challenges.number(found), **titled(meetup))
        )
    if found.status == Status.ABANDONED:
        raise UserError(
            _("{challenge} is given up: nobody works on it any more.").format(challenge=challenge_titled(found))
        )
    if (
        found.status == Status.OPEN
        and at < found.solutions_until
        and await notes.by_source(ctx.tx, source_of(ctx)) is None
    ):
        return await give(ctx, found, words)
    return await _note(ctx, meetup, found, checked(words, LONGEST))


async def _meant(ctx: Context, meetup: Meetup, number: int | None) -> Challenge:
    """The challenge named, else that of one's table, else the only one, locked. Raises UserError."""
    carried = [one.id or 0 for one in await days.of_meetup(ctx.tx, meetup)]
    seat = await days.seat(ctx.tx, meetup, ctx.sender)
    number = number if number is not None else seat.challenge if seat is not None else None
    number = carried[0] if number is None and len(carried) == 1 else number
    if not carried:
        raise UserError(_("{title} ({reference}) is about no challenge.").format(**titled(meetup)))
    if number not in carried:
        names = ", ".join(f"C-{one}" for one in carried)
        raise UserError(
            _("To which challenge? Name it, for example “contribution {number}: …”. Those of this day: {names}").format(
                number=f"C-{carried[0]}", names=names
            )
        )
    found = await challenges.get(ctx.tx, number, lock=True)
    assert found is not None
    return found


async def _note(ctx: Context, meetup: Meetup, found: Challenge, words: str) -> Reply:
    """Noted for the minutes: the vote has begun, or is over. A message that is edited rewrites its note."""
    name, source = challenges.number(found), source_of(ctx)
    text = words if found.id in mentioned(words) else f"{name} : {words}"
    before = await notes.by_source(ctx.tx, source)
    if before is not None:
        await notes.rewrite(ctx.tx, before, notes.INFO, text)
    else:
        await notes.add(ctx.tx, meetup, notes.INFO, text, author=ctx.sender, source=source, now=ctx.now)
    note = await notes.by_source(ctx.tx, source)
    assert note is not None
    said = Text.of(
        _("**Noted** for the minutes of {title} ({reference}): {challenge} takes no more solutions.").format(
            challenge=name, **titled(meetup)
        ),
        _("To change it, edit your message; to withdraw it, delete it."),
    )
    return Reply(said, about=Ref(NOTED, str(note.id)))
