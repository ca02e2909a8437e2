"""What a row of the outbox holds, as what was put in it."""

from bot.events.messages import Message
from bot.events.room_actions import ACTS, Act
from bot.events.text import Text
from bot.mailbox.tables import OutboxMessage


def message_of(row: OutboxMessage) -> Message:
    """The message that a row of kind `message` or `edit` holds."""
    content = dict(row.content)
    text = Text.of_kept(content.pop("text")["lines"])
    return Message(text=text, **(content | {"mentioned": tuple(content["mentioned"])}))


def act_of(row: OutboxMessage) -> Act:
    """The act that a row of any other kind holds."""
    content = {name: tuple(value) if isinstance(value, list) else value for name, value in row.content.items()}
    return ACTS[row.kind](**content)
