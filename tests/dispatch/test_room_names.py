"""How a room is called in sentences: by its name, its alias, or as applications call a room without either."""

import pytest

from bot.communities import rooms
from bot.i18n import speaking
from tests.chat import ANA, BEN, BOSS, CLEO, Chat


@pytest.mark.parametrize(
    ("members", "called"),
    [
        ((), "sans nom"),
        ((ANA,), "conversation avec Ana"),
        ((ANA, BEN), "conversation avec Ana et Ben"),
        ((ANA, BEN, CLEO), "conversation avec Ana, Ben et 1 autre"),
        ((ANA, BEN, CLEO, BOSS), "conversation avec Ana, Ben et 2 autres"),
    ],
)
async def test_a_room_without_a_name_is_called_by_who_is_in_it(
    chat: Chat, members: tuple[str, ...], called: str
) -> None:
    room = await chat.opens("!bare:example.org", members=members)
    with speaking("fr"):
        assert rooms.called(chat._rooms, room) == called


async def test_the_heroes_of_the_server_name_it(chat: Chat) -> None:
    room = await chat.opens("!bare:example.org", members=(ANA, BEN, CLEO))
    chat._rooms.apply(room, events=(), summary={"m.heroes": [CLEO, "@zoe:example.org"], "m.joined_member_count": 9})
    with speaking("fr"):
        assert rooms.called(chat._rooms, room) == "conversation avec Cleo, zoe et 6 autres"


async def test_a_name_or_an_alias_goes_first(chat: Chat) -> None:
    room = await chat.opens("!bare:example.org")
    alias = {"alias": "#entraide:example.org"}
    await chat.does(BOSS, "m.room.canonical_alias", alias, room=room, state_key="")
    with speaking("fr"):
        assert rooms.called(chat._rooms, room) == "#entraide"
    await chat.does(BOSS, "m.room.name", {"name": "Entraide"}, room=room, state_key="")
    with speaking("fr"):
        assert rooms.called(chat._rooms, room) == "Entraide"


async def test_a_warning_about_patient_data_names_the_room(chat: Chat) -> None:
    await chat.says(ANA, "le NIR est 1 55 08 99 999 999 34")
    assert "dans le salon conversation avec Ana, Ben et 3 autres" in chat.last.text
