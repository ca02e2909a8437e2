"""The life of a thing as a table: from which status what leads where, and by whom.

A noun writes the rows; whoever keeps the thing asks `step` before it changes a status, and nothing else changes one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from bot.errors import NotNow

S = TypeVar("S", bound=StrEnum)  # statuses
T = TypeVar("T", bound=StrEnum)  # triggers: what happens to the thing
P = TypeVar("P", bound=StrEnum)  # parties: what somebody is to the thing

WRONG_STATUS: Final = "wrong_status"
NOT_ALLOWED: Final = "not_allowed"


@dataclass(frozen=True, slots=True)
class Row(Generic[S, T, P]):
    """From any of `sources` to `target`, by any of `by`, unless one of these hindrances is there."""

    sources: frozenset[S]
    trigger: T
    target: S
    by: frozenset[P]
    unless: tuple[StrEnum, ...] = ()


def row(*sources: S, on: T, to: S, by: Collection[P], unless: Collection[StrEnum] = ()) -> Row[S, T, P]:
    """A row as a sentence; of several hindrances the first is the one that is named."""
    return Row(frozenset(sources), on, to, frozenset(by), tuple(unless))


@dataclass(frozen=True)
class Lifecycle(Generic[S, T, P]):
    """All rows of one kind of thing, which begins in `start`. A status and a trigger lead to one target, whoever acts;
    of the rows that have both, each party is in one at most.
    """

    noun: str
    start: S
    rows: tuple[Row[S, T, P], ...]

    def target(self, status: S, trigger: T) -> S | None:
        """The status that follows, whoever acts; None when the trigger means nothing in this one."""
        return next((row.target for row in self._rows(status, trigger)), None)

    def step(self, status: S, trigger: T, *, by: Collection[P], hindrances: Collection[StrEnum] = ()) -> S:
        """The status that follows when somebody who is all of `by` does this. Raises NotNow."""
        why_not = self.refusal(status, trigger, by=by, hindrances=hindrances)
        target = self.target(status, trigger)
        if why_not is not None or target is None:
            raise NotNow(why_not or WRONG_STATUS)
        return target

    def refusal(self, status: S, trigger: T, *, by: Collection[P], hindrances: Collection[StrEnum] = ()) -> str | None:
        """Why not: the status, the person, or a hindrance; None when it is possible."""
        rows = list(self._rows(status, trigger))
        theirs = [row for row in rows if not row.by.isdisjoint(by)]
        if not theirs:
            return NOT_ALLOWED if rows else WRONG_STATUS
        found = [next((one for one in row.unless if one in hindrances), None) for row in theirs]
        return None if None in found else found[0]

    def _rows(self, status: S, trigger: T) -> Iterator[Row[S, T, P]]:
        return (row for row in self.rows if status in row.sources and row.trigger is trigger)

    def diagram(self) -> str:
        """The table as a state diagram of Mermaid, its arrows in the order of the rows."""
        arrows: dict[tuple[S, S, T], list[str]] = {}
        for row in self.rows:
            for source in sorted(row.sources):
                arrows.setdefault((source, row.target, row.trigger), []).append(_who(row))
        lines = [f"{source} --> {to}: {_words(on)} {', or '.join(who)}" for (source, to, on), who in arrows.items()]
        left = {source for source, _target, _trigger in arrows}
        ends = sorted({target for _source, target, _trigger in arrows} - left)
        return "\n    ".join(["stateDiagram-v2", f"[*] --> {self.start}", *lines, *(f"{end} --> [*]" for end in ends)])


def _who(row: Row[S, T, P]) -> str:
    unless = f" unless {_words(*row.unless)}" if row.unless else ""
    return f"by {_words(*sorted(row.by))}{unless}"


def _words(*names: StrEnum) -> str:
    return " or ".join(name.replace("_", " ") for name in names)
