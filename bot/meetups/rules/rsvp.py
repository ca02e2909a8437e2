"""Who comes to a meet-up: answers, seats, the waiting list and how it moves up. Pure; one roster, many rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle import Lifecycle, row

AUTOMATIC_HOURS = 24
"""Hours before the start until which whoever waits gets a free seat without being asked again, if not set otherwise."""
OFFERS_UNTIL = timedelta(hours=2)
"""Time before the start until which, after that, a free seat is offered and held; later the first yes gets it."""
HELD_UNTIL = time(18, 0)


class Answer(StrEnum):
    """What a person answers."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Status(StrEnum):
    """What became of it. `UNCONFIRMED`: said yes before the meet-up was moved; the seat is kept meanwhile.

    `NONE` is no answer yet, or one that was taken back; no `Rsvp` has it.
    """

    NONE = "none"
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    WAITING = "waiting"
    OFFERED = "offered"
    UNCONFIRMED = "unconfirmed"


SEATED = frozenset({Status.YES, Status.OFFERED, Status.UNCONFIRMED})
"""Those who hold a seat."""
COMING = frozenset({Status.YES, Status.UNCONFIRMED})
REMINDED = frozenset({Status.YES, Status.UNCONFIRMED, Status.MAYBE})


class Trigger(StrEnum):
    """What happens to one person's answer. Which of two follows from a yes, the seats decide."""

    SEAT = "seat"
    QUEUE = "queue"
    MAYBE = "maybe"
    NO = "no"
    WITHDRAW = "withdraw"
    OFFER = "offer"  # a free seat is held for them
    LAPSE = "lapse"  # nothing came in time
    LAPSE_AGAIN = "lapse_again"
    MOVE = "move"  # the meet-up has another time


class Party(StrEnum):
    """Who makes it happen. SYSTEM is a timer, or the seat that somebody else leaves."""

    PERSON = "person"
    ORGANISER = "organiser"
    SYSTEM = "system"


_S, _T, _P = Status, Trigger, Party
_ANSWERED: Final = tuple(status for status in Status if status is not Status.NONE)

LIFECYCLE: Final = Lifecycle(
    "rsvp",
    Status.NONE,
    (
        row(*Status, on=_T.SEAT, to=_S.YES, by={_P.PERSON}),
        row(_S.WAITING, on=_T.SEAT, to=_S.YES, by={_P.SYSTEM}),
        row(_S.NONE, _S.MAYBE, _S.NO, on=_T.QUEUE, to=_S.WAITING, by={_P.PERSON}),
        row(*Status, on=_T.MAYBE, to=_S.MAYBE, by={_P.PERSON}),
        row(*Status, on=_T.NO, to=_S.NO, by={_P.PERSON}),
        row(*_ANSWERED, on=_T.WITHDRAW, to=_S.NONE, by={_P.PERSON}),
        row(_S.WAITING, on=_T.OFFER, to=_S.OFFERED, by={_P.SYSTEM}),
        row(_S.OFFERED, on=_T.LAPSE, to=_S.WAITING, by={_P.SYSTEM}),
        row(_S.OFFERED, on=_T.LAPSE_AGAIN, to=_S.NO, by={_P.SYSTEM}),
        row(_S.UNCONFIRMED, on=_T.LAPSE, to=_S.MAYBE, by={_P.SYSTEM}),
        row(_S.YES, on=_T.MOVE, to=_S.UNCONFIRMED, by={_P.ORGANISER}),
        row(_S.OFFERED, on=_T.MOVE, to=_S.WAITING, by={_P.ORGANISER}),
    ),
)


class Promotion(StrEnum):
    """What a free seat does for the person who has waited longest."""

    SEAT = "seat"
    OFFER = "offer"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Rsvp:
    """One person's answer. `rank` orders the waiting list: when they answered, then the event that said so."""

    person: str
    status: Status
    rank: tuple[datetime, str]
    hold_until: datetime | None = None
    passed_over: bool = False  # let an offered seat go once: the next time ends the wait


