"""« Quelle rencontre ? »: asks which of several things somebody means, then does what they had asked for."""

from dataclasses import replace

from bot.dispatch.answer.asking_back.which_community import line_of
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin, offer
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.menu import Understood
from bot.errors import SeveralMeant
from bot.events.text import Text, numbered
from bot.i18n import _

CHOICE, ONE = "thing", "line"
"""The list of things, and the form that asks about a single one: `asking_back.unclear` says what they do."""
SHOWN = 5


async def ask(ctx: Context, understood: Understood, several: SeveralMeant) -> Reply:
    """The question, with the command that is run on the thing that the person chooses. Raises `several` for none."""
    shown = several.things[:SHOWN]
    lines = [line_of(ctx, _about(understood, thing.reference)) for thing in shown]
    choice, one = ctx.menu.choice(CHOICE), ctx.menu.form(ONE)
    if not shown or choice is None or one is None:
        raise several
    if len(several.things) == 1:
        return await begin(ctx, one, {"line": lines[0], "thing": shown[0].title})
    text = Text.of(
        str(several),
        numbered(thing.title for thing in shown),
        _("Answer with its number, its name or its day.") if ctx.direct else _("Answer with its number."),
    )
    return await offer(ctx, choice, {"lines": lines, "called": [thing.called for thing in shown]}, text)


def _about(understood: Understood, reference: str) -> Understood:
    return replace(understood, rest=f"{reference} {understood.rest}".strip())
