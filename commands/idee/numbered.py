"""`!idée I-4 …`: what may be asked of one irritant or idea, by the word that asks for it."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.errors import UserError
from bot.i18n import _
from bot.ideas import Idea, ideas
from bot.resources.texts import one_line
from commands.idee.shown import as_card
from commands.own_words import plain

Step: TypeAlias = Callable[[Context, Idea, str], Awaitable[Reply | None]]
"""What somebody asks for about it, with these words behind."""

STEPS: Final[dict[str, Step]] = {}
"""Each step by the words that ask for it, in both languages, folded; the longest that fits counts."""
MOST_WORDS: Final = 3
OF_TEAM: Final[set[str]] = set()
"""The words of those that not everybody may take."""


def step(*words: str) -> Callable[[Step], Step]:
    """Declare what `!idée I-4 <words> …` does."""

    def declare(handler: Step) -> Step:
        STEPS.update(dict.fromkeys(map(plain, words), handler))
        return handler

    return declare


def team_step(*words: str) -> Callable[[Step], Step]:
    """The same for a step for which the homeserver is asked about the person's rights first."""
    OF_TEAM.update(map(plain, words))
    return step(*words)


async def asks_rights(words: str) -> bool:
    """Whether what the words ask for needs a right."""
    found = meant(words)
    return found is not None and any(STEPS[name] is found[0] for name in OF_TEAM)


def meant(words: str) -> tuple[Step, str] | None:
    """The step that the words begin with, and the words behind it."""
    typed = words.split()
    for count in range(min(MOST_WORDS, len(typed)), 0, -1):
        found = STEPS.get(plain(" ".join(typed[:count])))
        if found is not None:
            return found, words.split(maxsplit=count)[count] if len(typed) > count else ""
    return None


async def by_number(ctx: Context, number: str, words: str) -> Reply | None:
    """Show it, or take the step that the words ask for. Raises UserError."""
    idea = await seen(ctx, number, lock=bool(words))
    if not words:
        return await as_card(ctx, idea)
    found = meant(words)
    if found is None:
        sentence = _("I do not know what you mean by “{word}”. For example: `!idea {number} me too`")
        raise UserError(sentence.format(word=one_line(words, longest=40), number=ideas.number(idea)))
    return await found[0](ctx, idea, found[1])


async def seen(ctx: Context, number: str, *, lock: bool = False) -> Idea:
    """The one of a number, if it belongs to a community of this room or person. Raises UserError."""
    idea = await ideas.get(ctx.tx, number, lock=lock)
    if idea is None or idea.community not in {found.slug for found in ctx.communities}:
        raise unknown(number)
    return idea


def unknown(number: str) -> UserError:
    """What is said of one that is not there, or of another community."""
    return UserError(_("I know of no I-{number} here. To see what was reported: `!idea`").format(number=number))
