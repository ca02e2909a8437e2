"""Help: the words that a person may use here and now, derived from the menu, and nothing else."""

from functools import partial

from bot.dispatch.command import Command, Verb
from bot.dispatch.context import Context
from bot.dispatch.rights import may
from bot.domain.messages import Text
from bot.i18n import _

AT_ONCE = 8
"""Verbs of a word in one message, which has twelve lines at most."""


def overview(ctx: Context) -> Text:
    """One line a word, each with something to try."""
    found = sorted(filter(partial(_listed, ctx), ctx.menu), key=lambda command: command.place)
    lines = [_line(command) for command in found]
    detailed = next((command for command in found if command.examples), None)
    detail = _("For a detailed example: !help {word}").format(word=shown(detailed)) if detailed else ""
    return Text.of(
        _("Here is what you may write to me:"),
        *lines,
        _("Capital letters and accents do not matter. To stop an entry: cancel"),
        detail,
        _("To reach the community's team or data protection: !help contact") if ctx.communities else "",
        _(
            "I do not deal with emergencies. Life-threatening emergency: 15 or 112, or 114 by text message. "
            "Distress, suicidal thoughts: 3114."
        ),
    )


def _listed(ctx: Context, command: Command) -> bool:
    """A part of a word only where there is no community, and so little else."""
    whole = command.under is None or not ctx.communities
    return whole and command.listed and command.place > 0 and bool(verbs(ctx, command))


def about(ctx: Context, command: Command, *, rest: bool = False) -> Text | None:
    """One word with its verbs and two examples, or the `rest` of its verbs where they are too many for one message.

    None when the person may do nothing with it here.
    """
    found = verbs(ctx, command)
    if not found:
        return None
    usages = [
        _("!{usage}: {summary}").format(usage=_(verb.usage), summary=_(verb.summary)) for verb in found if verb.usage
    ]
    below = [
        _("!{usage}: {summary}").format(usage=shown(part), summary=_(part.summary))
        for part in ctx.menu
        if part.under == command.word and verbs(ctx, part)
    ]
    lines = [*usages, *below]
    if rest:
        return Text.of(*lines[AT_ONCE:])
    return Text.of(
        _("!{word}: {summary}").format(word=shown(command), summary=_(command.summary)),
        *lines[:AT_ONCE],
        *(_("For example: !{example}").format(example=_(example)) for example in command.examples),
        _("What follows: !help {word} more").format(word=shown(command)) if len(lines) > AT_ONCE else "",
    )


def verbs(ctx: Context, command: Command) -> list[Verb]:
    """What the person may do with a word, here and now."""
    return [verb for verb in command.verbs if may(ctx, verb)]


def shown(command: Command) -> str:
    """The word as it is typed, in the reader's language; its usage begins with it."""
    if command.shown:
        return _(command.shown)
    usage = next((verb.usage for verb in command.verbs if verb.usage and not verb.words), "")
    return " ".join(_(usage).split()[: len(command.path.split())]) if usage else command.path


def _line(command: Command) -> str:
    example = _(command.examples[0]) if command.examples else shown(command)
    return _("!{word}: {summary}").format(word=example, summary=_(command.summary))
