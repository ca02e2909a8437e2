"""A team applies for support: framed in private, agreed to by each, approved by name; complete or not."""

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.programmes.applying import (
    DIR,
    NEED,
    PROJECT,
    answers,
    decides,
    having,
    plain,
    read,
    ready,
    rooms_made,
    status,
    team,
)


async def test_from_a_theme_to_a_supported_team_that_meets_the_others(chat: Chat) -> None:
    await ready(chat)
    await chat.says(ANA, "!appui", room=await chat.direct(ANA))
    assert "- Blocs opératoires" in chat.last.text
    await chat.says(ANA, f"!appui candidater blocs opératoires {BEN} {CLEO}")
    assert "en conversation privée" in chat.last.text, "others need not read the need"
    room = await chat.direct(ANA)
    await answers(chat, ANA, "✅", "Commencer")
    assert "Quel est le besoin" in chat.last.text
    for line in (NEED, PROJECT):
        await chat.says(ANA, line, room=room)
    assert "Qui donne l'accord" in chat.last.text
    await chat.says(ANA, "@ben:example.org", room=room)
    assert "hors de l'équipe" in chat.last.text
    await chat.says(ANA, DIR, room=room)
    assert "personne n'est encore prévenu" in plain(chat.last)
    assert (read(chat, BEN), read(chat, DIR)) == ([], [])
    await chat.says(ANA, "oui", room=room)
    assert await status(chat) == "incomplete"
    assert "Dir n'a pas répondu" in plain(chat.last)
    await answers(chat, BEN, "✅")
    await answers(chat, CLEO, "✅")
    assert (await status(chat), await team(chat)) == ("incomplete", [ANA, BEN, CLEO])
    await answers(chat, DIR, "✅")
    assert await status(chat) == "submitted"
    assert having(read(chat, MODO), "est complète") == having(read(chat, ANA), "est complète") == 1

    await chat.says(MODO, "!admin appui P-1")
    assert all(words in plain(chat.last) for words in (NEED, PROJECT, "Ben, médecin", "Accord de la direction : Dir"))
    await decides(chat, "P-1 accepter")
    assert await status(chat) == "accepted"
    for person in (ANA, BEN, CLEO, DIR):
        assert having(read(chat, person), "désormais accompagnée") == 1
    (made,) = rooms_made(chat)
    assert chat.homeserver.invited(made) == [ANA, BEN, CLEO]
    await decides(chat, "P-1 accepter")
    assert "ce n'est plus possible" in plain(chat.last)
    assert having(read(chat, BEN), "désormais accompagnée") == 1
