"""`!idée C-2 …`: what may be asked of a challenge, or of one of its solutions, by the word that asks for it."""

import re
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from bot.challenges import Challenge, Solution, challenges, solutions
from bot.challenges.rules.challenge import Status as Life
from bot.challenges.rules.solution import Status
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.errors import UserError
from bot.i18n import _
from commands.own_words import plain

OfChallenge: TypeAlias = Callable[[Context, Challenge, str], Awaitable[Reply | None]]
OfSolution: TypeAlias = Callable[[Context, Challenge, Solution, str], Awaitable[Reply | None]]

STEPS: Final[dict[str, OfChallenge]] = {}
"""What is asked of a challenge by a word; without words it is shown, and other words are a solution (`NEW`)."""
SOLUTION_STEPS: Final[dict[str, OfSolution]] = {}
"""The same of a solution, behind its number: `!idée C-2 3 avec @ben`."""
SHOW, NEW = "", "*"
_RANK: Final = re.compile(r"(?:n\s?°|no\.?|n[°º]?|solution|#)?\s*(?P<rank>\d{1,3})(?:\s+(?P<rest>\S.*))?", re.I | re.S)


def step(*words: str) -> Callable[[OfChallenge], OfChallenge]:
    """Declare what `!idée C-2 <word> …` does."""

    def declare(handler: OfChallenge) -> OfChallenge:
        STEPS.update({plain(word) if word not in (SHOW, NEW) else word: handler for word in words})
        return handler

    return declare


def solution_step(*words: str) -> Callable[[OfSolution], OfSolution]:
    """Declare what `!idée C-2 3 <word> …` does."""

    def declare(handler: OfSolution) -> OfSolution:
        SOLUTION_STEPS.update({plain(word) if word != SHOW else word: handler for word in words})
        return handler

    return declare


_I_VOTE: Final = re.compile(r"(?:je\s?vote|i\s?vote|m(?:on|es)\svotes?|my\svotes?)\s?:?\s(?P<rest>[^\n]{1,60})", re.I)
"""« je vote pour la 2 », while one votes."""


async def by_number(ctx: Context, number: str, words: str) -> Reply | None:
    """Show it, or do what the words ask for. Raises UserError."""
    found = await seen(ctx, number, lock=bool(words))
    if found.status == Life.VOTING and (said := _I_VOTE.fullmatch(words)) is not None:
        words = f"vote {said['rest']}"
    first, _space, rest = words.partition(" ")
    if (step := STEPS.get(plain(first) if words else SHOW)) is not None:
        return await step(ctx, found, rest.strip())
    if (of_solution := _of_solution(words)) is not None:
        rank, handler, rest = of_solution
        return await handler(ctx, found, await of_rank(ctx, found, rank), rest)
    return await STEPS[NEW](ctx, found, words)


def _of_solution(words: str) -> tuple[int, OfSolution, str] | None:
    """The number of a solution, and what is asked of it; None for words that are a solution themselves."""
    found = _RANK.fullmatch(words)
    if found is None:
        return None
    first, _space, rest = (found["rest"] or "").partition(" ")
    handler = SOLUTION_STEPS.get(plain(first) if first else SHOW)
    return (int(found["rank"]), handler, rest.strip()) if handler is not None else None


async def seen(ctx: Context, number: str, *, lock: bool = False) -> Challenge:
    """The challenge of a number, if it belongs to a community of this room or person. Raises UserError."""
    found = await challenges.get(ctx.tx, number, lock=lock)
    if found is None or found.community not in {one.slug for one in ctx.communities}:
        raise unknown(number)
    return found


def unknown(number: str) -> UserError:
    """What is said of a challenge that is not there, or of another community."""
    return UserError(_("I know of no challenge C-{number} here. To see them: `!challenge`").format(number=number))


async def of_rank(ctx: Context, found: Challenge, rank: int) -> Solution:
    """The solution of a number that was not withdrawn. Raises UserError."""
    one = await solutions.of_rank(ctx.tx, found, rank)
    if one is None or one.status == Status.WITHDRAWN:
        raise UserError(
            _("{challenge} has no solution {rank}. To see them: `!{challenge}`").format(
                challenge=challenges.number(found), rank=rank
            )
        )
    return one
