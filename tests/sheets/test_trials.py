"""A reader tries a sheet and is asked once what came of it; the team reads that before it is shown."""

import pytest

from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import works
from tests.help.test_own_data import erases
from tests.sheets.writing import answers, publishes, shown, still_read, to

N = "\u00a0"
TITLE = "Les entrées en EHPAD étaient saisies deux fois (F-1)"
WORDS = "Quarante minutes de moins par dossier."


async def tries(chat: Chat, person: str = BEN) -> None:
    """Somebody tries Ana's published sheet."""
    await answers(chat, person, "!fiche F-1 essayer")
    await chat.passes(hours=1)


async def asked(chat: Chat, person: str = BEN) -> list[str]:
    return [said.text for said in to(chat, person) if said.text.startswith("Cela vous a aidé")]


async def test_a_reader_tries_it_and_two_months_later_says_what_came_of_it(chat: Chat) -> None:
    await publishes(chat)
    await chat.direct(CLEO)
    await answers(chat, BEN, "!F-1")
    assert chat.last.lines[-3:] == [
        f"Où elle en est{N}: publiée",
        f"Pour l'essayer chez vous{N}: !fiche F-1 essayer",
        "✅ je l'essaie, 👍 utile, 👎 pas utile, 👏 merci",
    ]
    await chat.reacts(BEN, "✅", chat.last)
    assert to(chat, BEN)[-1].text.startswith(f"C'est noté{N}: vous essayez {TITLE}")
    await chat.passes(hours=1)
    assert [said.lines[0] for said in to(chat, ANA)] == [f"Quelqu'un essaie ce que vous avez écrit{N}: {TITLE}."]
    assert "Ben" not in to(chat, ANA)[0].text
    chat.forget()
    await chat.restarts()
    await chat.passes(days=59)
    assert await asked(chat) == []
    await chat.passes(days=4)
    assert len(await asked(chat)) == 1
    await chat.reacts(BEN, "✅", to(chat, BEN)[-1])
    await answers(chat, BEN, WORDS)
    card = shown(chat, MODO)
    assert WORDS in card.text
    assert "Ben" not in card.text
    chat.forget()
    await chat.reacts(MODO, "✅", card)
    assert [said.lines[:2] for said in to(chat, ANA)] == [
        [f"Votre fiche est évaluée{N}: {TITLE}. Voici ce qu'elle a donné{N}:", WORDS]
    ]
    await answers(chat, CLEO, "!F-1")
    assert "publiée, expérimentée dans 1 structure, évaluée par 1 structure" in chat.last.text
    assert WORDS in chat.last.text
    assert "Ben" not in chat.last.text


async def test_right_after_the_sheet_in_private_the_words_alone_say_that_one_tries_it(chat: Chat) -> None:
    """Once we have said something else they answer nothing; after a restart they still do."""
    await publishes(chat)
    await answers(chat, BEN, "!F-1", "bonjour", "je l'essaie")
    assert chat.last.text.startswith("Je n'attends pas de réponse")
    assert await chat.rows("SELECT person FROM sheet_trial") == []
    await answers(chat, BEN, "!F-1")
    await chat.restarts()
    await answers(chat, BEN, "Je l'essaie !")
    assert chat.last.text.startswith(f"C'est noté{N}: vous essayez {TITLE}")
    assert await chat.rows("SELECT person FROM sheet_trial") == [(BEN,)]


