"""`!idée liste Bretagne`, `territorialité`, `irritants`: the open ones of a territory, a stake or a kind."""

from functools import partial

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.i18n import N_
from bot.ideas import Idea
from bot.ideas.rules.idea import Kind
from bot.registers import territories, typed_territory
from commands.idee.idea import command as idea
from commands.idee.phrases import LIST
from commands.idee.shown import Wanted, overview
from commands.own_words import plain

_KINDS = {
    **dict.fromkeys(("irritant", "irritants"), Kind.IRRITANT),
    **dict.fromkeys(("idee", "idees", "idea", "ideas"), Kind.IDEA),
    **dict.fromkeys(("communaute", "communautes", "community", "communities"), Kind.COMMUNITY),
}
_AT_STAKE = ("territorialite", "territoriality", "territorial")


@idea.verb(
    "liste",
    "lister",
    "list",
    usage=N_("idea list <territory>"),
    summary=N_("see those of a territory, or irritants"),
    phrases=LIST,
)
async def listed(ctx: Context, words: Rest = NOTHING) -> Reply:
    return await overview(ctx, _wanted(words) if words else None)


def _wanted(words: str) -> Wanted:
    """Which ones the words ask for. Raises UserError for no territory that is known."""
    said = plain(words)
    if said in _AT_STAKE:
        return _is_territorial
    if said in _KINDS:
        return partial(_is_of_kind, _KINDS[said])
    return partial(_is_near, typed_territory.read(words).code)


def _is_territorial(one: Idea) -> bool:
    return one.territorial


def _is_of_kind(kind: Kind, one: Idea) -> bool:
    return one.kind == kind


def _is_near(code: str, one: Idea) -> bool:
    return one.territory is not None and territories.near_each_other(one.territory, code)
