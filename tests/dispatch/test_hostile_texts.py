"""Texts over which no command is ended, and shall not be."""

from tests.attacks.test_one_message import MANY, holds_up_nobody
from tests.chat import ANA, Chat


async def test_blanks_between_dates(chat: Chat) -> None:
    assert await holds_up_nobody(chat, f"!rdv dates Copil 12 janvier 14h{chr(0xA0) * MANY}/{chr(0x202F) * MANY}x")


async def test_invisible_runs(chat: Chat) -> None:
    assert await holds_up_nobody(chat, f'!rdv dates "{chr(0x200B) * 3_000}{" " + chr(0x2060)}{chr(0xFEFF) * 3_000}x')


async def test_a_thousand_lines_for_the_minutes(chat: Chat) -> None:
    root = await chat.says(ANA, "Ordre du jour")
    assert await holds_up_nobody(chat, "^ décision\n" * 900 + "^", thread=root)


async def test_nested_quotes_and_brackets(chat: Chat) -> None:
    assert await holds_up_nobody(chat, "!rdv nouveau " + '«“„"([' * 300 + " 12 janvier 14h")


async def test_a_very_long_word(chat: Chat) -> None:
    assert await holds_up_nobody(chat, "!doc " + "telemedecin" * 800)


async def test_many_misspelled_words(chat: Chat) -> None:
    words = " ".join(f"telemedecn{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600))
    assert await holds_up_nobody(chat, f"!doc {words}")


async def test_dates_without_end(chat: Chat) -> None:
    dates = ", ".join(f"{day} janvier 14h" for day in range(6, 30))
    assert await holds_up_nobody(chat, f'!rdv dates "Copil" {dates * 20}')


async def test_a_list_of_days_without_end(chat: Chat) -> None:
    assert await holds_up_nobody(chat, "!rappel " + "12 et " * 1_500)