async def test_below_a_sheet_a_thumb_says_that_it_is_useful_and_tries_nothing(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(BEN, "!F-1")
    card = chat.last
    thumb = await chat.reacts(BEN, "👍", card)
    marks = [said.source["content"]["m.relates_to"]["key"] for said in chat.sent if said.source["type"] == "m.reaction"]
    assert marks[-1:] == ["👍"], "a sign that it is noted, which is no ✅"
    assert [tuple(row) for row in await chat.rows("SELECT useful, useless FROM resource WHERE origin = 'F-1'")] == [
        (1, 0)
    ]
    await chat.reacts(CLEO, "👎", card)
    await chat.redacts(BEN, thumb)
    assert [tuple(row) for row in await chat.rows("SELECT useful, useless FROM resource WHERE origin = 'F-1'")] == [
        (0, 1)
    ]
    await chat.says(BEN, "utile", reply_to=card.event_id)
    assert "utile" in chat.last.text
    assert await chat.rows("SELECT id FROM sheet_trial") == []
    await chat.reacts(BEN, "✅", card)
    assert len(await chat.rows("SELECT id FROM sheet_trial")) == 1


async def test_who_may_not_try_it_and_what_may_not_be_said_gets_a_sentence(chat: Chat) -> None:
    await publishes(chat)
    said = {
        (ANA, "essayer"): "Vous signez cette fiche",
        (BEN, "je l'essaie"): f"C'est noté{N}: vous essayez",
        (BEN, "essayer"): "Vous essayez déjà",
        (BEN, "je n'essaie plus"): f"C'est noté{N}: vous n'essayez plus",
        (BEN, "arrêter"): "Vous n'essayez pas",
        (BEN, "évaluer"): "Dites ce qu'elle a donné",
        (BEN, "évaluer Mme Dupont, née le 12/03/1941, patiente"): "contenir",
        (BEN, f"évaluer {'x' * 1_001}"): f"Cela fait 1001 caractères{N}; 1000 au plus",
    }
    wrong = []
    for (person, words), sentence in said.items():
        await answers(chat, person, f"!fiche F-1 {words}")
        if sentence not in chat.last.text:
            wrong.append((words[:30], chat.last.text))
    assert wrong == []
    assert await chat.rows("SELECT status FROM sheet_trial") == [("stopped",)]
    assert await chat.rows("SELECT id FROM sheet_result") == []


async def test_taken_back_at_once_nobody_learns_of_it_and_nobody_is_asked(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(BEN, "!F-1")
    card = chat.last
    tapped = await chat.reacts(BEN, "✅", card)
    await chat.reacts(ANA, "✅", card)
    assert [said.text for said in chat.messages if said.room_id == chat.room] == [card.text], "nothing is said aloud"
    await chat.redacts(BEN, tapped)
    await chat.passes(days=70)

    assert to(chat, ANA) == []
    assert await asked(chat) == []
    assert await chat.rows("SELECT name FROM sheet_milestone") == []


async def test_too_early_it_is_asked_once_more_and_then_no_more(chat: Chat) -> None:
    await publishes(chat)
    await tries(chat)
    for count in (1, 2):
        await chat.passes(days=63)
        assert len(await asked(chat)) == count
        await answers(chat, BEN, "pas encore")
    assert "je ne vous demande plus rien" in chat.last.text
    await chat.passes(days=200)
    assert len(await asked(chat)) == 2


async def test_asked_on_a_working_day_in_working_hours(chat: Chat) -> None:
    await publishes(chat)
    await chat.passes(days=3, hours=12)  # a Friday at 22 o'clock: sixty days later it is a Tuesday night
    await tries(chat)
    await chat.passes(days=60, hours=1)
    assert await asked(chat) == []
    await chat.passes(hours=11)
    assert len(await asked(chat)) == 1
    await answers(chat, BEN, "non")
    assert "je ne vous demande plus rien" in chat.last.text


@pytest.mark.parametrize("gone", ["left", "erased", "stopped", "withdrawn"])
async def test_nobody_is_asked_who_left_or_about_what_is_not_there(chat: Chat, gone: str) -> None:
    await publishes(chat)
    await tries(chat)
    await chat.passes(days=50)
    if gone == "left":
        chat.homeserver.member(chat.room, BEN, "leave")
        await chat.hears(chat.room)
    elif gone == "erased":
        await erases(chat, BEN)
    elif gone == "stopped":
        await answers(chat, BEN, "stop")
    else:
        await answers(chat, ANA, "!fiche F-1 retirer", "oui")
    chat.forget()
    await chat.restarts()
    await chat.passes(days=20)

    assert await asked(chat) == []


async def test_what_was_said_is_changed_or_deleted_with_its_message(chat: Chat) -> None:
    await publishes(chat)
    room = await chat.direct(BEN)
    said = await chat.says(BEN, "!fiche F-1 évaluer Dix minutes", room=room)
    await chat.edits(BEN, said, f"!fiche F-1 évaluer {WORDS}", room=room)
    assert await chat.rows("SELECT text FROM sheet_result") == [(WORDS,)]
    card = shown(chat, MODO)
    assert WORDS in card.text
    await chat.redacts(BEN, said, room=room)
    await chat.reacts(MODO, "✅", card)

    assert await chat.rows("SELECT status, text FROM sheet_result") == [("taken_back", "")]
    assert "evaluated" not in str(await chat.rows("SELECT name FROM sheet_milestone"))
    assert still_read(chat, "Dix minutes") + still_read(chat, WORDS) == []
    said = await chat.says(BEN, f"!fiche F-1 évaluer {WORDS}", room=room)
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await chat.passes(hours=1)
    assert len(still_read(chat, WORDS)) == 2, "its author, and the team"
    await chat.restarts()
    await chat.redacts(BEN, said, room=room)
    assert still_read(chat, WORDS) == []


async def test_neither_an_author_nor_a_bystander_nor_another_team_accepts_it(chat: Chat) -> None:
    await chat.does(BOSS, "m.room.power_levels", {"users": {MODO: 50, CLEO: 50}}, state_key="")
    await publishes(chat, MODO, by=CLEO)
    await answers(chat, BEN, f"!fiche F-1 évaluer {WORDS}")
    card = shown(chat, CLEO)
    assert not [said for said in to(chat, MODO) if WORDS in said.text]
    for person in (MODO, ANA):
        await chat.reacts(person, "✅", card, room=card.room_id)
    await answers(chat, MODO, "!fiche F-1 évaluer")
    assert chat.last.text.startswith("Dites ce qu'elle a donné")
    assert await chat.rows("SELECT status FROM sheet_result") == [("given",)]
    chat.forget()
    await chat.reacts(CLEO, "❌", card)
    assert "ne s'affiche pas" in to(chat, BEN)[-1].text
    assert to(chat, MODO) == []


async def test_structures_are_counted_once_and_stay_without_the_name_of_whoever_is_erased(chat: Chat) -> None:
    await publishes(chat)
    for person, place in ((BEN, "CH de Bourg"), (CLEO, "ch de bourg"), (MODO, "EHPAD Les Tilleuls")):
        await works(chat, person, "ehpad", "Ain", place)
        await tries(chat, person)
    await answers(chat, BEN, f"!fiche F-1 évaluer {WORDS}")
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await answers(chat, CLEO, "!F-1")
    assert "expérimentée dans 2 structures, évaluée par 1 structure" in chat.last.text
    await erases(chat, BEN)
    await answers(chat, CLEO, "!F-1")
    assert "expérimentée dans 2 structures, évaluée par 1 structure" in chat.last.text
    assert WORDS in chat.last.text
    assert "bourg" not in str(await chat.rows("SELECT person, place FROM sheet_result"))
