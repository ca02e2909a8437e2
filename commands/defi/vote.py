"""⭐ under a solution, or `!idée C-2 vote 3`: votes, given and taken back while the vote lasts."""

import re
from collections.abc import Sequence

from bot import quotas
from bot.challenges import Challenge, Solution, challenges, solutions, steps, texts_vote, votes
from bot.challenges.rules.challenge import CHALLENGE, SOLUTIONS_END, VOTE_END, Party, Status
from bot.challenges.rules.solution import SOLUTION
from bot.challenges.rules.vote import Refusal
from bot.communities.tell import aloud, tell
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import within
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from commands.defi.challenge import command as challenge
from commands.defi.numbered import NEW, STEPS, of_rank, solution_step, step

_NUMBER = re.compile(r"\d{1,3}")
_NOT = re.compile(r"(?:pas|plus|sans|retirer|annuler|not|without|remove)\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:pour|sur|la|le|les|et|solutions?|num[ée]ros?|nos?|for|the|and|numbers?|merci|svp|please)\b|n\s?[°º]|[#,;:.!&]",
    re.IGNORECASE,
)
MOST_NUMBERS = 10


@step("vote")
async def vote(ctx: Context, found: Challenge, rest: str) -> Reply | None:
    return await _votes(ctx, found, "vote", rest)


@step("votes", "voting")
async def votes_(ctx: Context, found: Challenge, rest: str) -> Reply | None:
    return await _votes(ctx, found, "votes", rest)


@step("voter")
async def voter(ctx: Context, found: Challenge, rest: str) -> Reply | None:
    return await _votes(ctx, found, "voter", rest)


@solution_step("vote", "votes", "voter", "+", "⭐")
async def for_this_one(ctx: Context, found: Challenge, one: Solution, rest: str) -> Reply | None:
    return await _votes(ctx, found, "vote", f"{one.rank} {rest}".strip())


async def _votes(ctx: Context, found: Challenge, word: str, rest: str) -> Reply | None:
    """Vote for the solutions of these numbers, or take the votes back; without a number one's votes."""

    if rest and found.status == Status.OPEN and not _NUMBER.search(rest):
        return await STEPS[NEW](ctx, found, f"{word} {rest}")  # « voter les plannings en équipe » is a solution

    async def make() -> Reply:
        return await _vote(ctx, found, rest)

    return await within(ctx, quotas.ANSWER if rest else None, make)


async def _vote(ctx: Context, found: Challenge, rest: str) -> Reply:
    if found.discreet and not ctx.direct:
        return Reply(texts_vote.in_private(found))
    before, numbers = await votes.of_person(ctx.tx, found, ctx.sender), _numbers(found, rest)
    for rank in numbers:
        one = await of_rank(ctx, found, rank)
        if _NOT.match(rest):
            await _take_back(ctx, found, one)
        else:
            await _give(ctx, found, one, before, several=len(numbers) > 1)
    return await _mine(ctx, found, Ref(CHALLENGE, str(found.id)) if numbers else None)


def _numbers(found: Challenge, rest: str) -> list[int]:
    """The numbers that the words name, each once. Raises UserError for words that may mean something else, as « contre
    3 », « 1 pas 2 » or « 1 à 3 » do."""
    typed = _AROUND.sub(" ", _NOT.sub(" ", rest, count=1) if _NOT.match(rest) else rest).split()
    if rest and not (typed and all(map(_NUMBER.fullmatch, typed))):
        raise UserError(
            _("Vote by number: `!idea {number} vote 3`. To see the solutions: `!{number}`").format(
                number=challenges.number(found)
            )
        )
    return list(dict.fromkeys(map(int, typed)))[:MOST_NUMBERS]


async def _take_back(ctx: Context, found: Challenge, one: Solution) -> None:
    at = min(ctx.event.sent_at, ctx.now)
    if not votes.is_open(found, at):
        raise UserError(texts_vote.not_now(found, await challenges.zone_of(ctx.tx, found)))
    await votes.take_back(ctx.tx, found, one, ctx.sender, at=at)


