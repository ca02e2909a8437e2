"""Questions in the words of hospital staff find the shipped resource they are about."""

from collections.abc import Callable

import pytest

from bot.resources.search import Index
from tests.resources.search.catalogues import (
    TODAY,
    Question,
    filled,
    mistyped,
    plain,
    plural,
    questions,
    shipped_documents,
)

FLOOR = 0.95
GOLDEN = questions("golden_shipped.tsv")
UNSEEN = questions("unseen_shipped.tsv")
FRESH = questions("fresh_shipped.tsv")
LATEST = questions("latest_shipped.tsv")


@pytest.fixture(scope="module")
def index() -> Index:
    return filled(shipped_documents())


def top(index: Index, question: Question, words: str) -> list[str]:
    answer = index.search(words, community=question.community, today=TODAY, limit=3)
    return [hit.document.url for hit in answer.hits]


def test_every_expected_address_is_shipped() -> None:
    shipped = {document.url for document in shipped_documents()}
    assert [one for one in GOLDEN + UNSEEN + FRESH + LATEST if not one.addresses <= shipped] == []


def test_the_right_resource_is_among_the_first_three(index: Index) -> None:
    missed = [one.words for one in GOLDEN if not one.addresses & set(top(index, one, one.words))]
    assert len(missed) <= (1 - FLOOR) * len(GOLDEN), missed


@pytest.mark.parametrize("later", [UNSEEN, FRESH], ids=["unseen", "fresh"])
def test_questions_written_later_find_it_as_well(index: Index, later: list[Question]) -> None:
    missed = [one.words for one in later if not one.addresses & set(top(index, one, one.words))]
    assert len(missed) <= (1 - 0.92) * len(later), missed


def test_accents_change_nothing(index: Index) -> None:
    other = [one.words for one in GOLDEN if top(index, one, plain(one.words)) != top(index, one, one.words)]
    assert other == []


@pytest.mark.parametrize("spoil", [plural, mistyped])
def test_plurals_and_typing_errors_find_the_same(index: Index, spoil: Callable[[str], str]) -> None:
    other = [spoil(one.words) for one in GOLDEN if top(index, one, spoil(one.words)) != top(index, one, one.words)]
    assert len(other) <= (1 - FLOOR) * len(GOLDEN), other
