"""Folding: the same whatever was folded before, and every character knows where it came from."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.plain_text import MOST, fold


@given(st.text())
def test_a_text_becomes_what_its_characters_become_each_at_its_place(text: str) -> None:
    whole = fold(text)
    alone = [fold(char).text for char in text]
    assert whole.text == "".join(alone)
    assert list(whole.offsets) == [place for place, plain in enumerate(alone) for _char in plain]


def test_more_kinds_of_characters_than_are_remembered_keep_their_places() -> None:
    text = "".join(map(chr, range(0xA0, 0xA0 + 2 * MOST)))
    whole = fold(text)
    assert len(whole.text) == len(whole.offsets)
    assert whole.text[list(whole.offsets).index(text.index("½"))] == "1"
    assert fold("Été").text == "ete"