async def _give(ctx: Context, found: Challenge, one: Solution, before: Sequence[Solution], *, several: bool) -> None:
    """Raises UserError for a vote that is not counted; then none of the message is: the votes are those of `before`."""
    why_not = await votes.give(ctx.tx, found, one, ctx.sender, at=min(ctx.event.sent_at, ctx.now))
    if why_not is None or (several and why_not is Refusal.ALREADY):
        return
    none = _("None of the votes of this message is counted.") if several else ""
    raise UserError(f"{await _why(ctx, found, why_not, before)} {none}".strip())


async def _why(ctx: Context, found: Challenge, why_not: Refusal, given: Sequence[Solution]) -> str:
    return texts_vote.refused(found, why_not, given, await challenges.zone_of(ctx.tx, found))


async def _mine(ctx: Context, found: Challenge, about: Ref | None) -> Reply:
    """One's votes; `about` the challenge if one was given: whoever deletes that message reads that it counts."""
    if found.status != Status.VOTING:
        raise UserError(texts_vote.not_now(found, await challenges.zone_of(ctx.tx, found)))
    return Reply(texts_vote.mine(found, await votes.of_person(ctx.tx, found, ctx.sender)), about=about)


# ── ⭐ ─────────────────────────────────────────────────────────────────────────────────────────────────────


@challenge.reaction(Gesture.SUPPORT, about=SOLUTION, makes=quotas.ANSWER)
async def star(ctx: Context, item: str) -> Reply | None:
    """Words are answered where they stand; of a ⭐ that is not counted its owner learns in private why."""
    one, found = await _locked(ctx, item)
    if one is None or found is None:
        return None
    if isinstance(ctx.event, MessageReceived):
        return await _vote(ctx, found, str(one.rank))
    if found.discreet and found.status == Status.VOTING:
        await _not_counted(ctx, texts_vote.in_private(found))
        return None
    why_not = await votes.give(ctx.tx, found, one, ctx.sender, at=min(ctx.event.sent_at, ctx.now))
    if why_not is not None and why_not is not Refusal.ALREADY:
        given = await votes.of_person(ctx.tx, found, ctx.sender)
        await _not_counted(ctx, Text.of(await _why(ctx, found, why_not, given)))
    return None


@challenge.reaction(Gesture.SUPPORT, about=SOLUTION, removed=True)
async def no_star(ctx: Context, item: str) -> None:
    one, found = await _locked(ctx, item)
    if one is not None and found is not None:
        await votes.take_back(ctx.tx, found, one, ctx.sender, at=min(ctx.event.sent_at, ctx.now))


async def _locked(ctx: Context, item: str) -> tuple[Solution | None, Challenge | None]:
    one = await solutions.get(ctx.tx, item)
    return one, await challenges.get(ctx.tx, one.challenge, lock=True) if one is not None else None


async def _not_counted(ctx: Context, text: Text) -> None:
    """Said in private, and below in the room only to whoever cannot be reached there."""
    await tell(
        ctx,
        ctx.sender,
        lambda: text,
        key=f"star:{ctx.event.event_id}",
        language=ctx.language,
        rings=False,
        otherwise=aloud(ctx.room_id, lambda: text, ctx.sender, language=ctx.language),
    )


# ── its dates ─────────────────────────────────────────────────────────────────────────────────────────────


@challenge.timer(SOLUTIONS_END, among=challenges.slug_of)
async def solutions_end(moment: Moment, item: str) -> None:
    found = await challenges.get(moment.tx, item, lock=True)
    if found is None or found.status != Status.OPEN or await _was_away(moment, SOLUTIONS_END, item):
        return
    await steps.solutions_end(moment, found)


@challenge.timer(VOTE_END, among=challenges.slug_of)
async def vote_end(moment: Moment, item: str) -> None:
    found = await challenges.get(moment.tx, item, lock=True)
    if found is None or found.status != Status.VOTING or await _was_away(moment, VOTE_END, item):
        return
    await steps.close(moment, found, by={Party.SYSTEM})


async def _was_away(moment: Moment, kind: str, item: str) -> bool:
    """After an outage, what was said in time is heard first: the date waits a little."""
    if moment.late < steps.LATE:
        return False
    await moment.timers.set(moment.tx, kind, item, due_at=moment.now + steps.LATE)
    return True
