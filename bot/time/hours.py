"""A person's working hours of a week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

MINUTES_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to `end`, in minutes from the midnight of a weekday; Monday is 0, an end may pass 24 h."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < 7 and 0 <= self.start < MINUTES_A_DAY):
            raise ValueError("a span starts on one of seven days, before its midnight")
        if not self.start < self.end <= self.start + MINUTES_A_DAY:
            raise ValueError("a span lasts more than nothing and at most a day")


@dataclass(frozen=True, slots=True)
class Hours:
    """A week of spans, in order; those of one weekday do not touch. Never empty."""

    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.spans or self.spans != tuple(_merged(self.spans)):
            raise ValueError("hours are ordered, apart and not empty: use `Hours.of`")

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Hours":
        """Hours from spans in any order, overlaps joined."""
        return cls(tuple(_merged(spans)))

    def of_weekday(self, weekday: int) -> tuple[Span, ...]:
        """The spans that start on that weekday."""
        return tuple(span for span in self.spans if span.weekday == weekday)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    previous: Span | None = None
    for span in sorted(spans):
        if previous is None:
            previous = span
        elif span.weekday == previous.weekday and span.start <= previous.end:
            end = min(max(previous.end, span.end), previous.start + MINUTES_A_DAY)
            previous = Span(previous.weekday, previous.start, end)
        else:
            yield previous
            previous = span
    if previous is not None:
        yield previous


OFFICE_HOURS: Final = Hours(tuple(Span(weekday, 8 * 60 + 30, 18 * 60 + 30) for weekday in range(5)))
