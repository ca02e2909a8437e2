"""A question about how something was, answered by a tap: one handler for yes and for no."""

from collections.abc import Awaitable, Callable
from functools import partial, update_wrapper
from typing import Protocol

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.command import Command
from bot.events.gestures import Gesture


class Answered(Protocol):
    """Notes the answer to the question about an item."""

    def __call__(self, ctx: Context, item: str, /, *, yes: bool) -> Awaitable[Reply | None]: ...


def yes_or_no(command: Command, about: str) -> Callable[[Answered], Answered]:
    """Declare what an answer to the question of this kind of card does."""

    def declare(handler: Answered) -> Answered:
        for gesture, yes in ((Gesture.YES, True), (Gesture.NO, False)):
            answer = update_wrapper(partial(handler, yes=yes), handler)
            command.reaction(gesture, about=about, makes=quotas.OPINION)(answer)
        return handler

    return declare
