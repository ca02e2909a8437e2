"""What members do with a sheet that they name: `!fiche F-12 …`, step by step, each found by the words for it."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.rights import leads
from bot.i18n import _
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.rules.sheet import Party
from commands.own_words import plain

Parties: TypeAlias = set[Party]
Step: TypeAlias = Callable[[Context, Sheet, Parties, str], Awaitable[Reply | None]]
"""What somebody who is these parties to the sheet asks for, with these words behind."""

STEPS: Final[dict[str, Step]] = {}
"""Each step by the words that ask for it, in both languages, folded."""


def step(*words: str) -> Callable[[Step], Step]:
    """Declare what `!fiche F-12 <word> …` does."""

    def declare(handler: Step) -> Step:
        STEPS.update(dict.fromkeys(map(plain, words), handler))
        return handler

    return declare


async def parties(ctx: Context, sheet: Sheet) -> Parties:
    """What the sender is to a sheet at this moment."""
    community = await sheets.community_of(ctx.tx, sheet)
    return await steps.parties(ctx, sheet, ctx.sender, leads=await leads(ctx, community))


def too_late(ctx: Context, sheet: Sheet | None) -> Reply | None:
    """In private nobody is left without an answer who comes after another; in a room all have seen what came of it."""
    return Reply(texts.too_late(sheet)) if sheet is not None and ctx.direct else None


def what_next(sheet: Sheet) -> str:
    """What its author does next with it."""
    number = sheets.number(sheet)
    if sheets.missing(sheet):
        return _("To go on: `!sheet {number} go on`").format(number=number)
    return _("Once it is ready: `!sheet {number} submit`").format(number=number)
