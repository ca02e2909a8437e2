"""Meet-ups of the tests, announced as a moderator does it."""

from tests.chat import MODO, Chat, Said

LINE = '!rdv nouveau "Comité RSE : déchets" 1er mardi 14h 1h30 visio https://visio.example.org/rse 30 places'
SMALL = '!rdv nouveau "Petit groupe" mardi 19 janvier 14h 1h 2 places'


def flat(text: str) -> str:
    """The text with plain spaces: where no-break spaces stand is tested where the whole preview is."""
    return text.replace("\u00a0", " ")


def shown(chat: Chat) -> list[str]:
    """The lines of the bot's latest message or edit."""
    return flat(chat.last.text).split("\n")


async def publishes(chat: Chat, line: str = LINE) -> Said:
    """A moderator's line and yes; returns the card in the room."""
    chat.forget()
    await chat.says(MODO, line)
    await chat.reacts(MODO, "✅", chat.messages[-1])
    card = next(said for said in chat.messages if said.room_id == chat.room and "peut-être" in said.text)
    chat.forget()
    return card


def card_now(chat: Chat, card: Said) -> str:
    """The text of a card after all its edits."""
    edits = [said for said in chat._everything() if said.edits == card.event_id]
    return flat((edits or [card])[-1].text)


def private(chat: Chat, person: str) -> list[Said]:
    """What the bot wrote to a person alone since `forget`."""
    return [said for said in chat.messages if said.room_id != chat.room and person in said.meant_for]
