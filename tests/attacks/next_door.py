"""People and rooms of the attacks on cards: a community, another next door, and whoever is banned or strange."""

import re

from tests.chat import ANA, BOSS, Chat, Said
from tests.help.people import asks

STRANGER, NEIGHBOUR, CHIEF = "@stranger:example.org", "@neighbour:example.org", "@chief:example.org"
"""Of no community; a member of another, and who leads that one."""
OTHER = "!rse:example.org"
POLL = '!rdv dates "Bilan du projet" 12/01/2027 14h, 14/01/2027 10h'


async def next_door(chat: Chat) -> str:
    """The room of another community."""
    if OTHER not in chat.homeserver.rooms:
        await chat.opens(OTHER, community="rse", members=(NEIGHBOUR, CHIEF), power={CHIEF: 50, BOSS: 100})
    return OTHER


async def bans(chat: Chat, person: str, *, heard: bool = True) -> None:
    """The moderators ban somebody; the bot's sync may not have told it yet."""
    chat.homeserver.member(chat.room, person, "ban")
    if heard:
        await chat.hears(chat.room)
    chat.forget()


async def call(chat: Chat) -> Said:
    """Ana's anonymous question, put to the colleagues of the room."""
    await asks(chat, ANA, options="collègues anonyme")
    card = next(said for said in chat.messages if said.room_id == chat.room)
    chat.forget()
    return card


async def seats(chat: Chat) -> list[tuple[str, str]]:
    return [(person, status) for person, status in await chat.rows("SELECT person, status FROM rsvp")]


KIND = "C'est terminé, ou réservé aux membres|Je n'attends pas de réponse|Je ne vois pas de communauté"


def learns_nothing(chat: Chat, *secrets: str) -> None:
    """One kind sentence, the same for everybody, in which nothing of the card is said."""
    assert len(chat.messages) == 1
    assert re.match(KIND, chat.last.text), chat.last.text
    assert [word for word in secrets if word.lower() in chat.last.text.lower()] == []
