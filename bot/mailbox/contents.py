"""What a row of the outbox holds, as what was put in it."""

from bot.events.messages import Message
from bot.events.room_actions import ACTS, Act
from bot.events.text import Line, Text
from bot.mailbox.tables import OutboxMessage


def message_of(row: OutboxMessage) -> Message:
    """The message that a row of kind `message` or `edit` holds."""
    content = dict(row.content)
    lines = tuple(Line.of_kept(line) for line in content.pop("text")["lines"])
    return Message(text=Text(lines), **(content | {"mentioned": tuple(content["mentioned"])}))


def act_of(row: OutboxMessage) -> Act:
    """The act that a row of any other kind holds."""
    content = {name: tuple(value) if isinstance(value, list) else value for name, value in row.content.items()}
    return ACTS[row.kind](**content)
