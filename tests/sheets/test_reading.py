"""What is typed behind `!fiche` is a step, a question, or something to tell; what is read in a room is short."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.sheets.writing import NEED, answers, kept, publishes, writes

N = "\u00a0"


async def test_words_before_the_number_and_help_begin_no_sheet(chat: Chat) -> None:
    said = {
        "aide": "!fiche",
        "supprimer F-1": f"Le numéro vient d'abord{N}: !fiche F-1 supprimer",
        "publier la fiche F-1": f"Le numéro vient d'abord{N}: !fiche F-1 publier",
        "Résultat F-1 une heure": f"Le numéro vient d'abord{N}: !fiche F-1 Résultat une heure",
        "publier": f"Pour quelle fiche{N}?",
    }
    wrong = []
    for words, sentence in said.items():
        await answers(chat, ANA, f"!fiche {words}")
        if not chat.last.text.startswith(sentence):
            wrong.append((words, chat.last.text))
    assert wrong == []
    assert await kept(chat) == {}
    await answers(chat, ANA, "!fiche besoin de repos des équipes de nuit")
    assert (await kept(chat))["need"] == "besoin de repos des équipes de nuit"


async def test_help_names_what_is_done_with_a_sheet(chat: Chat) -> None:
    await answers(chat, ANA, "!aide fiche")
    assert [word for word in ("soumettre", "avec", "réviser", "retirer") if word not in chat.last.text] == []


async def test_the_plain_words_for_taking_it_back_ask_first(chat: Chat) -> None:
    await writes(chat)
    for word in ("supprimer", "effacer", "annuler"):
        await answers(chat, ANA, f"!fiche F-1 {word}")
        assert "serait oubliée" in chat.last.text, word
        await answers(chat, ANA, "non")
    assert (await kept(chat))["need"] == NEED


async def test_a_long_sheet_is_an_extract_in_a_room_and_whole_in_private(chat: Chat) -> None:
    await publishes(chat)
    for text in ("Une heure gagnée. " * 100, "a\n" * 200):
        await answers(chat, ANA, "!fiche F-1 réviser", f"!fiche F-1 résultat {text}", "!fiche F-1 soumettre")
        await answers(chat, MODO, "!fiche F-1 publier")
        await chat.says(BEN, "!F-1")
        assert chat.last.lines[-2] == f"Pour tout lire, écrivez-moi en privé{N}: !F-1"
        assert len(chat.last.text) < 1_500
        assert len(chat.last.lines) < 15
        await answers(chat, BEN, "!F-1")
        assert text.strip()[-200:] in chat.last.text
        assert "écrivez-moi" not in chat.last.text
