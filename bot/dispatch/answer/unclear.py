"""What we answer when words are no command: a slip is asked about, and in private or after a mention never silence."""

import re

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights import may
from bot.dispatch.answer.run_command import nowhere, run
from bot.dispatch.hear.address import Addressed
from bot.dispatch.menu import help_pages as words
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft, Form
from bot.dispatch.menu.menu import Menu, Unclear, Understood
from bot.dispatch.watch.closing import not_waiting
from bot.events.answers import is_answer
from bot.events.gestures import plain_answer
from bot.events.messages import Text
from bot.i18n import _
from bot.text.emergency import speaks_of_emergency
from bot.text.typos import is_ordinary

SHOWN = 160
COURTESY = 3
"""Words: `s'il vous plaît`."""
_WORD = re.compile(r"\w")
_THANKS = frozenset({"merci", "merci beaucoup", "merci bien", "thanks", "thank you", "super", "parfait", "genial"})


def is_for_us(menu: Menu, said: Addressed) -> bool:
    """Whether words behind the prefix are meant for us: a command, a slip of one, an emergency.

    French puts a space after any exclamation mark, so with one only whole commands count, and a slip at their
    beginning where a name of ours follows it.
    """
    read = menu.read(said.text)
    if isinstance(read, Understood):
        return not said.loose or not read.rest or read.wants_words or menu.is_whole(read)
    if said.loose:
        line = menu.suggestion(said.text, lambda command: True) if read is None else None
        meant = menu.read(line) if line is not None else None
        return isinstance(meant, Understood) and menu.is_whole(meant)
    if isinstance(read, Unclear) and (read.command.under or _few_words(read.rest)):
        return True
    return _cries(said.text) or menu.suggestion(said.text, lambda command: True) is not None


async def unclear(ctx: Context, said: Addressed, read: Unclear | None) -> Reply | None:
    """An answer to words that are no command, None when they are better left alone."""
    if ctx.direct or said.named:
        return await _never_silent(ctx, said, read)
    if not is_for_us(ctx.menu, said):
        return None
    if said.loose:
        return await slip(ctx, said.text)
    if _cries(said.text):
        return emergency()
    return await slip(ctx, said.text) or _usages(ctx, read)


async def _never_silent(ctx: Context, said: Addressed, read: Unclear | None) -> Reply | None:
    if speaks_of_emergency(said.text):
        return emergency()
    if plain_answer(said.text) in _THANKS:
        return say(_("With pleasure. To see what you may write to me: help"))
    alone = _alone(ctx, said.text, read)
    if alone is not None:
        return await run(ctx, alone)
    if is_answer(said.text):
        return not_waiting()
    if not ctx.communities:
        return await nowhere(ctx)
    if (meant := await slip(ctx, said.text)) is not None:
        return meant
    if read is not None and (said.prefixed or _few_words(read.rest)) and (known := _usages(ctx, read)):
        return known
    if not _WORD.search(said.text):
        return say(_("I did not understand. To see what you may write to me: help"))
    return await begin(ctx, LINE, {"line": f"doc {said.text}", "search": _short(said.text)})


def _alone(ctx: Context, text: str, read: Unclear | None) -> Understood | None:
    """A word that stands alone, said with a courtesy or a name behind it: `stop merci`, `bonjour Relais`."""
    if read is None or len(read.rest.split()) > COURTESY or words.takes_words(ctx, read.command):
        return None
    found = ctx.menu.read(read.command.path)
    return found if isinstance(found, Understood) else None


async def slip(ctx: Context, text: str) -> Reply | None:
    """A question, if the words resemble something that the person may do; None if they do not."""
    line = ctx.menu.suggestion(text, lambda command: _offered(ctx, command))
    return await begin(ctx, LINE, {"line": line}) if line is not None else None


def _offered(ctx: Context, command: Command) -> bool:
    listed = command.listed or command.under is not None
    return listed and any(may(ctx, verb) for verb in command.verbs)


def _usages(ctx: Context, read: Unclear | None) -> Reply | None:
    """The ways of saying a word that we know, when what follows it is not one of them."""
    if read is None or not words.takes_words(ctx, read.command):
        return None
    return Reply(words.unknown(ctx, read.command, read.rest))


def emergency() -> Reply:
    """The numbers to call; nothing is passed on."""
    return say(
        _("I cannot deal with an emergency: volunteers answer within several days. I have passed nothing on."),
        _(
            "Life-threatening emergency: 15 or 112, or 114 by text message "
            "(people who are deaf, hard of hearing or cannot speak)."
        ),
        _("Mental distress, suicidal thoughts, for you or somebody close: 3114, free, day and night."),
    )


def _cries(text: str) -> bool:
    """`!sos` and the like; the word alone decides, since a room's sentences are not read."""
    return plain_answer(text.partition(" ")[0]) in ("sos", "urgent", "urgence", "urgences")


def _few_words(rest: str) -> bool:
    words = rest.split()
    return len(words) <= 2 and not is_ordinary(plain_answer(words[0])) if words else True


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


# ── the line that is done when the person says that it is what they meant ─────────────────────────────────


async def _question(_ctx: Context, draft: Draft) -> Text:
    if "search" not in draft:
        return Text.of(_("Did you mean “!{line}”? Answer “yes” (✅).").format(line=_short(draft["line"])))
    return Text.of(
        _("I did not understand this sentence as a command."),
        _("Shall I look for “{words}” in the resources? Answer “yes” (✅), or write “help”.").format(
            words=draft["search"]
        ),
    )


async def _do(ctx: Context, draft: Draft) -> Reply | None:
    understood = ctx.menu.read(draft["line"])
    return await run(ctx, understood) if isinstance(understood, Understood) else None


def _title(_ctx: Context, draft: Draft) -> str:
    return f"!{_short(draft['line'])}"


LINE = Form("line", preview=_question, done=_do, title=_title, question="")
