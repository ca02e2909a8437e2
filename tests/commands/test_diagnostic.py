"""Promises of `!diagnostic`."""

from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import PENDING
from tests.chat import ANA, MODO, Chat


def lines(chat: Chat) -> list[str]:
    """The answer, as items, with spaces as they are typed."""
    return [line.removeprefix("- ") for line in chat.last.text.replace("\u00a0", " ").split("\n")]


async def test_a_moderator_reads_how_the_bot_is(chat: Chat) -> None:
    await chat.says(MODO, "!diagnostic")
    assert lines(chat) == [
        "Chiffrement : ce salon n'est pas chiffré.",
        "Identité : je n'ai pas de clés, je ne peux donc lire aucun salon chiffré.",
        "Messages restés illisibles faute de clé depuis hier : aucun.",
        "Serveur : il ne m'a pas encore répondu.",
        "Rappels : dernier envoi, aucun depuis mon démarrage ; prochain envoi, aucun n'est prévu.",
        "Messages impossibles à envoyer : aucun.",
        "Droits dans ce salon : j'ai tous ceux dont j'ai besoin.",
    ]


async def test_it_is_not_for_everybody(chat: Chat) -> None:
    await chat.says(ANA, "!diagnostic")
    assert "Chiffrement" not in chat.last.text


async def test_it_counts_what_is_wrong(chat: Chat) -> None:
    levels = {"users": {MODO: 50}, "events": {"m.reaction": 50}}
    await chat.does("@boss:example.org", "m.room.power_levels", levels, state_key="")
    content = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "s", "ciphertext": "x"}
    await chat.does(ANA, "m.room.encrypted", content)
    await chat.does("@boss:example.org", "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, state_key="")
    await chat.says(MODO, "!diagnostic")
    assert "Chiffrement : ce salon est chiffré, mes messages aussi." in lines(chat)
    assert "1 message resté illisible faute de clé depuis hier." in lines(chat)
    assert lines(chat)[-1] == (
        "Droits qui me manquent dans ce salon : mettre des réactions sous mes messages. "
        "Une personne qui administre le salon peut me les donner."
    )


async def test_it_says_when_the_next_reminder_is_due(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        assert await delivery.count(tx, "@relais:example.org", PENDING) == 0
        await chat.timers.set(tx, "nothing", "1", due_at=chat.now.replace(day=7, hour=13, minute=5))
    await chat.says(MODO, "!diagnostic")
    assert "prochain envoi, jeudi 7 janvier à 14 h 05" in "\n".join(lines(chat))
