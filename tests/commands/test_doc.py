"""Promises of `!doc`."""

from tests.chat import ANA, Chat


async def test_a_member_finds_a_resource_by_words_without_accents(chat: Chat) -> None:
    asked = await chat.says(ANA, "!doc messagerie securisee")

    assert "Tchap" in chat.last.text
    assert "https://tchap.numerique.gouv.fr/" in chat.last.text
    assert chat.last.reply_to == asked
    assert not chat.last.rings


async def test_a_result_is_chosen_by_its_number_without_quoting(chat: Chat) -> None:
    await chat.says(ANA, "!doc données de santé")
    second = chat.last.lines[chat.last.lines.index(next(line for line in chat.last.lines if line.startswith("2. ")))]

    await chat.says(ANA, "2")

    assert chat.last.lines[0] == second.removeprefix("2. ")
    assert chat.last.lines[-1].startswith("https://")


async def test_more_results_follow_and_then_there_are_no_more(chat: Chat) -> None:
    await chat.says(ANA, "!doc données de santé")
    first = set(chat.last.lines[1:])
    await chat.says(ANA, "suite")
    assert not first & set(chat.last.lines[1:])

    for _ in range(20):
        await chat.says(ANA, "suite")
    assert chat.last.text == "Il n'y a rien de plus."
