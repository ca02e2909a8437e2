"""What the grammar collects from one text, before the calendar is consulted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.time.when.clocks import Hours
from bot.time.when.feasts import Feast
from bot.time.when.result import Doubt, Reason

Clock = tuple[int, ...]  # hour, minute, and the second when it is said


class Day(NamedTuple):
    """One day, as the text names it; everything that is not named is None."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    offset: int | None = None  # days from today
    months: int | None = None  # months from today
    week: int | None = None  # weeks from this one, with a weekday
    month_shift: int | None = None  # months from this one, with a day or an ordinal
    ordinal: int | None = None  # which weekday of the month, negative from the end
    later: int = 0  # days after that ("en huit" is 7)
    apart: int = 0  # days before or after the day that is named ("la veille de")
    next: object = None  # "fr" or "en": not the same weekday for all
    this: bool = False
    feast: Feast | None = None  # a day that each year has elsewhere
    iso_week: int | None = None  # number of the week in its year
    usual: bool = False  # "le mardi": this one, or all of them beside a recurrence

    @property
    def only_weekday(self) -> bool:
        """Whether a weekday is all that the text says."""
        return self.weekday is not None and self[1:-1] == _NOTHING_ELSE


_NOTHING_ELSE = Day()[1:-1]


class Rule(NamedTuple):
    """A recurrence: the parts of an RRULE."""

    freq: str
    interval: int = 1
    byday: tuple[tuple[int, int], ...] = ()  # (which one or 0, weekday)
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()  # its only months; empty means all
    last_workday: int = 0  # which working day of the month, negative from the end

    @property
    def bare(self) -> bool:
        """Whether it gives how often, but not on which day."""
        return self[2:] == ((), (), (), 0)


@dataclass(slots=True)
class Parts:
    """The pieces found so far, at most one of each kind."""

    day: Day | None = None
    last_day: Day | None = None
    since: Day | None = None  # "à partir du"
    until: Day | None = None
    until_month: bool = False  # "jusqu'en juin": enough to end a series, not an absence
    excepted: tuple[Day, ...] = ()
    not_on: tuple[int, ...] | None = None  # weekdays
    not_in: tuple[int, ...] | None = None  # months
    span: tuple[tuple[int, int | None], tuple[int, int | None]] | None = None  # the months of a series, with years
    plural: bool = False  # "les mardis", which may be a name, not "tous les mardis"
    listed: tuple[int, ...] | None = None  # "lundi et jeudi", which needs "every week" to be read
    through: bool = False  # from the time of the first day to that of the last
    moment: datetime | timedelta | None = None  # an instant, or a delay from now
    clock: Clock | None = None
    clock_end: Clock | None = None
    maybe: Clock | None = None  # "2h": not yet known whether a time or a duration
    half_day: bool = False  # "3:30" without am or pm
    duration: int | None = None  # minutes
    days_long: int | None = None
    part: tuple[int, int] | None = None
    this_evening: bool = False
    bare_hour: bool = False  # "15 à 20h": from three to eight, or the 15th at eight
    about: bool = False  # "vers 14h" is taken for 14h
    rule: Rule | None = None
    count: int | None = None
    all_day: bool = False
    zone: str | None = None
    loose: bool = False

    def put(self, name: str, value: object) -> None:
        """Sets one piece; raises `Doubt` if the text already said something else."""
        known = getattr(self, name)
        if known not in (None, False, value):
            raise Doubt(Reason.AMBIGUOUS)
        setattr(self, name, value)

    def put_rule(self, rule: Rule) -> None:
        """Sets the recurrence; "every 2 months" and "the first Tuesday" complete each other."""
        if self.rule is None or self.rule == rule:
            self.rule = rule
            return
        bare, full = (self.rule, rule) if self.rule.bare else (rule, self.rule)
        if not bare.bare or full.bare or bare.freq != full.freq or full.interval != 1:
            raise Doubt(Reason.AMBIGUOUS)
        self.rule = full._replace(interval=bare.interval)

    def put_hours(self, hours: Hours) -> None:
        """Sets `14h` or `1h30` where it fits: after a time of day a shorter one is a duration."""
        self.loose = self.loose or hours.loose
        value = (hours.hour, hours.minute)
        if self.clock is None and (hours.hour >= 6 or hours.padded):
            self._put_clock(value)
        elif self.clock is None:
            self.put("maybe", value)
        elif value < self.clock and self.clock_end is None:
            self.put("duration", hours.hour * 60 + hours.minute)
        else:
            raise Doubt(Reason.AMBIGUOUS)

    def _put_clock(self, value: Clock) -> None:
        if value[0] > 24 or value > (24, 0):
            raise Doubt(Reason.IMPOSSIBLE)
        self.clock = value
        if self.maybe:
            self.put("duration", self.maybe[0] * 60 + self.maybe[1])
            self.maybe = None
