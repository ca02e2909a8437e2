"""An answer as a message: what it replies to, whom it mentions, and why it comes late."""

from bot.dispatch.answer.reply import Reply
from bot.events.events import Event, MessageReceived, ReactionAdded
from bot.events.messages import Message
from bot.events.text import Text
from bot.i18n import _


def as_message(event: Event, reply: Reply, thread: str | None, *, late: bool) -> Message:
    """The answer as a message: it replies to the command, in its thread, or to the tapped card, in the card's."""
    text = reply.text
    if late and isinstance(event, MessageReceived):
        text = Text.of(_excuse(event), text)
    thread = event.thread if isinstance(event, MessageReceived) else thread
    reply_to = _replied_to(event)
    mentioned = (event.sender,) if reply.rings else ()
    return Message(text, rings=reply.rings, mentioned=mentioned, reply_to=reply_to, thread=thread)


def _excuse(event: MessageReceived) -> str:
    if event.late_key:
        return _("I answer late: the key that opens your message has only just reached me.")
    return _("I answer late: I was down.")


def _replied_to(event: Event) -> str:
    """The event that the answer replies to: the tapped card, or the command: clients cannot quote an edit of it."""
    if isinstance(event, ReactionAdded):
        return event.target
    return (event.replaces if isinstance(event, MessageReceived) else None) or event.event_id
