"""Help: the words that a person may use here and now, derived from the menu, and nothing else."""

from functools import partial
from itertools import accumulate
from textwrap import wrap

from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.rights.rights import holds, may
from bot.dispatch.menu.command import Command, Verb
from bot.events.text import Text, bullets
from bot.i18n import _

COLUMNS, LINES = 40, 12
"""What a phone shows at once."""
LONGEST_UNKNOWN = 30
WORDS_AT_ONCE = 24
"""Characters of the next words that `unknown` lists."""


def overview(ctx: Context) -> Text:
    """The commands that the person may use, one line each."""
    found = sorted(filter(partial(_listed, ctx), ctx.menu), key=lambda command: command.place)
    detailed = next((command for command in found if command.examples), None)
    examples = _("Your own words will do. Examples: `!help {word}`") if ctx.direct else _("Examples: `!help {word}`")
    return Text.of(
        _("**Here is what you may write to me**:"),
        bullets(*(_usage(shown(command), command.summary) for command in found)),
        examples.format(word=shown(detailed)) if detailed else "",
        _("The team, your data: `!help contact`") if ctx.communities else "",
        _("Life-threatening emergency: 15 or 112, 114 by text message. Distress, suicidal thoughts: 3114."),
    )


def _listed(ctx: Context, command: Command) -> bool:
    """Whether the overview lists a command; sub-commands only where there is no community, and so little else."""
    whole = command.under is None or not ctx.communities
    return whole and command.listed and command.place > 0 and bool(verbs(ctx, command))


def about(ctx: Context, command: Command, *, page: int = 1) -> Text | None:
    """One word with its verbs and two examples, if a phone shows them at once; else with one, on several pages.

    None when the person may do nothing with it here, or there is no such page.
    """
    heading = Text.of(_("**`!{word}`**: {summary}").format(word=shown(command), summary=_(command.summary)))
    examples = [Text.of(_("For example: `!{example}`").format(example=_(one))) for one in command.examples]
    parts = [*(bullets(_usage(*one)) for one in _usages(ctx, command)), *_led(ctx, command)]
    if sum(map(_height, (heading, *parts, *examples))) > LINES:
        examples = examples[:1]
    pages = _pages(parts, LINES - 1 - sum(map(_height, (heading, *examples)))) if verbs(ctx, command) else []
    if not 0 < page <= len(pages):
        return None
    shown_here = (heading, *pages[0], *examples) if page == 1 else pages[page - 1]
    return Text.of(*shown_here, _what_follows(command, page, of=len(pages)))


def _pages(parts: list[Text], room: int) -> list[list[Text]]:
    """Parts that fit together into one message; `room`: the lines that are left on the first."""
    pages: list[list[Text]] = [[]]
    left = room
    for part in parts:
        height = _height(part)
        if pages[-1] and height > left:
            pages.append([])
            left = LINES - 1
        pages[-1].append(part)
        left -= height
    return pages


def _height(part: Text) -> int:
    """Lines that a part takes on a phone, with the mark before an item."""
    plain = (f"- {line.text.replace('`', '').replace('**', '')}" for line in part.lines)
    return sum(len(wrap(line, COLUMNS, break_on_hyphens=False)) for line in plain)


def takes_words(ctx: Context, command: Command) -> bool:
    """Whether there is something that the person may write after the command."""
    return bool(verbs(ctx, command)) and bool(_usages(ctx, command))


def unknown(ctx: Context, command: Command, rest: str) -> Text:
    """The answer to unknown words after a command: quotes them, and names those that may follow, briefly."""
    typed = " ".join(rest.split())
    typed = typed if len(typed) <= LONGEST_UNKNOWN else f"{typed[: LONGEST_UNKNOWN - 1]}…"
    word, possible = shown(command), ", ".join(_next_words(ctx, command))
    return Text.of(
        _("I do not know “{rest}” after `!{word}`.").format(rest=typed, word=word),
        _("Possible: {words}. In detail: `!help {word}`").format(words=possible, word=word)
        if possible
        else _("In detail: `!help {word}`").format(word=word),
    )


def _next_words(ctx: Context, command: Command) -> list[str]:
    """Some of the words that may follow a command, as many as fit into a line."""
    usages = [_(verb.usage) for verb in verbs(ctx, command) if verb.usage]
    usages += [shown(part) for part in _parts(ctx, command)]
    behind = [usage.split()[len(shown(command).split()) :][:1] for usage in usages]
    words = list(dict.fromkeys(word for found in behind for word in found if not word.startswith("<")))
    lengths = accumulate(len(word) + len(", ") for word in words)
    return [word for word, length in zip(words, lengths, strict=True) if length <= WORDS_AT_ONCE]


def _usages(ctx: Context, command: Command) -> list[tuple[str, str]]:
    """Usages and summaries of a command and its sub-commands; a member does not see the verbs that are `led`."""
    own = [verb for verb in verbs(ctx, command) if verb.usage and not (verb.led and _is_member(ctx))]
    if _is_member(ctx):
        own.sort(key=lambda verb: any(parameter.required for parameter in verb.parameters))
    parts = [(shown(part), part.summary) for part in _parts(ctx, command)]
    return [(_(verb.usage), verb.summary) for verb in own] + parts


def _parts(ctx: Context, command: Command) -> list[Command]:
    """The sub-commands of a command that the person may use."""
    found = [part for part in ctx.menu if part.under and part.under == command.path and verbs(ctx, part)]
    return sorted(found, key=lambda part: part.place)


def _led(ctx: Context, command: Command) -> list[Text]:
    """For a member: the verbs that only an organiser or the team may use, the first below a line that says so."""
    led = [verb for verb in verbs(ctx, command) if verb.led and _is_member(ctx)]
    items = [bullets(_usage(_(verb.usage), verb.summary)) for verb in led]
    heading = _("For whoever organises it, and for the community's team:")
    return [Text.of(heading, items[0]), *items[1:]] if items else []


def _is_member(ctx: Context) -> bool:
    return not holds(ctx, Role.MODERATOR)


def _usage(usage: str, summary: str) -> str:
    return _("`!{usage}`: {summary}").format(usage=usage, summary=_(summary))


def _what_follows(command: Command, page: int, *, of: int) -> str:
    """How the next page is asked for: `!help rdv more`, then `!help rdv more 2`."""
    if page == of:
        return ""
    if page == 1:
        return _("What follows: `!help {word} more`").format(word=shown(command))
    return _("What follows: `!help {word} more {page}`").format(word=shown(command), page=page)


def verbs(ctx: Context, command: Command) -> list[Verb]:
    """What the person may do with a word, here and now."""
    return [verb for verb in command.verbs if may(ctx, verb)]


def shown(command: Command) -> str:
    """The word as it is typed, in the reader's language; its usage begins with it."""
    if command.shown:
        return _(command.shown)
    usage = next((verb.usage for verb in command.verbs if verb.usage and not verb.words), "")
    return " ".join(_(usage).split()[: len(command.path.split())]) if usage else command.path
