"""Promises of a community's topics: the team changes them in the chat, and whoever chose one is told."""

import pytest

from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import flat
from tests.help.people import asks, offers, volunteers

ADD = "!admin sujet ajouter Soins palliatifs"


async def names(chat: Chat, community: str = "numerique") -> list[str]:
    """The topics by number, as the team reads them."""
    rows = await chat.rows(f"SELECT name FROM topic WHERE community = '{community}' ORDER BY id")
    return [str(row[0]) for row in rows]


async def test_a_topic_is_added_and_volunteers_may_choose_it(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(MODO, ADD)
    assert "Soins palliatifs" in chat.last.text
    assert len(await names(chat)) == 12
    await chat.says(MODO, "oui")
    assert "Le sujet «\u00a0Soins palliatifs\u00a0» est ajouté" in chat.last.text

    await chat.says(BEN, "!moi sujets palliatifs", room=await chat.direct(BEN))
    assert "soins palliatifs" in chat.last.text


async def test_who_chose_a_topic_that_is_removed_is_told_and_keeps_it_if_that_is_taken_back(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.confirms(MODO, ADD)
    await chat.says(BEN, "!moi sujets palliatifs", room=await chat.direct(BEN))
    before = await names(chat)
    chat.forget()

    await chat.says(MODO, "!admin sujet retirer soins palliatifs")
    assert "Volontaires concernés\u00a0: 1. Je les préviens." in chat.last.text
    await chat.says(MODO, "oui")

    told = [said for said in chat.messages if said.room_id == await chat.direct(BEN)]
    assert [said.lines[0] for said in told] == [
        "Le sujet «\u00a0Soins palliatifs\u00a0» n'existe plus dans Numérique en santé\u00a0: "
        "vous ne recevrez plus de question à ce titre."
    ]
    assert "interopérabilité" in told[0].lines[1]
    assert len(await names(chat)) == 12

    await chat.confirms(MODO, "!admin annuler")
    assert await names(chat) == before
    await chat.says(BEN, "!moi sujets", room=await chat.direct(BEN))
    assert "soins palliatifs" in chat.last.lines[0]


async def test_a_new_topic_of_an_old_name_is_nobody_s(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.confirms(MODO, ADD)
    await chat.says(BEN, "!moi sujets palliatifs", room=await chat.direct(BEN))
    await chat.confirms(MODO, "!admin sujet retirer 13")
    await chat.confirms(MODO, ADD)

    await chat.says(BEN, "!moi sujets", room=await chat.direct(BEN))
    assert "soins palliatifs" not in chat.last.lines[0]


async def test_a_topic_has_another_name_and_its_volunteers_keep_it(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.confirms(MODO, "!admin sujet renommer interopérabilité Échanges entre logiciels")

    await chat.says(BEN, "!moi sujets", room=await chat.direct(BEN))
    assert "échanges entre logiciels" in chat.last.lines[0]
    await chat.confirms(MODO, "!admin annuler")
    await chat.says(MODO, "!admin sujet")
    assert "3. Interopérabilité" in chat.last.lines


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("!admin sujet ajouter", "Il manque quelque chose"),
        ("!admin sujet ajouter …", "Il manque quelque chose"),
        ("!admin sujet ajouter ***", "en quelques mots"),
        (f"!admin sujet ajouter {'long ' * 40}", "en quelques mots"),
        ("!admin sujet ajouter cybersecurite", "existe déjà"),
        ("!admin sujet retirer 99", "avec leur numéro"),
        ("!admin sujet retirer interopérabilité", "regroupe d'autres sujets"),
        ("!admin sujet renommer 1 Télésanté", "existe déjà"),
    ],
)
async def test_what_cannot_be_a_topic_is_refused_with_the_reason(chat: Chat, line: str, why: str) -> None:
    before = await names(chat)
    await chat.says(MODO, line)

    assert why in chat.last.text
    assert await names(chat) == before


async def test_only_the_team_changes_topics_even_after_the_preview(chat: Chat) -> None:
    await chat.says(ANA, ADD)
    assert "réservée à l'équipe" in chat.last.text

    await chat.says(MODO, ADD)
    preview = chat.last
    chat.homeserver.event(chat.room, "m.room.power_levels", "@boss:example.org", {"users": {MODO: 0}}, state_key="")
    await chat.hears(chat.room)
    await chat.reacts(MODO, "✅", preview)
    assert len(await names(chat)) == 12


async def test_a_yes_that_comes_twice_adds_one_topic(chat: Chat) -> None:
    await chat.says(MODO, ADD)
    preview = chat.last
    await chat.restarts()
    await chat.reacts(MODO, "✅", preview)
    await chat.reacts(MODO, "👍", preview)

    assert len(await names(chat)) == 13


async def test_a_community_without_topics_is_helped(chat: Chat) -> None:
    room = await chat.direct(BEN)
    async with chat.database.transaction() as tx:
        await tx.run(lambda connection: connection.exec_driver_sql("DELETE FROM topic WHERE community = 'numerique'"))
    await chat.confirms(MODO, "!admin expert ajouter Ben")
    await chat.says(BEN, "oui", room=room)
    assert "!moi pause" in chat.last.text
    chat.forget()

    await asks(chat, ANA)
    assert "interface" in offers(chat)[0].text
    assert offers(chat)[0].room_id == room


@pytest.mark.parametrize(
    ("line", "mentions"),
    [
        ("!admin expert ajouter Ben 1 3", ()),
        ("!admin expert ajouter ben, 1 3", ()),
        (f"!admin expert ajouter {BEN} 1 3", ()),
        ("!admin expert ajouter @ben sujets 1 3", ()),
        ("!admin expert ajouter Benoît Lefèvre (CHU) 1 3", (BEN,)),
        (f"!admin expert ajouter [Ben](https://matrix.to/#/{BEN}) 1 3", (BEN,)),
        ("!admin équipe ajouter Ben modération", ()),
        ("!admin équipe ajouter Benoît Lefèvre", (BEN,)),
    ],
)
async def test_somebody_is_named_as_people_do(chat: Chat, line: str, mentions: tuple[str, ...]) -> None:
    await chat.says(BOSS, line, mentions=mentions)

    assert f"Ben ({BEN})" in chat.last.text


async def test_who_is_meant_is_never_guessed(chat: Chat) -> None:
    chat.homeserver.member(chat.room, CLEO, displayname="Ben")
    await chat.hears(chat.room)
    for line, why in (
        ("Ben 1", "Plusieurs personnes"),
        ("Zoé 1", "Je ne vois personne"),
        ("1 3", "Je ne vois personne"),
    ):
        await chat.says(MODO, f"!admin expert ajouter {line}")
        assert why in chat.last.text, line
    assert await chat.rows("SELECT person FROM expert") == []


async def test_a_topic_has_no_marks_and_is_not_added_twice_in_other_letters(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin sujet ajouter **Soins palliatifs**")
    await chat.says(MODO, "!admin sujet ajouter SOINS PALLIATIFS")

    assert "existe déjà" in flat(chat.last.text)
    await chat.says(MODO, "!admin sujet")
    assert "Soins palliatifs" in chat.last.text
    assert "*" not in chat.last.text
