"""Promises of `!doc`."""

from tests.chat import ANA, Chat


async def test_a_member_finds_a_resource_by_words_without_accents(chat: Chat) -> None:
    asked = await chat.says(ANA, "!doc messagerie securisee")

    assert "Tchap" in chat.last.text
    assert "https://tchap.numerique.gouv.fr/" in chat.last.text
    assert chat.last.reply_to == asked
    assert not chat.last.rings
