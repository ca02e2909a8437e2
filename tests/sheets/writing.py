"""How the tests write sheets, and see what is kept of them."""

from typing import Any

from bot.sheets import sheets
from tests.chat import ANA, MODO, Chat, Said
from tests.help.people import shown as shown
from tests.help.people import to as to
from tests.homeserver import BOT

NEED = "Les entrées en EHPAD étaient saisies deux fois. Les équipes perdaient une heure par dossier."
DONE = "Nous avons réuni les secrétariats et tenu un seul dossier partagé."
RESULT = "Une heure gagnée par entrée. Commencez par un seul service."


async def answers(chat: Chat, person: str, *texts: str) -> None:
    """Somebody answers, in private, what the bot asks next."""
    room = await chat.direct(person)
    for text in texts:
        await chat.says(person, text, room=room)


async def writes(chat: Chat, person: str = ANA, *more: str) -> Said:
    """A whole sheet, up to its preview; `more` are lines about it, before it is submitted."""
    await answers(chat, person, "!fiche", NEED, DONE, RESULT)
    preview = chat.last
    await answers(chat, person, *more)
    return preview


async def submits(chat: Chat, person: str = ANA) -> None:
    """A whole sheet, sent to a reviewer."""
    await writes(chat, person)
    await answers(chat, person, "oui")


async def publishes(chat: Chat, person: str = ANA, by: str = MODO) -> None:
    """A whole sheet, published by somebody of the team."""
    await submits(chat, person)
    await chat.reacts(by, "✅", shown(chat, by))
    chat.forget()


async def kept(chat: Chat, number: int = 1) -> dict[str, Any]:
    """The row of a sheet."""
    async with chat.database.reading() as tx:
        found = await sheets.get(tx, number)
    return found.model_dump() if found is not None else {}


def still_read(chat: Chat, words: str) -> list[str]:
    """The rooms in which a message of ours says these words and was not removed."""
    rooms = chat.homeserver.rooms.values()
    gone = {source["content"].get("redacts") for room in rooms for source in room.timeline}
    ours = [(room, source) for room in rooms for source in room.timeline if source["sender"] == BOT]
    return [room.room_id for room, source in ours if words in str(source["content"]) and source["event_id"] not in gone]
