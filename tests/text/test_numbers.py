"""A number that somebody types is one, or is refused; it never is a fault."""

import pytest

from bot.text.numbers import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("40", 40), ("007", 7), ("٣", 3), ("500", 500)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole(text, most=500) == number


@pytest.mark.parametrize("text", ["", "501", "-1", "4.5", "²", "½", "deux", " 3", "9" * 5_000])
def test_what_is_no_number_up_to_the_most_is_none(text: str) -> None:
    assert whole(text, most=500) is None


def test_a_number_that_no_row_can_have_is_none() -> None:
    assert (whole(str(2**31 - 1)), whole(str(2**31))) == (2**31 - 1, None)
