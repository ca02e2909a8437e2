"""A reader tries a sheet and is asked once what came of it; the team reads that before it is shown."""

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.sheets.writing import answers, publishes, shown, to

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
    assert chat.last.lines[-2:] == [f"Où elle en est{N}: publiée", f"Pour l'essayer chez vous{N}: !fiche F-1 essayer"]
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
