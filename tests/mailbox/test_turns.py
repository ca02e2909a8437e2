"""Who is served first."""

from collections.abc import Collection
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.mailbox.turns import HANDFUL, turn

AT_ONCE = 50
Row = tuple[int, str]


async def _of_others(left: list[Row], many: Collection[str]) -> list[Row]:
    return [row for row in left if row[1] not in many][:AT_ONCE]


async def _served(waiting: list[Row]) -> list[Row]:
    """Everything, in the order in which it is taken when nothing more arrives."""
    left, served = list(waiting), list[Row]()
    more = True
    while more:
        taken, more = await turn(left[:AT_ONCE], lambda row: row[1], partial(_of_others, left), most=AT_ONCE)
        assert taken or not left
        served += taken
        left = [row for row in left if row not in taken]
        more = more and bool(left)
    return served


crowds = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 120)), max_size=8)


@given(crowds=crowds)
async def test_everybody_is_served_once_and_in_their_own_order(crowds: list[tuple[str, int]]) -> None:
    waiting = list(enumerate(person for person, count in crowds for _ in range(count)))
    served = await _served(waiting)
    assert sorted(served) == waiting
    for person in "abcdefgh":
        mine = [row for row in served if row[1] == person]
        assert mine == sorted(mine)


@given(crowds=crowds, few=st.integers(1, HANDFUL))
async def test_who_asks_little_is_served_before_the_floods_are_over(crowds: list[tuple[str, int]], few: int) -> None:
    waiting = list(enumerate([*(person for person, count in crowds for _ in range(count)), *["z"] * few]))
    served = await _served(waiting)
    people = len({person for person, _count in crowds})
    last = max(place for place, row in enumerate(served) if row[1] == "z")
    assert last < (people + 2) * (HANDFUL + few) + AT_ONCE


async def test_without_a_flood_the_order_is_that_of_the_room() -> None:
    waiting = [(number, "abcde"[number % 5]) for number in range(40)]
    assert await _served(waiting) == waiting
