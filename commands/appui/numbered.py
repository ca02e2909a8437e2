"""`!appui P-4 …`: what those in an application may ask of it, by the word that asks for it."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.errors import UserError
from bot.i18n import _
from bot.programmes import SupportApplication, applications, members
from bot.resources.texts import one_line
from commands.own_words import plain

Step: TypeAlias = Callable[[Context, SupportApplication, str], Awaitable[Reply | None]]
"""What somebody who is in it asks for, with these words behind."""

STEPS: Final[dict[str, Step]] = {}
"""Each step by the words that ask for it, in both languages, folded; without words it is shown."""
SHOW: Final = ""


def step(*words: str) -> Callable[[Step], Step]:
    """Declare what `!appui P-4 <word> …` does."""

    def declare(handler: Step) -> Step:
        STEPS.update({plain(word) if word != SHOW else word: handler for word in words})
        return handler

    return declare


async def by_number(ctx: Context, number: str, words: str) -> Reply | None:
    """Show it, or take the step that the words ask for. Raises UserError."""
    found = await theirs(ctx, number, lock=bool(words))
    first, _space, rest = words.partition(" ")
    handler = STEPS.get(plain(first) if words else SHOW)
    if handler is None:
        sentence = _("I do not know what you mean by “{word}”. For example: `!support {number} add @…`")
        raise UserError(sentence.format(word=one_line(first, longest=40), number=applications.number(found)))
    return await handler(ctx, found, rest.strip())


async def theirs(ctx: Context, number: str, *, lock: bool = False) -> SupportApplication:
    """The application of a number in which the sender is, is asked to be, or is asked to approve. Raises UserError."""
    found = await applications.get(ctx.tx, number, lock=lock)
    if found is None or found.community not in {one.slug for one in ctx.communities}:
        raise unknown(number)
    if ctx.sender not in (found.applicant, found.approver) and await members.get(ctx.tx, found, ctx.sender) is None:
        raise unknown(number)
    return found


def unknown(number: str) -> UserError:
    """What is said of one that is not there, or of others."""
    return UserError(
        _("I know of no application P-{number} of yours here. To see yours: `!support`").format(number=number)
    )
