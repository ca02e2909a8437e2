"""What is typed behind `!fiche` is a step, a question, or something to tell; what is read in a room is short."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.sheets.writing import DONE, NEED, answers, kept, publishes, writes

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


async def test_what_is_being_written_the_team_reads_no_more_than_others(chat: Chat) -> None:
    """Its preview says so to its author; the team may end it, and knows that it is there."""
    await answers(chat, ANA, "!fiche", NEED, DONE)
    steps = ("", "titre x", "soumettre", "capitaliser", "diffuser rse", "essayer", "pdf", "retirer hors sujet")
    shown = {}
    for step in steps:
        await answers(chat, MODO, f"!fiche F-1 {step}")
        shown[step] = chat.last.text
    assert {step: text for step, text in shown.items() if "EHPAD" in text or "secrétariats" in text} == {}
    assert shown[""] == f"F-1{N}: en cours d'écriture, pour ses auteurs seulement"
    assert shown["retirer hors sujet"].startswith("F-1 serait oubliée")
    await answers(chat, MODO, "oui")
    assert chat.last.text == "F-1 n'est plus visible."
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-2 réviser", "!fiche F-2 titre Un autre titre")
    await answers(chat, MODO, "!F-2")
    assert "Un autre titre" not in chat.last.text
    assert NEED in chat.last.text
