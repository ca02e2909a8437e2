"""Rooms that somebody closes in favour of another."""

from typing import Any

from bot.communities import communities, rooms
from bot.errors import Refused
from tests.chat import ANA, BEN, MODO, Chat

MARIE = "@marie:ailleurs.fr"
"""She administers a room, and her server may not invite the bot."""
SUCCESSOR = "!successor:example.org"


async def successor(chat: Chat, creator: str, *, of: str | None, room_id: str = SUCCESSOR) -> str:
    """A room of somebody's own that says what it replaces."""
    said: dict[str, Any] = {"predecessor": {"room_id": of, "event_id": "$last"}} if of else {}
    chat.homeserver.create(room_id, creator, **said)
    for person in {creator, ANA, BEN, MODO}:
        chat.homeserver.member(room_id, person)
    return room_id


async def closes(chat: Chat, person: str, room_id: str, *, to: str = SUCCESSOR) -> str:
    """Somebody closes a room in favour of another; returns the event that did it."""
    said = {"body": "", "replacement_room": to}
    event = await chat.does(person, "m.room.tombstone", said, room=room_id, state_key="")
    if to in chat.homeserver.rooms:
        await chat.hears(to)
    return event


async def main_room(chat: Chat, slug: str = "numerique") -> str | None:
    """The community's main room."""
    async with chat.database.reading() as tx:
        return await communities.main_room(tx, slug)


async def is_linked(chat: Chat, room_id: str) -> bool:
    """Whether a room belongs to a community."""
    async with chat.database.reading() as tx:
        return await rooms.binding(tx, room_id) is not None


def private(_method: str, path: str) -> None:
    """A server that lets nobody in uninvited."""
    if path.endswith("/join"):
        raise Refused(403, "M_FORBIDDEN")
