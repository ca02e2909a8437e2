"""`!E-3 …`: what may be asked of a team, by the word that asks for it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.rights import leads
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.i18n import _
from bot.resources.texts import one_line
from bot.teams import Team, members, records, texts
from bot.teams.rules.team import Party, Refusal
from commands.own_words import plain

Step: TypeAlias = Callable[[Context, Team, str], Awaitable[Reply | None]]

STEPS: Final[dict[str, Step]] = {}
"""Each step by the word that asks for it, in both languages, folded."""


def step(*words: str) -> Callable[[Step], Step]:
    """Declare what `!E-3 <word> …` does."""

    def declare(handler: Step) -> Step:
        STEPS.update(dict.fromkeys(map(plain, words), handler))
        return handler

    return declare


async def by_number(ctx: Context, number: str, words: str) -> Reply | None:
    """Take the step that the words ask for. Raises UserError."""
    team = await seen(ctx, number, lock=True)
    first, _space, rest = words.partition(" ")
    found = STEPS.get(plain(first))
    if found is None:
        sentence = _("I do not know what you mean by “{word}”. For example: `!{number} point we begin on Monday`")
        raise UserError(sentence.format(word=one_line(words, longest=40), number=records.number(team)))
    return await found(ctx, team, rest.strip(" :"))


async def seen(ctx: Context, number: str, *, lock: bool = False) -> Team:
    """The one of a number, if it belongs to a community of this room or person. Raises UserError."""
    team = await records.get(ctx.tx, number, lock=lock)
    if team is None or team.community not in {found.slug for found in ctx.communities}:
        raise UserError(_("I know of no team E-{number} here. To see them: `!team`").format(number=number))
    return team


async def parties(ctx: Context, team: Team) -> set[Party]:
    """What the sender is to it, at this moment."""
    found = {
        Party.MEMBER: await members.is_in(ctx.tx, team, ctx.sender),
        Party.MODERATOR: await leads(ctx, await records.community_of(ctx.tx, team)),
    }
    return {party for party, true in found.items() if true}


async def require_part(ctx: Context, team: Team) -> set[Party]:
    """The same of somebody who must be something to it. Raises UserError."""
    if not (found := await parties(ctx, team)):
        raise UserError(texts.refused(team, Refusal.NOT_ALLOWED))
    return found


async def require_moderator(ctx: Context, team: Team) -> None:
    """Raise UserError for whoever does not lead the community."""
    if Party.MODERATOR not in await parties(ctx, team):
        raise UserError(_("Only the moderators of the community do this to a team."))


async def community_of(tx: Any, draft: Draft) -> str | None:
    """The community whose members may be written to about the team of a draft."""
    return await records.slug_of(tx, str(draft["team"])) if "team" in draft else None
