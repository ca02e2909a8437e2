"""A room is replaced by one that the bot may not enter: the team learns how to let it in."""

import pytest

from bot.communities import rooms
from bot.errors import Refused
from tests.chat import ANA, BOSS, MODO, Chat
from tests.commands.meetups import flat, private

NEW = "!new:example.org"
LOCKED_OUT = [
    "Le salon Accueil a été remplacé par un autre, où je n'ai pas le droit d'entrer : je n'y fais donc rien.",
    "Invitez-moi dans le nouveau salon : j'y continue comme dans l'ancien.",
]


async def replaced(chat: Chat) -> None:
    """Somebody who administers the main room replaces it; nobody invites the bot into the new one."""
    await chat.does(BOSS, "m.room.name", {"name": "Accueil"}, state_key="")
    chat.homeserver.create(NEW, BOSS, predecessor={"room_id": chat.room})
    for person in (ANA, MODO):
        chat.homeserver.member(NEW, person)
    chat.homeserver.refuse = refuse_to_enter
    await chat.does(BOSS, "m.room.tombstone", {"body": "", "replacement_room": NEW}, state_key="")


def refuse_to_enter(_method: str, path: str) -> None:
    if path.endswith("/join"):
        raise Refused(403, "M_FORBIDDEN")


async def test_the_team_learns_that_the_bot_was_left_behind_and_an_invitation_mends_it(chat: Chat) -> None:
    await replaced(chat)
    await chat.passes(minutes=9)
    assert private(chat, MODO) == []
    await chat.passes(minutes=2)
    assert [flat(said.text).split("\n") for said in private(chat, MODO)] == [LOCKED_OUT]

    chat.homeserver.refuse = lambda method, path: None
    await chat.invites("@eve:elsewhere.net", NEW)
    await chat.hears(NEW)
    async with chat.database.reading() as tx:
        assert await rooms.binding(tx, NEW) is not None


@pytest.mark.parametrize("mended", ["opened again", "followed"])
async def test_nothing_is_said_of_a_room_that_was_followed_or_is_open_again(chat: Chat, mended: str) -> None:
    await replaced(chat)
    chat.homeserver.refuse = lambda method, path: None
    if mended == "followed":
        await chat.invites(MODO, NEW)
        await chat.hears(NEW)
    else:
        closing = chat.homeserver.rooms[chat.room].state["m.room.tombstone", ""]["event_id"]
        await chat.redacts(BOSS, str(closing))
    await chat.passes(minutes=20)
    assert private(chat, MODO) == []
