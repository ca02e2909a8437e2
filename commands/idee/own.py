"""`!idée mes`, and what its author may still say of one: the territory, and what is at stake."""

from collections.abc import Sequence
from functools import partial

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.errors import UserError
from bot.events.text import Text, bullets
from bot.i18n import N_, _
from bot.ideas import Idea, cards, ideas, texts
from bot.ideas.rules.idea import OPEN, Refusal
from bot.registers import typed_territory
from commands.idee.decide import parties
from commands.idee.idea import command as idea
from commands.idee.numbered import team_step
from commands.idee.phrases import MINE
from commands.own_words import plain
from commands.private import privately

SHOWN = 20


@idea.verb(
    "mes", "mine", usage=N_("idea mine"), summary=N_("see what you reported, and what became of it"), phrases=MINE
)
async def mine(ctx: Context) -> Reply:
    """In private: among them are those that nobody else knows to be theirs."""
    found = await ideas.of_person(ctx.tx, ctx.sender)
    never_here = _("I say it in private alone, and cannot write to you there. Open a conversation with me.")
    return await privately(ctx, partial(_listed, found), never_here=never_here)


async def _listed(found: Sequence[Idea]) -> Text:
    if not found:
        return Text.of(_("You have reported nothing yet. To begin: `!idea irritant …`"))
    return Text.of(_("What you reported:"), bullets(*map(_line, found[:SHOWN])))


def _line(one: Idea) -> str:
    discreet = _(", without your name") if one.discreet else ""
    return f"{texts.titled(one)}{discreet}. {texts.standing(one)}".strip()


@team_step("territoire", "territory")
async def territory(ctx: Context, found: Idea, rest: str) -> Reply:
    await _require(ctx, found)
    found.territory = typed_territory.read(rest).code if rest else None
    return await _noted(ctx, found)


@team_step("territorialité", "territoriality", "enjeu")
async def at_stake(ctx: Context, found: Idea, rest: str) -> Reply:
    await _require(ctx, found)
    found.territorial = plain(rest) not in ("non", "no")
    return await _noted(ctx, found)


async def _require(ctx: Context, found: Idea) -> None:
    if found.status not in OPEN:
        raise UserError(texts.refused(found, Refusal.WRONG_STATUS))
    if not await parties(ctx, found):
        raise UserError(texts.refused(found, Refusal.NOT_ALLOWED))


async def _noted(ctx: Context, found: Idea) -> Reply:
    await cards.refresh(ctx, found)
    details = [line for line in texts.details(found) if line]
    return say(_("Noted: {title}.").format(title=texts.titled(found)), *(details or [_("It is for no territory.")]))
