"""A sheet is found by the number that it is known by, as any resource by its own."""

import pytest

from tests.chat import ANA, BEN, Chat
from tests.sheets.writing import publishes, to


@pytest.mark.parametrize("typed", ["F-1", "f1", "F 1"])
async def test_a_sheet_is_found_by_its_number(chat: Chat, typed: str) -> None:
    await publishes(chat)
    chat.forget()
    await chat.says(BEN, f"!doc {typed}")

    assert "F-1" in chat.last.text
    assert "Aucune ressource" not in chat.last.text
    assert await chat.rows("SELECT * FROM search_miss") == []


async def test_a_sheet_that_is_not_there_is_searched_like_any_word(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(BEN, "!doc F-7")

    assert "F-7" in chat.last.text


async def test_its_owner_is_asked_a_year_later_with_the_way_to_it(chat: Chat) -> None:
    await publishes(chat)
    await chat.passes(days=380)
    asked = next(said.text for said in to(chat, ANA) if "toujours" in said.text)

    assert "Pour la lire\u00a0: !F-1" in asked
    assert "fiche:F-1" not in asked
