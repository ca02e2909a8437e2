"""Promises of what is done about patient data in a room: its team decides, and each author learns what was done."""

from tests.attacks.test_patient_data import NIR
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.homeserver import BOT

SAID = f"M. Dupont, {NIR}, sort demain"


async def power(chat: Chat, of_the_bot: int) -> None:
    levels = {"users": {BOSS: 100, MODO: 50, BOT: of_the_bot}}
    await chat.does(BOSS, "m.room.power_levels", levels, state_key="")


async def written(chat: Chat, person: str) -> list[str]:
    return [said.text for said in chat.messages if said.room_id == await chat.direct(person)]


def removed(chat: Chat) -> list[str]:
    timeline = chat.homeserver.rooms[chat.room].timeline
    return [e["content"]["redacts"] for e in timeline if e["type"] == "m.room.redaction" and e["sender"] == BOT]


async def test_a_message_is_removed_where_the_team_wants_it_and_its_author_is_told(chat: Chat) -> None:
    await chat.direct(ANA)
    await power(chat, 50)
    await chat.says(MODO, "!admin protection masquer")
    assert "pour toutes les personnes qui écrivent dans ce salon\u00a0: suppression" in chat.last.text
    await chat.says(MODO, "oui")
    chat.forget()

    event = await chat.says(ANA, SAID)

    assert removed(chat)[-1] == event
    [warning] = await written(chat, ANA)
    assert "j'y supprime le message" in warning
    assert "1. Supprimer" not in warning
    assert [said for said in chat.messages if said.room_id == chat.room] == []


async def test_without_the_right_to_remove_the_author_is_warned_as_before(chat: Chat) -> None:
    await chat.direct(ANA)
    await power(chat, 0)
    await chat.says(MODO, "!admin protection masquer")
    assert "Je ne peux encore supprimer aucun message ici" in chat.last.text
    for line in ("oui", "!admin protection"):
        await chat.says(MODO, line)
        assert "j'avertis seulement" in chat.last.text, line
    before = removed(chat)
    chat.forget()

    await chat.says(ANA, SAID)

    assert removed(chat) == before
    [warning] = await written(chat, ANA)
    assert "1. Supprimer" in warning


async def test_a_room_without_protection_is_silent_and_gets_it_back(chat: Chat) -> None:
    await chat.direct(ANA)
    await chat.confirms(MODO, "!admin protection off")
    chat.forget()
    await chat.says(ANA, SAID)
    assert chat.texts == []
    await chat.says(ANA, f"!doc {SAID}")
    assert len(await written(chat, ANA)) == 1

    await chat.confirms(MODO, "!admin annuler")
    assert "un avertissement en privé" in chat.last.text
    chat.forget()
    await chat.says(ANA, SAID)
    assert len(await written(chat, ANA)) == 1


async def test_a_room_s_protection_is_not_set_by_a_member(chat: Chat) -> None:
    await chat.says(BEN, "!admin protection off")
    assert "réservée" in chat.last.text
    assert await chat.rows("SELECT DISTINCT protection FROM room_binding") == [("warn",)]
