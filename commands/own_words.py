"""What somebody writes in their own words behind a command: checked, and told apart from the name of a step."""

from typing import Final

from bot.dispatch.answer.context import Context
from bot.errors import UserError
from bot.i18n import _
from bot.text.plain_text import fold

HELP: Final = frozenset({"aide", "help"})


def plain(word: str) -> str:
    """A word as the steps are named."""
    return fold(word).text.strip(" .,;:!?\u00a0\u202f")


def asks_help(words: str) -> bool:
    """Whether help is asked for: `!fiche aide` is no sheet about help."""
    return plain(words) in HELP


def source_of(ctx: Context) -> str:
    """The message that says it: of one that was changed, the first."""
    return ctx.replaces or ctx.event.event_id


def checked(text: str, longest: int) -> str:
    """What somebody wrote, if it is something and not too long. Raises UserError."""
    said = text.strip()
    if not any(sign.isalnum() for sign in said):
        raise UserError(_("Say it in a few words."))
    if len(said) > longest:
        sentence = _("That is {length} characters; {most} at most, so that it is read. Shorten it and send it again.")
        raise UserError(sentence.format(length=len(said), most=longest))
    return said
