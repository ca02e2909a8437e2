"""What a noun shows a community's team in figures: it declares them on its page, and the dashboard goes over all nouns.

    FIGURES = Figures(
        lines=(Shown(10, _without_answer),),
        weeks=(Weekly(20, N_("Requests"), _requests, _sent),),
        reports={PARTICIPATION: _took_part},
    )

Figures about people are sums, shown from `View.least` people on, and never name or rank anybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from bot.communities.rules.weeks import Weeks
from bot.communities.tables import Community
from bot.i18n import _, language, ngettext
from bot.store.database import Transaction

PARTICIPATION, SEARCH, VOLUNTEERS = "participation", "search", "volunteers"
"""The reports to which nouns contribute lines."""


@dataclass(frozen=True, slots=True)
class View:
    """Whose figures are asked, and when. `least`: people or answers below which nothing is said about them."""

    tx: Transaction
    now: datetime
    account: str
    community: Community
    weeks: Weeks
    least: int

    @property
    def slug(self) -> str:
        return self.community.slug

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.community.time_zone)

    @property
    def since(self) -> datetime:
        """When the first of the weeks began."""
        return self.weeks[0]

    def people(self, count: int) -> str:
        """A number of people, unless they are so few that one might be recognised."""
        if 0 < count < self.least:
            return _("too few people to say")
        return ngettext("{count} person", "{count} people", count).format(count=count)


@dataclass(frozen=True, slots=True)
class Line:
    """A short sentence that names the command for its detail. `waits`: the team has something to do about it."""

    text: str
    waits: bool = True


class LineOf(Protocol):
    async def __call__(self, view: View, /) -> Line | None: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the dashboard; those with lower places come first."""

    place: int
    of: LineOf


class CountsOf(Protocol):
    async def __call__(self, view: View, /) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class Weekly:
    """Something that happens: its `name` (a msgid), `counted(3)` in a sentence, how often in each of `View.weeks`.

    `by_people`: members do it, so that a week in which few did is not counted out; all of a room see a meet-up.
    """

    place: int
    name: str
    counted: Callable[[int], str]
    counts: CountsOf
    by_people: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Opinions asked for, and of those who answered each question how many said yes and how many answered."""

    asked: int = 0
    went_well: tuple[int, int] = (0, 0)
    was_useful: tuple[int, int] = (0, 0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.asked + other.asked,
            _sum(self.went_well, other.went_well),
            _sum(self.was_useful, other.was_useful),
        )

    @property
    def fewest(self) -> int:
        """The answers to the question that has fewer."""
        return min(self.went_well[1], self.was_useful[1])


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


class TallyOf(Protocol):
    async def __call__(self, view: View, /) -> Tally: ...


@dataclass(frozen=True, slots=True)
class Opinions:
    """What people are asked about: its `name` (a msgid), and what they answered."""

    name: str
    tally: TallyOf


class ReportOf(Protocol):
    async def __call__(self, view: View, /) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that a noun has to show; all of it may be left out."""

    lines: tuple[Shown, ...] = ()
    weeks: tuple[Weekly, ...] = ()
    opinions: Opinions | None = None
    reports: Mapping[str, ReportOf] = field(default_factory=dict)


def percent(part: int, whole: int) -> int:
    """A share in whole per cent; one half goes up."""
    return (200 * part + whole) // (2 * whole)


def decimal(value: float) -> str:
    """A number with one decimal at most, as the language of the conversation writes it."""
    return str(format_decimal(round(value, 1), locale=language()))
