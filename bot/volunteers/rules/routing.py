"""Which volunteers are asked next, and why these."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from heapq import nsmallest
from typing import Final, NamedTuple

from bot.time.working_time import WorkingTime
from bot.volunteers.rules.absence import Absence, Away, stand_in
from bot.volunteers.rules.workload import NO_LOAD, Load

WAVES: Final = (2, 3)  # people asked first, then in addition
OPEN_CAP: Final = 2
MONTH_CAP: Final = 2


class TopicLevel(IntEnum):
    """How near a volunteer's topics are to the request's."""

    EXACT = 0
    PARENT = 1
    GENERALIST = 2


class Exclusion(StrEnum):
    """Why somebody who knows the topic is not asked now."""

    REQUESTER = "requester"
    ALREADY_ASKED = "already_asked"
    NOT_ACTIVE = "not_active"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    ABSENT = "absent"
    SAME_ESTABLISHMENT = "same_establishment"
    ENOUGH_OPEN = "enough_open"
    ENOUGH_THIS_MONTH = "enough_this_month"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One expert of the community, with their settings. For speed, those of equal hours should share one `working`."""

    person: str
    working: WorkingTime
    topics: frozenset[str] = frozenset()
    generalist: bool = False
    active: bool = True
    reachable: bool = True  # no direct chat was declined, nor waits to be accepted
    paused: bool = False
    absence: Absence | None = None
    open_cap: int = OPEN_CAP
    month_cap: int = MONTH_CAP
    establishment: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A request: its topic and requester. `asked`: everybody asked so far, whatever they answered."""

    topic: str
    requester: str
    ancestors: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    helped_before: str | None = None  # asked first when a request is reopened
    avoid_establishment: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person for one need: how near the topic, how loaded, and why not to ask them now, if so."""

    person: str
    level: TopicLevel
    load: Load
    exclusion: Exclusion | None = None
    instead_of: str | None = None  # the absent person they stand in for
    helped_before: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to ask now, best first. If they are too few, `opens_at` is when the next other person starts work."""

    chosen: tuple[Verdict, ...]
    opens_at: datetime | None = None


def ancestors_of(topic: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The topics above a topic, nearest first; a circle is cut."""
    line = {topic: None}
    while (above := parents.get(topic)) is not None and above not in line:
        line[above] = None
        topic = above
    return tuple(line)[1:]


def choose(
    need: Need, volunteers: Mapping[str, Volunteer], loads: Mapping[str, Load], *, size: int, now: datetime
) -> Choice:
    """At most `size` people to ask now, by topic, open load, recent requests, oldest help, stable id."""
    moment = _Moment(now)
    matches = _with_stand_ins(_matches(need, volunteers), _away(volunteers, now), volunteers)
    eligible = (
        _rank(need, person, match, loads.get(person, NO_LOAD))
        for person, match in matches.items()
        if _exclusion(need, volunteers[person], loads.get(person, NO_LOAD), moment) is None
    )
    chosen = tuple(_verdict(need, person, matches[person], loads, None) for *_, person in nsmallest(size, eligible))
    return Choice(chosen, moment.opens_at() if len(chosen) < size else None)


def explain(
    need: Need, volunteers: Mapping[str, Volunteer], loads: Mapping[str, Load], *, now: datetime
) -> tuple[Verdict, ...]:
    """Everybody who knows the topic: first those who may be asked, in order, then the others, with the reason."""
    moment = _Moment(now)
    known, away = _matches(need, volunteers), _away(volunteers, now)
    absent = {person: match for person, match in known.items() if person in away}
    there = _with_stand_ins(known, away, volunteers)
    verdicts = [_verdict(need, who, match, loads, Exclusion.ABSENT) for who, match in absent.items()]
    for person, match in there.items():
        exclusion = _exclusion(need, volunteers[person], loads.get(person, NO_LOAD), moment)
        verdicts.append(_verdict(need, person, match, loads, exclusion))
    return tuple(sorted(verdicts, key=_explained_order(need)))


class _Match(NamedTuple):
    level: TopicLevel
    instead_of: str | None = None


_Rank = tuple[bool, TopicLevel, int, int, datetime, str]
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def _rank(need: Need, person: str, match: _Match, load: Load) -> _Rank:
    """The key by which people are sorted: the first is asked first. Plain tuples, for there may be thousands."""
    return (
        not _helped_before(need, person, match.instead_of),
        match.level,
        load.open_requests,
        load.asked_recently,
        load.last_accepted_at or _LONG_AGO,
        person,
    )


def _helped_before(need: Need, person: str, instead_of: str | None) -> bool:
    return need.helped_before is not None and need.helped_before in (person, instead_of)


