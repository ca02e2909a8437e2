"""What we say without being asked: who invited us, that an entry was closed; and nothing to who said “stop”."""

import pytest

from bot.communities.people import people
from bot.events.events import Invited
from bot.events.sync_batch import RoomBatch
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.commands.meetups import flat, publishes
from tests.dispatch.test_guard import NIR
from tests.dispatch.trial_command import done
from tests.help.people import asks, offers, volunteers
from tests.homeserver import BOT


async def test_questions_left_alone_for_a_day_are_closed_with_one_message(trying: Chat) -> None:
    await trying.says(ANA, "!essai question")
    await trying.passes(hours=23)
    await trying.says(ANA, "Déchets")
    await trying.passes(hours=23, minutes=50)
    assert "Lieu de Déchets" in trying.last.text

    await trying.passes(minutes=20)
    assert trying.last.text.startswith("Ana, votre saisie a attendu trop longtemps une réponse")
    assert trying.last.meant_for == [ANA]
    trying.forget()
    await trying.says(ANA, "Salle 3")
    await trying.passes(days=3)
    assert trying.sent == []
    assert await trying.rows("SELECT kind FROM timer") == []


@pytest.mark.parametrize("end", ["oui", "annuler", "stop"])
async def test_an_entry_that_came_to_its_end_is_not_closed_again(trying: Chat, end: str) -> None:
    room = await trying.direct(ANA)
    for line in ("essai question", "Déchets", "Salle 3", end):
        await trying.says(ANA, line, room=room)
    trying.forget()
    await trying.passes(days=2)

    assert trying.sent == []
    assert bool(done) is (end == "oui")


async def test_who_invited_us_is_named_when_we_arrive(chat: Chat) -> None:
    chat.homeserver.member(chat.room, BOT, "leave")
    await chat.hears(chat.room)
    invitation = Invited(event_id="$invitation", room_id=chat.room, sender=MODO, sent_at=chat.now, direct=False)
    await chat._take(RoomBatch(chat.room, (invitation,)))
    await chat.settles()
    await chat.hears(chat.room)

    assert chat.last.lines[0] == (
        "Bonjour à toutes et à tous. Je suis Relais, un programme automatique invité par Modo."
    )


async def test_a_room_linked_to_an_english_community_is_answered_in_english(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await tx.run(
            lambda connection: connection.exec_driver_sql("UPDATE community SET language = 'en' WHERE slug = 'rse'")
        )
    room = await chat.opens("!rse:example.org")
    await chat.says(BOSS, "!admin communauté lier rse", room=room)

    assert chat.last.lines[0] == "This room is linked to the community Social responsibility."

    await chat.says(ANA, f"The patient {NIR} has left.", room=room)
    assert "a social security number" in chat.last.text


async def test_who_said_stop_is_no_longer_written_to_unasked(chat: Chat) -> None:
    await volunteers(chat, BEN)
    room = await chat.direct(BEN)
    card = await publishes(chat, '!rdv nouveau "Comité" jeudi 7 janvier 14h')
    await chat.reacts(BEN, "✅", card)
    await chat.says(BEN, "stop", room=room)
    assert "je ne vous écris plus de moi-même" in chat.last.text
    chat.forget()

    await asks(chat, ANA)
    await chat.passes(days=3)
    assert offers(chat) == []
    assert [said.text for said in chat.messages if said.room_id == room] == []

    await chat.says(BEN, "reprendre", room=room)
    await asks(chat, ANA)
    await chat.passes(days=1)
    assert len(offers(chat)) == 2, "what was asked meanwhile and found nobody is proposed too"


async def test_in_a_room_stop_changes_nothing_and_says_where_it_does(chat: Chat) -> None:
    for typed, mentions, word in (
        ("!stop", [], "stop"),
        ("Relais, stop", [BOT], "stop"),
        ("!reprendre", [], "reprendre"),
    ):
        await chat.says(ANA, typed, mentions=mentions)
        assert flat(chat.last.text) == f"Rien n'a changé : écrivez-moi {word} dans notre conversation privée."

    async with chat.database.reading() as tx:
        assert not await people.has_stopped(tx, ANA)
    chat.forget()
    await chat.says(ANA, "stop")
    assert chat.sent == [], "a word to colleagues"


async def test_whoever_resumes_reads_only_what_is_true(chat: Chat) -> None:
    async def says(person: str, line: str) -> str:
        await chat.says(person, line, room=await chat.direct(person))
        return flat(chat.last.text)

    assert (await says(ANA, "moi reprendre")).startswith("Rien n'était en pause : seuls les volontaires")
    assert (await says(ANA, "reprendre")).startswith("Rien n'était arrêté : je vous écris.")
    for line in ("mettez-moi en pause", "moi absent du 14 au 20 janvier"):
        assert "rien à mettre en pause" in await says(ANA, line)
    await says(ANA, "stop")
    assert "je ne vous écris pas de moi-même" in await says(ANA, "moi reprendre")
    assert "je vous écris de nouveau" in await says(ANA, "reprendre")

    await volunteers(chat, BEN)
    assert "Rien n'était en pause" in await says(BEN, "moi reprendre")
    await says(BEN, "moi pause")
    assert "de nouveau" in await says(BEN, "moi reprendre")
    await says(BEN, "moi pause")
    assert "je vous écris de nouveau" in await says(BEN, "reprendre")
