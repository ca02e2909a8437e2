"""When somebody works, and the instant a number of working hours or days after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.time.hours import MINUTES_A_DAY, OFFICE_HOURS, Hours, Span
from bot.time.public_holidays import METROPOLE, REGIONS, is_public_holiday

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Weekly hours in a zone, minus a region's public holidays and a rest.

    A night belongs to the day on which it starts: a holiday or a rest closes the nights that start on it.
    Instants are aware; those returned are in UTC. Durations are real time, even when clocks change.
    """

    zone: ZoneInfo
    hours: Hours = OFFICE_HOURS
    region: str = METROPOLE
    rest_until: date | None = None  # the last day of rest

    def __post_init__(self) -> None:
        if self.region not in REGIONS:
            raise ValueError(f"unknown region of public holidays: {self.region}")

    def is_open(self, instant: datetime) -> bool:
        """Whether somebody may be disturbed at this instant."""
        start, _ = next(self._stretches(instant))
        return start <= instant

    def next_opening(self, instant: datetime) -> datetime:
        """The first open instant at or after this one."""
        start, _ = next(self._stretches(instant))
        return max(start, instant.astimezone(UTC))

    def last_open(self, instant: datetime) -> datetime:
        """The last open minute at or before this instant; the instant itself when none was in the year before."""
        today = instant.astimezone(self.zone).date()
        for step in range(366):
            for start, end in reversed(list(self._stretches_of(today - step * _DAY))):
                if start <= instant:
                    return min(instant.astimezone(UTC), end - _MINUTE)
        return instant.astimezone(UTC)

    def add(self, instant: datetime, working: timedelta) -> datetime:
        """The first instant by which that much working time has passed since this one."""
        if working < timedelta(0):
            raise ValueError("working time does not run backwards")
        if not working:
            return instant.astimezone(UTC)
        left = working
        for start, end in self._stretches(instant):
            begun = max(start, instant)
            if left <= end - begun:
                return begun + left
            left -= end - begun
        raise AssertionError("a week of hours never ends")

    def add_days(self, instant: datetime, days: int) -> datetime:
        """The same time of day, that many working days later; if that is closed, the next opening.

        Counted from the next opening: one day after a Sunday is Tuesday at the time when Monday opens.
        """
        if days < 0:
            raise ValueError("working days do not run backwards")
        begun = self.next_opening(instant)
        day = self._day_of(begun)
        local = begun.astimezone(self.zone)
        target = self._working_day_after(day, days) + (local.date() - day)
        return self.next_opening(datetime.combine(target, local.time(), self.zone))

    def working_age(self, start: datetime, now: datetime) -> timedelta:
        """The working time between two instants; zero when `now` comes first."""
        age = timedelta(0)
        for opened, closed in self._stretches(start):
            if opened >= now:
                return age
            age += max(timedelta(0), min(closed, now) - max(opened, start))
        raise AssertionError("a week of hours never ends")

    def age_in_days(self, start: datetime, now: datetime) -> int:
        """How many whole working days have passed: the most that `add_days` may add without passing `now`."""
        if now <= start:
            return 0
        first, last = self._day_of(self.next_opening(start)), now.astimezone(self.zone).date()
        days = sum(1 for step in range(1, (last - first).days + 1) if self._works_on(first + step * _DAY))
        while days > 0 and self.add_days(start, days) > now:
            days -= 1
        return days

    def _works_on(self, day: date) -> bool:
        rests = self.rest_until is not None and day <= self.rest_until
        return not rests and bool(self.hours.of_weekday(day.weekday())) and not is_public_holiday(day, self.region)

    def _working_day_after(self, day: date, days: int) -> date:
        while days:
            day += _DAY
            days -= self._works_on(day)
        return day

    def _day_of(self, opened: datetime) -> date:
        """The day to which an open instant belongs: the day before for the end of a night."""
        today = opened.astimezone(self.zone).date()
        begun_today = any(start <= opened < end for start, end in self._stretches_of(today))
        return today if begun_today else today - _DAY

    def _stretches(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches that end after an instant, in UTC, in order, without overlap."""
        yesterday = instant.astimezone(self.zone).date() - _DAY
        first = yesterday if self.rest_until is None else max(yesterday, self.rest_until)
        closed = datetime.min.replace(tzinfo=UTC)
        for step in count():
            for start, end in self._stretches_of(first + step * _DAY):
                if end > max(instant, closed):
                    yield max(start, closed), end
                closed = max(closed, end)

    def _stretches_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self._works_on(day):
            for span in self.hours.of_weekday(day.weekday()):
                start, end = self._instants(day, span)
                if start < end:
                    yield start, end

    def _instants(self, day: date, span: Span) -> tuple[datetime, datetime]:
        return self._instant(day, span.start), self._instant(day, span.end)

    def _instant(self, day: date, minutes: int) -> datetime:
        days, minutes = divmod(minutes, MINUTES_A_DAY)
        hour, minute = divmod(minutes, 60)
        return datetime.combine(day + days * _DAY, time(hour, minute), self.zone).astimezone(UTC)
