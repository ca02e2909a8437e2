"""Answers words that are no command: asks about a mistyped one; answers anything in private or after a mention."""

import re
from dataclasses import replace

from bot.communities import emergency
from bot.dispatch.answer.asking_back import which_thing
from bot.dispatch.answer.asking_back.which_community import line_of
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin, end
from bot.dispatch.answer.place import something_waits
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import may, require
from bot.dispatch.answer.run_command import nowhere, run
from bot.dispatch.hear.reading import Reading, few_words
from bot.dispatch.menu import help_pages as words
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Choice, Draft, Form
from bot.dispatch.menu.menu import Unclear, Understood
from bot.dispatch.watch.closing import not_waiting
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import _
from bot.mailbox import dialogues
from bot.markup import code
from bot.text.emergency import speaks_of_emergency
from bot.text.naming import named_by

SHOWN = 160
_WORD = re.compile(r"\w")


async def unclear(ctx: Context, reading: Reading) -> Reply | None:
    """An answer to words that are no command; None if they are probably for others."""
    if ctx.direct or reading.said.named:
        return await _never_silent(ctx, reading)
    if not reading.is_command:
        return None
    if reading.said.loose:
        return await slip(ctx, reading.text)
    if reading.cries:
        return Reply(emergency.numbers())
    return await slip(ctx, reading.text) or await _usages(ctx, reading.understood)


async def _never_silent(ctx: Context, reading: Reading) -> Reply | None:
    text, read = reading.text, reading.understood
    if speaks_of_emergency(text):
        return Reply(emergency.numbers())
    if reading.alone is not None and not words.takes_words(ctx, reading.alone.command):
        return await run(ctx, reading.alone)
    if reading.is_answer or reading.is_card_word:
        return not_waiting()
    if not ctx.communities:
        return await nowhere(ctx)
    if (meant := await slip(ctx, text)) is not None:
        return meant
    if (
        isinstance(read, Unclear)
        and (reading.said.prefixed or few_words(read.rest))
        and (known := await _usages(ctx, read))
    ):
        return known
    if not _WORD.search(text):
        return say(_("I did not understand. To see what you may write to me: `help`"))
    if await something_waits(ctx):
        return _still_waiting(text)
    return await begin(ctx, LINE, {"line": f"doc {text}", "search": _short(text)})


def one_at_a_time(reply: Reply | None, second: str) -> Reply:
    """The answer to the first of several commands in one message; the second is named."""
    line = _("One command a message: to go on, send {line}").format(line=code(_short(second)))
    return replace(reply, text=Text.of(reply.text, line)) if reply is not None else say(line)


async def did_you_mean(ctx: Context, understood: Understood) -> Reply:
    """Ask whether the command is meant: another part of the sentence may deny it."""
    return await begin(ctx, LINE, {"line": line_of(ctx, understood)})


async def slip(ctx: Context, text: str) -> Reply | None:
    """Ask about the command that the words resemble, or only name it while another card waits; None without one."""
    line = ctx.menu.suggestion(text, lambda command: _offered(ctx, command))
    if line is not None and await something_waits(ctx):
        return say(_("I do not know this word. Perhaps you meant: `!{line}`").format(line=_short(line)))
    return await begin(ctx, LINE, {"line": line}) if line is not None else None


def _still_waiting(text: str) -> Reply:
    """The reply to unknown words while a yes or no is awaited: it asks no question that the yes could answer."""
    return say(
        _("I did not understand. What I showed you before still waits: ✅ yes, ❌ no"),
        _("To look for these words: {line}").format(line=code(f"doc {_short(text)}")),
    )


def _offered(ctx: Context, command: Command) -> bool:
    listed = command.listed or command.under is not None
    return listed and any(may(ctx, verb) for verb in command.verbs)


async def _usages(ctx: Context, read: Understood | Unclear | None) -> Reply | None:
    """What may follow a known command, if what was typed after it is unknown. Raises NotAllowed for the team's."""
    if not isinstance(read, Unclear):
        return None
    if words.takes_words(ctx, read.command):
        return Reply(words.unknown(ctx, read.command, read.rest))
    if ctx.communities and few_words(read.rest):
        await require(ctx, read.command.role)
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


# ── the line that is done when the person says that it is what they meant ─────────────────────────────────


async def _question(_ctx: Context, draft: Draft) -> Text:
    if "thing" in draft:
        return Text.of(_("Do you mean {thing}? ✅ yes, ❌ no").format(thing=draft["thing"]))
    if "search" not in draft:
        return Text.of(_("Did you mean {line}? ✅ yes").format(line=code(f"!{_short(draft['line'])}")))
    return Text.of(
        _("I did not understand. Shall I look for “{words}” in the resources?").format(words=draft["search"]),
        _("✅ yes, ❌ no; or else `help`"),
    )


async def _do(ctx: Context, draft: Draft) -> Reply | None:
    return await _run(ctx, draft["line"])


async def _run(ctx: Context, line: str) -> Reply | None:
    understood = ctx.menu.read(line)
    return await run(ctx, understood) if isinstance(understood, Understood) else None


def _title(_ctx: Context, draft: Draft) -> str:
    return f"!{_short(draft['line'])}"


LINE = Form(which_thing.ONE, preview=_question, done=_do, title=_title, question="", suggests=True)


# ── the thing that is meant, of several ───────────────────────────────────────────────────────────────────


async def _pick(ctx: Context, data: Draft, number: int) -> Reply | None:
    if number > len(data["lines"]):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    shown = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.LIST)
    if shown is not None and shown.name == which_thing.CHOICE:
        await end(ctx, shown, dialogues.DONE)
    return await _run(ctx, data["lines"][number - 1])


def _named(data: Draft, text: str) -> int | None:
    found = named_by(text, data["called"])
    return found[0] + 1 if found is not None and len(found) == 1 else None


THING = Choice(which_thing.CHOICE, pick=_pick, named=_named)
