"""Refuses a message that is longer than what we read, rather than ignore its end silently."""

from bot.errors import UserError
from bot.events.events import Event, MessageReceived
from bot.i18n import _
from bot.text.typed import LONGEST


def refuse_too_long(event: Event) -> None:
    """Raises UserError for a message of which only the beginning is known."""
    if isinstance(event, MessageReceived) and event.too_long:
        raise UserError(
            _(
                "Your message has {length} characters, and I read {most} at most: I have done nothing with it. "
                "Send it in several parts, or shorten it."
            ).format(length=event.too_long, most=LONGEST)
        )