@dataclass(frozen=True, slots=True)
class Roster:
    """Every answer to one meet-up, each person once; `capacity` None has no limit."""

    capacity: int | None
    rsvps: tuple[Rsvp, ...] = ()

    def of(self, person: str) -> Rsvp | None:
        """The person's answer, None when there is none."""
        return next((rsvp for rsvp in self.rsvps if rsvp.person == person), None)

    def count(self, *statuses: Status) -> int:
        """How many have one of these statuses."""
        return sum(1 for rsvp in self.rsvps if rsvp.status in statuses)

    @property
    def free(self) -> int | None:
        """Seats that nobody holds, None without a limit; never below 0, even when the capacity was lowered."""
        return None if self.capacity is None else max(0, self.capacity - self.count(*SEATED))

    @property
    def waiting(self) -> tuple[Rsvp, ...]:
        """The waiting list in order; those who once let a seat go come last."""
        return tuple(sorted(self._with(Status.WAITING), key=lambda rsvp: (rsvp.passed_over, rsvp.rank)))

    def place_in_line(self, person: str) -> int | None:
        """1 for the first who waits, None for somebody who does not."""
        return next((place for place, rsvp in enumerate(self.waiting, 1) if rsvp.person == person), None)

    # ── what happens ──────────────────────────────────────────────────────────────────────────────────────

    def answer(self, person: str, said: Answer, *, rank: tuple[datetime, str], first_come: bool = False) -> "Roster":
        """The person answers, or changes their mind. Nobody overtakes those who wait, but in the `first_come` end."""
        before = self.of(person) or Rsvp(person, Status.NONE, rank)
        trigger = self._trigger(before.status, said, first_come)
        if trigger is Trigger.QUEUE and before.status is Status.WAITING:
            return self
        keeps_place = trigger is Trigger.SEAT and before.status in SEATED
        return self._step(before if keeps_place else Rsvp(person, before.status, rank), trigger)

    def withdraw(self, person: str) -> "Roster":
        """The person's answer is taken back."""
        rsvp = self.of(person)
        return self._step(rsvp, Trigger.WITHDRAW) if rsvp else self

    def promote(self, how: Promotion, *, hold_until: datetime | None = None) -> "Roster":
        """Give or offer a free seat to the first who waits; the same roster when no seat is free or nobody waits."""
        if not self.waiting or self.free == 0 or how is Promotion.NOTHING:
            return self
        first = self.waiting[0]
        if how is Promotion.SEAT:
            return self._step(first, Trigger.SEAT, by=Party.SYSTEM)
        return self._step(first, Trigger.OFFER, by=Party.SYSTEM, hold_until=hold_until)

    def lapse(self, person: str) -> "Roster":
        """The person did not answer in time: an offered seat is free again, an unconfirmed yes becomes a maybe."""
        rsvp = self.of(person)
        if rsvp is None or LIFECYCLE.target(rsvp.status, Trigger.LAPSE) is None:
            return self
        if rsvp.status is Status.UNCONFIRMED:
            return self._step(rsvp, Trigger.LAPSE, by=Party.SYSTEM)
        trigger = Trigger.LAPSE_AGAIN if rsvp.passed_over else Trigger.LAPSE
        return self._step(replace(rsvp, passed_over=True), trigger, by=Party.SYSTEM)

    def move(self) -> "Roster":
        """The meet-up has another time: every yes must be said again, an offer goes back to the waiting list."""
        moved = [(rsvp, LIFECYCLE.target(rsvp.status, Trigger.MOVE) or rsvp.status) for rsvp in self.rsvps]
        return replace(self, rsvps=tuple(replace(rsvp, status=status, hold_until=None) for rsvp, status in moved))

    def _trigger(self, status: Status, said: Answer, first_come: bool) -> Trigger:
        if said is not Answer.YES:
            return Trigger(said)
        return Trigger.SEAT if status in SEATED or self._open_to_all(first_come) else Trigger.QUEUE

    def _open_to_all(self, first_come: bool) -> bool:
        if self.free is None:
            return True
        return self.free > 0 and (first_come or not self._with(Status.WAITING))

    def _with(self, status: Status) -> list[Rsvp]:
        return [rsvp for rsvp in self.rsvps if rsvp.status is status]

    def _step(
        self, rsvp: Rsvp, trigger: Trigger, *, by: Party = Party.PERSON, hold_until: datetime | None = None
    ) -> "Roster":
        status = LIFECYCLE.step(rsvp.status, trigger, by={by})
        others = tuple(other for other in self.rsvps if other.person != rsvp.person)
        if status is Status.NONE:
            return replace(self, rsvps=others)
        return replace(self, rsvps=(*others, replace(rsvp, status=status, hold_until=hold_until)))


def promotion(now: datetime, start: datetime, *, automatic: int = AUTOMATIC_HOURS) -> Promotion:
    """What happens with a free seat at `now` for a meet-up that starts at `start` (both aware)."""
    left = start - now
    if left > timedelta(hours=automatic):
        return Promotion.SEAT
    return Promotion.OFFER if left > OFFERS_UNTIL else Promotion.NOTHING


def hold_until(now: datetime, start: datetime, zone: ZoneInfo, *, hour: time = HELD_UNTIL) -> datetime:
    """Until when an offered seat is held: the next such hour, at most until OFFERS_UNTIL before the start."""
    local = now.astimezone(zone)
    evening = datetime.combine(local.date(), hour, zone)
    if evening <= local:
        evening = datetime.combine(local.date() + timedelta(days=1), hour, zone)
    return min(evening.astimezone(UTC), (start - OFFERS_UNTIL).astimezone(UTC))


def changes(before: Roster, after: Roster) -> list[tuple[Rsvp | None, Rsvp | None]]:
    """Each changed answer, before and after; None where there is none."""
    people: Iterable[str] = dict.fromkeys([rsvp.person for rsvp in (*before.rsvps, *after.rsvps)])
    pairs = [(before.of(person), after.of(person)) for person in people]
    return [(was, now) for was, now in pairs if was != now]
