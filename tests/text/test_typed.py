"""What somebody typed, with its blanks made single."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.typed import MOST_BREAKS, collapsed

blanks = st.sampled_from(" \t\u00a0\u202f\u200b\u2060\ufeff\n\r\u2028")
texts = st.text(st.one_of(blanks, st.sampled_from("ab!«”é\U0001f469\u200d"), st.characters()), max_size=80)


@given(text=texts)
def test_nothing_that_is_seen_is_lost(text: str) -> None:
    def seen(part: str) -> str:
        return "".join(char for char in part if not char.isspace() and char.isprintable())

    assert seen(collapsed(text)) == seen(text)


@given(text=texts)
def test_once_is_enough(text: str) -> None:
    assert collapsed(collapsed(text)) == collapsed(text)


@given(text=texts)
def test_no_blanks_and_few_breaks_stand_together(text: str) -> None:
    found = collapsed(text)
    for pair in ("  ", " \u00a0", "\t\t", "\u200b\u200b", "\u200b ", "\n" * (MOST_BREAKS + 1)):
        assert pair not in found


def test_what_stands_alone_stays() -> None:
    for text in (
        "Bonjour\u00a0!",
        "« oui »",
        "a\n\nb",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "a\tb",
        "a\u200bb",
    ):
        assert collapsed(text) == text


def test_breaks_of_any_system_are_breaks() -> None:
    assert collapsed("a\r\nb\rc\u2028d\n \n \n \n \ne") == "a\nb\nc\nd\n\n\ne"
