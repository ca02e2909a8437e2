"""Promises of `!admin exporter`: what the community has, in private, for its team, naming nobody."""

import json

from tests.chat import ANA, MODO, Chat
from tests.meetups.published import answers, published


async def test_the_team_gets_files_in_private_that_name_nobody(chat: Chat) -> None:
    room = await chat.direct(MODO)
    meetup = (await published(chat, '"=Comité" demain 9h'))[0]
    await answers(chat, meetup, ANA)
    await chat.confirms(MODO, "!admin réglage vague1 3")
    await chat.says(ANA, "!doc introuvable")
    await chat.says(MODO, "!admin exporter")

    assert {said.room_id for said in chat.files} == {room}
    names = [said.content["body"] for said in chat.files]
    kinds = ("resources.csv", "meetups.csv", "settings.json", "figures.json")
    assert names == [f"numerique-{kind}" for kind in kinds]
    files = [file.decode() for file in chat.homeserver.files]
    assert "'=Comité" in files[1]
    assert '"vague1": "3"' in files[2]
    assert json.loads(files[3])["Recherches"] == [0] * 11 + [None], "what one person did is not counted out"
    assert not any(person in file for person in (ANA, MODO) for file in files)


async def test_a_member_gets_none(chat: Chat) -> None:
    await chat.says(ANA, "!admin exporter")
    assert "réservée" in chat.last.text
    assert chat.files == []
