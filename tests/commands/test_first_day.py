"""Promises of a community's first day: how little a moderator has to do, and who may link its first room."""

import pytest

from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.commands.test_doc import write
from tests.help.people import volunteers

ROOM = "!gestion:example.org"


async def asks_for_the_first_room(chat: Chat) -> str:
    """A moderator of a room wants it to be the first of a community; the operator's private conversation."""
    operator = await chat.direct(BOSS)
    await chat.opens(ROOM, members=(ANA, BEN, MODO))
    await chat.says(MODO, "!admin communauté lier gestion", room=ROOM)
    return operator


async def linked(chat: Chat) -> list[str]:
    return [row[0] for row in await chat.rows("SELECT room_id FROM room_binding WHERE community = 'gestion'")]


async def test_eight_gestures_lead_from_an_invitation_to_a_room_a_volunteer_a_resource_and_a_meetup(
    chat: Chat,
) -> None:
    operator, gestures = await chat.direct(BOSS), 0

    async def moderator(line: str) -> None:
        nonlocal gestures
        gestures += 1
        await chat.says(MODO, line, room=ROOM)

    await chat.opens(ROOM, members=(ANA, BEN, MODO))
    gestures += 1  # the invitation
    await moderator("!admin communauté lier gestion")
    await chat.says(BOSS, "oui", room=operator)
    await moderator("!admin expert ajouter Ben tout")
    await moderator("oui")
    await moderator("!doc proposer https://example.org/tarif Comprendre la tarification à l'activité")
    await moderator("oui")
    await moderator("!rdv nouveau « Faisons connaissance » mardi 19 janvier 14h")
    await moderator("oui")

    assert await linked(chat) == [ROOM]
    assert await chat.rows("SELECT person, team_yes FROM expert") == [(BEN, True)]
    assert await chat.rows("SELECT state FROM resource WHERE url LIKE '%%/tarif'") == [("published",)]
    assert len(await chat.rows("SELECT id FROM meetup")) == 1
    assert gestures <= 8


async def test_four_gestures_make_a_sixth_community_with_its_topics_and_its_room(chat: Chat) -> None:
    room, gestures = await chat.opens(ROOM, members=(ANA, BOSS)), 1  # the invitation
    topics = "Douleur, Fin de vie ; HAD, douleur"
    for line in (
        f"!admin communauté créer soins-palliatifs « Soins palliatifs » sujets : {topics}",
        "oui",
        "!admin communauté lier soins-palliatifs",
    ):
        await chat.says(BOSS, line, room=room)
        if gestures == 1:
            assert "Sujets\u00a0: Douleur, Fin de vie, HAD" in chat.last.lines
        gestures += 1

    assert gestures <= 4
    assert await chat.rows("SELECT room_id FROM room_binding WHERE community = 'soins-palliatifs'") == [(ROOM,)]
    await chat.says(BOSS, "!admin sujet", room=room)
    assert [line for line in chat.last.lines if line[:1].isdigit()] == ["1. Douleur", "2. Fin de vie", "3. HAD"]


async def test_the_request_for_a_first_room_reaches_an_operator_who_answers_where_it_is_read(chat: Chat) -> None:
    operator = await asks_for_the_first_room(chat)
    assert any("exploitent ce robot" in text for text in chat.texts)
    [card] = [said for said in chat.messages if said.room_id == operator]
    assert "Dialogue de gestion" in card.text
    assert "salon principal" in card.text
    await chat.says(MODO, "!admin communauté lier gestion", room=ROOM)
    assert len([said for said in chat.messages if said.room_id == operator]) == 1

    await chat.restarts()
    await chat.reacts(BOSS, "✅", card)
    await chat.reacts(BOSS, "👍", card)
    assert await linked(chat) == [ROOM]
    assert await chat.rows("SELECT main_room FROM community WHERE slug = 'gestion'") == [(ROOM,)]
    assert "!admin début" in next(said for said in chat.messages[::-1] if said.room_id == ROOM).text


async def test_nobody_but_an_operator_answers_it(chat: Chat) -> None:
    operator = await asks_for_the_first_room(chat)
    [card] = [said for said in chat.messages if said.room_id == operator]
    chat.homeserver.member(operator, MODO)
    await chat.hears(operator)
    await chat.reacts(MODO, "✅", card)
    await chat.says(MODO, "oui", room=operator, reply_to=card)

    assert await linked(chat) == []


async def test_an_operator_who_declines_says_so_in_the_room(chat: Chat) -> None:
    operator = await asks_for_the_first_room(chat)
    await chat.says(BOSS, "non", room=operator)

    assert await linked(chat) == []
    assert "ne relie pas ce salon" in next(said for said in chat.messages[::-1] if said.room_id == ROOM).text


async def test_a_room_that_is_linked_by_command_waits_no_more(chat: Chat) -> None:
    operator = await asks_for_the_first_room(chat)
    chat.homeserver.member(ROOM, BOSS)
    await chat.hears(ROOM)
    await chat.says(BOSS, "!admin communauté lier gestion", room=ROOM)

    assert await chat.rows("SELECT status FROM link_request") == [("done",)]
    await chat.says(BOSS, "oui", room=operator)
    assert "Je n'attends pas de réponse" in chat.last.text


@pytest.mark.parametrize("answer", ["oui", "non"])
async def test_what_the_team_proposes_it_publishes_in_the_same_breath(chat: Chat, answer: str) -> None:
    await write(chat)
    await chat.says(MODO, "!doc proposer https://example.org/tarif Comprendre la tarification")
    assert "rien n'est encore publié" in chat.last.text
    assert await chat.rows("SELECT state FROM resource WHERE url LIKE '%%/tarif'") == []

    await chat.says(MODO, answer)
    found = await chat.rows("SELECT state FROM resource WHERE url LIKE '%%/tarif'")
    assert found == ([("published",)] if answer == "oui" else [])


async def test_a_command_that_is_changed_after_yes_says_that_it_changes_nothing(chat: Chat) -> None:
    written = await chat.says(MODO, "!admin sujet ajouter Soins palliatfs")
    await chat.edits(MODO, written, "!admin sujet ajouter Soins palliatifs")
    assert "«\u00a0Soins palliatifs\u00a0»" in chat.last.text
    await chat.says(MODO, "oui")
    await chat.edits(MODO, written, "!admin sujet ajouter Douleur")

    assert chat.last.text.startswith("C'est déjà fait, et corriger ce message n'y change rien.")
    assert "Douleur" not in str(await chat.rows("SELECT name FROM topic"))


async def test_who_declined_private_messages_is_told_in_the_room_that_something_waits_and_not_what(chat: Chat) -> None:
    await volunteers(chat, BEN, topic="rgpd")
    room = await chat.direct(BEN)
    chat.homeserver.member(room, BEN, "leave")
    await chat.hears(room)
    chat.forget()

    await chat.confirms(MODO, "!admin sujet retirer Protection des données et RGPD")
    made = next(said.room_id for said in chat.messages if said.people == (BEN,))
    chat.homeserver.member(made, BEN, "leave")
    await chat.hears(made)
    [told] = [said for said in chat.messages if said.room_id == chat.room and BEN in said.meant_for]
    assert told.room_id == chat.room
    assert told.text.startswith("J'ai quelque chose à vous dire")
    assert "RGPD" not in told.text

    await chat.says(MODO, "!admin expert ajouter Ben")
    assert "ne reçoit pas mes messages privés" in chat.last.text
