"""Whose turn it is, where one person may have much more waiting than the others of a room."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from typing import TypeVar

HANDFUL = 10
"""Things of one person that may wait before the others of the room come first."""

Row = TypeVar("Row")


async def turn(
    oldest: Sequence[Row],
    whose: Callable[[Row], str | None],
    others: Callable[[Collection[str]], Awaitable[Sequence[Row]]],
    *,
    most: int,
) -> tuple[list[Row], bool]:
    """What to take now, and whether more may wait; `oldest` are at most `most`, in order.

    Mostly it is just these. When somebody has more than a HANDFUL among them, `others` reads what everybody else waits
    for; that comes first, then the oldest HANDFUL: a flood delays nobody, and still goes on. What one person asked
    stays in order.
    """
    many: set[str] = set()
    found = oldest
    while more := _many(map(whose, found)) - many:
        many |= more
        found = await others(many)
    if not many:
        return list(oldest), len(oldest) == most
    return [*found, *(row for row in oldest[:HANDFUL] if row not in found)], True


def _many(names: Iterable[str | None]) -> set[str]:
    """Those who have more than a HANDFUL."""
    return {name for name, count in Counter(names).items() if name is not None and count > HANDFUL}