def _explained_order(need: Need) -> Callable[[Verdict], tuple[bool, str, _Rank]]:
    def order(verdict: Verdict) -> tuple[bool, str, _Rank]:
        rank = _rank(need, verdict.person, _Match(verdict.level, verdict.instead_of), verdict.load)
        return verdict.exclusion is not None, verdict.exclusion or "", rank

    return order


def _verdict(need: Need, person: str, match: _Match, loads: Mapping[str, Load], exclusion: Exclusion | None) -> Verdict:
    level, instead_of = match
    helped_before = _helped_before(need, person, instead_of)
    return Verdict(person, level, loads.get(person, NO_LOAD), exclusion, instead_of, helped_before)


_OWN_MATCHES: Final = {level: _Match(level) for level in TopicLevel}


def _matches(need: Need, volunteers: Mapping[str, Volunteer]) -> dict[str, _Match]:
    ancestors = frozenset(need.ancestors)
    levels = ((who, _level(need.topic, ancestors, volunteer)) for who, volunteer in volunteers.items())
    return {person: _OWN_MATCHES[level] for person, level in levels if level is not None}


def _level(topic: str, ancestors: Collection[str], volunteer: Volunteer) -> TopicLevel | None:
    if topic in volunteer.topics:
        return TopicLevel.EXACT
    if ancestors and not volunteer.topics.isdisjoint(ancestors):
        return TopicLevel.PARENT
    return TopicLevel.GENERALIST if volunteer.generalist else None


def _away(volunteers: Mapping[str, Volunteer], now: datetime) -> Away:
    return {
        person: volunteer.absence.delegate
        for person, volunteer in volunteers.items()
        if volunteer.absence and volunteer.absence.covers(now.astimezone(volunteer.working.zone).date())
    }


def _with_stand_ins(
    matches: Mapping[str, _Match], away: Away, volunteers: Mapping[str, Volunteer]
) -> dict[str, _Match]:
    """Those present who know the topic, or are delegates of somebody who does; if both, the nearer match."""
    there = {person: match for person, match in matches.items() if person not in away}
    for person in away:
        delegate = stand_in(person, away)
        if person not in matches or delegate is None or delegate not in volunteers:
            continue
        level = matches[person].level
        if delegate not in there or level < there[delegate].level:
            there[delegate] = _Match(level, person)
    return there


@dataclass(slots=True)
class _Moment:
    """Who is at work now; computed once for volunteers who share their hours."""

    now: datetime
    known: dict[int, bool] = field(default_factory=dict)
    closed: list[WorkingTime] = field(default_factory=list)

    def is_open(self, working: WorkingTime) -> bool:
        known = self.known.get(id(working))
        if known is None:
            known = self.known[id(working)] = working.is_open(self.now)
            if not known:
                self.closed.append(working)
        return known

    def opens_at(self) -> datetime | None:
        """When the first of those found closed starts work."""
        return min((working.next_opening(self.now) for working in self.closed), default=None)


def _exclusion(need: Need, volunteer: Volunteer, load: Load, moment: _Moment) -> Exclusion | None:
    """The first reason that holds; hours come last, because they alone pass by themselves."""
    person, avoided = volunteer.person, need.avoid_establishment
    if person == need.requester:
        return Exclusion.REQUESTER
    if person in need.asked:
        return Exclusion.ALREADY_ASKED
    if not volunteer.active:
        return Exclusion.NOT_ACTIVE
    if not volunteer.reachable:
        return Exclusion.UNREACHABLE
    if volunteer.paused:
        return Exclusion.PAUSED
    if avoided is not None and volunteer.establishment == avoided:
        return Exclusion.SAME_ESTABLISHMENT
    return _too_much(volunteer, load) or (None if moment.is_open(volunteer.working) else Exclusion.OUT_OF_HOURS)


def _too_much(volunteer: Volunteer, load: Load) -> Exclusion | None:
    if load.open_requests >= volunteer.open_cap:
        return Exclusion.ENOUGH_OPEN
    return Exclusion.ENOUGH_THIS_MONTH if load.asked_this_month >= volunteer.month_cap else None


def may_be_proposed(volunteer: Volunteer, load: Load, *, now: datetime) -> bool:
    """Whether somebody may be proposed for something else than a request: active, there, reached and not overloaded."""
    away = volunteer.absence is not None and volunteer.absence.covers(now.astimezone(volunteer.working.zone).date())
    there = volunteer.active and volunteer.reachable and not volunteer.paused and not away
    return there and _too_much(volunteer, load) is None
