"""A published sheet is written anew: everybody reads what was published until a reviewer says yes."""

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.test_own_data import erases
from tests.sheets.writing import DONE, NEED, RESULT, answers, kept, publishes, shown

N = "\u00a0"
ANEW = "Deux heures gagnées par entrée."


async def read_by(chat: Chat, person: str) -> str:
    """What somebody reads in the room."""
    await chat.says(person, "!F-1")
    return chat.last.text


async def test_what_was_changed_is_read_by_nobody_else_before_a_reviewer(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", f"!fiche F-1 résultat {ANEW}", "!fiche F-1 vérifié")
    assert chat.last.text == (
        f"Elle a changé{N}: quelqu'un doit d'abord la relire. Pour l'envoyer{N}: !fiche F-1 soumettre"
    )
    assert (await kept(chat))["status"] == "to_revise"
    for line in ("!fiche F-1", "!fiche F-1 soumettre"):
        read = [await read_by(chat, BEN), await read_by(chat, ANA)]
        assert all(RESULT in text and ANEW not in text and "publiée, à vérifier" in text for text in read), read
        await answers(chat, ANA, line)
    await chat.says(BEN, "!doc saisie entrée ehpad")
    assert "F-1" in chat.last.text
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    read_now = await read_by(chat, BEN)
    assert ANEW in read_now
    assert "à vérifier" not in read_now


async def test_asked_back_it_is_still_read_as_it_was_and_its_author_sees_both(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", f"!fiche F-1 résultat {ANEW}", "!fiche F-1 soumettre")
    await answers(chat, MODO, "!fiche F-1 compléter combien d'entrées")
    assert (await kept(chat))["status"] == "to_complete"
    assert RESULT in await read_by(chat, BEN)
    await answers(chat, ANA, "!F-1")
    assert ANEW in chat.last.text


async def test_left_as_it_was_it_is_verified_at_once(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 vérifié")
    assert (await kept(chat))["status"] == "published"
    assert "à vérifier" not in await read_by(chat, BEN)


async def test_its_author_erased_or_gone_the_published_text_stays_and_the_rest_ends(chat: Chat) -> None:
    for person in (ANA, BEN):
        await publishes(chat, person)
    for number, person in ((1, ANA), (2, BEN)):
        changes = (f"!fiche F-{number} {words}" for words in ("réviser", f"résultat {ANEW}", "soumettre"))
        await answers(chat, person, *changes)
    await erases(chat, ANA)
    chat.homeserver.member(chat.room, BEN, "leave")
    await chat.hears(chat.room)
    await chat.passes(minutes=1)
    for number in (1, 2):
        row = await kept(chat, number)
        assert (row["status"], row["result"], row["author"]) == ("to_revise", RESULT, None if number == 1 else BEN)
        await chat.says(CLEO, f"!F-{number}")
        assert RESULT in chat.last.text
    await answers(chat, MODO, "!fiche F-1 vérifié")
    assert (await kept(chat))["status"] == "published"


async def test_asked_back_an_answer_that_was_deleted_is_asked_again(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await answers(chat, ANA, "!fiche", NEED, DONE)
    said = await chat.says(ANA, RESULT, room=room)
    await answers(chat, ANA, "oui")
    await answers(chat, MODO, "!fiche F-1 compléter combien d'entrées")
    await chat.redacts(ANA, said, room=room)
    await chat.says(ANA, "!fiche F-1 reprendre")
    await chat.reacts(ANA, "✅", shown(chat, ANA), room=room)
    assert chat.last.text.startswith("3 sur 3.")
    await answers(chat, ANA, ANEW)
    assert chat.last.text.startswith("Fiche à vérifier")
    await answers(chat, ANA, "oui")
    assert ((await kept(chat))["status"], (await kept(chat))["result"]) == ("in_review", ANEW)
