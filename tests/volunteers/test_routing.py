"""Requests reach those who know, are there and carry least; nobody is asked beyond what they agreed to."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.time.hours_text import parse_hours
from bot.time.working_time import WorkingTime
from bot.volunteers.rules.absence import Absence, closes_a_circle, stand_in
from bot.volunteers.rules.routing import (
    WAVES,
    Choice,
    Exclusion,
    Need,
    TopicLevel,
    Volunteer,
    ancestors_of,
    choose,
    explain,
)
from bot.volunteers.rules.workload import Load
from tests.volunteers.engagements import Engagement, loads_of

PARIS = ZoneInfo("Europe/Paris")
OFFICE = WorkingTime(PARIS)
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # a Wednesday morning
DAY = timedelta(days=1)
NEED = Need("interoperability", "@requester:example.org", ancestors=("software",))


SHIFTS = ("lun-ven 9h-17h", "nuit 21h-7h", "lun mer 9h-12h", "tous les jours 0h-24h")

expert = partial(Volunteer, working=OFFICE, topics=frozenset({NEED.topic}))


def people(*volunteers: Volunteer) -> dict[str, Volunteer]:
    return {volunteer.person: volunteer for volunteer in volunteers}


def names(choice: Choice) -> list[str]:
    return [verdict.person for verdict in choice.chosen]


def test_the_nearest_topic_comes_first() -> None:
    volunteers = people(
        expert("generalist", topics=frozenset(), generalist=True),
        expert("parent", topics=frozenset({"software"})),
        expert("exact", generalist=True),
        expert("other", topics=frozenset({"waste"})),
    )
    choice = choose(NEED, volunteers, {}, size=5, now=NOW)
    assert [(one.person, one.level) for one in choice.chosen] == [
        ("exact", TopicLevel.EXACT),
        ("parent", TopicLevel.PARENT),
        ("generalist", TopicLevel.GENERALIST),
    ]


def test_among_equals_the_order_is_load_then_recent_requests_then_oldest_help_then_id() -> None:
    loads = {
        "a": Load(open_requests=1),
        "b": Load(asked_recently=2, last_accepted_at=NOW - 90 * DAY),
        "c": Load(asked_recently=1, last_accepted_at=NOW - 2 * DAY),
        "d": Load(asked_recently=1, last_accepted_at=NOW - 9 * DAY),
        "e": Load(asked_recently=1),
        "g": Load(),
    }
    volunteers = people(*(expert(name) for name in "gfedcba"))
    assert names(choose(NEED, volunteers, loads, size=7, now=NOW)) == list("fgedcba")


@pytest.mark.parametrize(
    ("volunteer", "load", "reason"),
    [
        (expert(NEED.requester), Load(), Exclusion.REQUESTER),
        (expert("asked"), Load(), Exclusion.ALREADY_ASKED),
        (expert("x", active=False), Load(), Exclusion.NOT_ACTIVE),
        (expert("x", paused=True), Load(), Exclusion.PAUSED),
        (expert("x", absence=Absence(date(2026, 11, 18), date(2026, 11, 18))), Load(), Exclusion.ABSENT),
        (expert("x", absence=Absence(date(2026, 11, 1), date(2026, 11, 17))), Load(), None),
        (expert("x", absence=Absence(date(2026, 11, 19), date(2026, 11, 30))), Load(), None),
        (expert("x", establishment="ours"), Load(), Exclusion.SAME_ESTABLISHMENT),
        (expert("x", establishment="theirs"), Load(), None),
        (expert("x"), Load(open_requests=1), None),
        (expert("x"), Load(open_requests=2), Exclusion.ENOUGH_OPEN),
        (expert("x"), Load(asked_this_month=1), None),
        (expert("x"), Load(asked_this_month=2), Exclusion.ENOUGH_THIS_MONTH),
        (expert("x", month_cap=5), Load(asked_this_month=4), None),
        (expert("x", working=WorkingTime(ZoneInfo("America/Martinique"))), Load(), Exclusion.OUT_OF_HOURS),
    ],
)
def test_each_reason_not_to_ask_somebody_is_said(volunteer: Volunteer, load: Load, reason: Exclusion | None) -> None:
    need = replace(NEED, asked=frozenset({"asked"}), avoid_establishment="ours")
    (verdict,) = explain(need, people(volunteer), {volunteer.person: load}, now=NOW)
    assert verdict.exclusion is reason
    chosen = names(choose(need, people(volunteer), {volunteer.person: load}, size=1, now=NOW))
    assert chosen == ([] if reason else [volunteer.person])


def test_the_explanation_starts_with_the_choice() -> None:
    volunteers = people(*(expert(name, paused=name in "bd") for name in "abcdef"))
    verdicts = explain(NEED, volunteers, {}, now=NOW)
    assert [one.person for one in verdicts] == list("acefbd")
    assert verdicts[:3] == choose(NEED, volunteers, {}, size=3, now=NOW).chosen


def test_when_nobody_is_at_work_the_next_opening_is_known() -> None:
    nights = parse_hours("nuit 21h-7h")
    assert nights is not None
    volunteers = people(expert("day"), expert("night", working=WorkingTime(PARIS, nights)))
    evening = datetime(2026, 11, 18, 19, 0, tzinfo=UTC)
    assert choose(NEED, volunteers, {}, size=2, now=evening) == Choice((), evening + timedelta(hours=1))
    assert names(choose(NEED, volunteers, {}, size=2, now=evening + timedelta(hours=1))) == ["night"]


def test_nobody_is_waited_for_when_enough_are_at_work() -> None:
    asleep = WorkingTime(ZoneInfo("America/Martinique"))
    volunteers = people(expert("a"), expert("b"), expert("c", working=asleep))
    assert choose(NEED, volunteers, {}, size=2, now=NOW).opens_at is None
    assert choose(NEED, volunteers, {}, size=3, now=NOW).opens_at == asleep.next_opening(NOW)


def test_nobody_at_all_opens_never() -> None:
    assert choose(NEED, {}, {}, size=2, now=NOW) == Choice(())
    assert choose(NEED, people(expert("x", paused=True)), {}, size=2, now=NOW) == Choice(())


def test_the_next_group_adds_people_who_were_not_asked() -> None:
    volunteers = people(*(expert(name) for name in "abcdefg"))
    first = names(choose(NEED, volunteers, {}, size=WAVES[0], now=NOW))
    second = names(choose(replace(NEED, asked=frozenset(first)), volunteers, {}, size=WAVES[1], now=NOW))
    assert (first, second) == (["a", "b"], ["c", "d", "e"])


def test_a_reopened_request_goes_first_to_who_helped_before() -> None:
    volunteers = people(*(expert(name) for name in "abc"))
    need = replace(NEED, helped_before="c")
    assert names(choose(need, volunteers, {"c": Load(1, 1, 9)}, size=2, now=NOW)) == ["c", "a"]


AWAY = date(2026, 11, 1), date(2026, 11, 30)


def test_a_delegate_stands_in_along_the_chain_even_without_knowing_the_topic() -> None:
    volunteers = people(
        expert("a", absence=Absence(*AWAY, delegate="b")),
        expert("b", topics=frozenset(), absence=Absence(*AWAY, delegate="c")),
        expert("c", topics=frozenset()),
    )
    (verdict,) = choose(NEED, volunteers, {}, size=2, now=NOW).chosen
    assert (verdict.person, verdict.instead_of, verdict.level) == ("c", "a", TopicLevel.EXACT)


@pytest.mark.parametrize(
    ("own", "level", "instead_of"),
    [
        (expert("b", topics=frozenset(), generalist=True), TopicLevel.PARENT, "a"),
        (expert("b"), TopicLevel.EXACT, None),
    ],
)
def test_a_delegate_who_knows_the_topic_counts_at_the_nearer_level(
    own: Volunteer, level: TopicLevel, instead_of: str | None
) -> None:
    away = expert("a", topics=frozenset({"software"}), absence=Absence(*AWAY, delegate="b"))
    (verdict,) = choose(NEED, people(away, own), {}, size=2, now=NOW).chosen
    assert (verdict.level, verdict.instead_of) == (level, instead_of)


@pytest.mark.parametrize("last", ["a", "b", "gone", None])
def test_a_chain_that_leads_nowhere_asks_nobody(last: str | None) -> None:
    volunteers = people(
        expert("a", absence=Absence(*AWAY, delegate="b")),
        expert("b", absence=Absence(*AWAY, delegate=last)),
    )
    assert choose(NEED, volunteers, {}, size=2, now=NOW) == Choice(())


def test_a_delegate_is_asked_within_their_own_limits() -> None:
    volunteers = people(expert("a", absence=Absence(*AWAY, delegate="b")), expert("b", topics=frozenset()))
    (_, verdict) = sorted(explain(NEED, volunteers, {"b": Load(2)}, now=NOW), key=lambda one: one.person)
    assert (verdict.person, verdict.exclusion) == ("b", Exclusion.ENOUGH_OPEN)


@given(
    st.dictionaries(st.sampled_from("abcde"), st.none() | st.sampled_from("abcdef")),
    st.sampled_from("abcdef"),
)
def test_a_stand_in_is_always_there(away: dict[str, str | None], person: str) -> None:
    assert stand_in(person, away) not in away


@given(
    st.dictionaries(st.sampled_from("abcde"), st.none() | st.sampled_from("abcdef")),
    st.sampled_from("abcdef"),
    st.sampled_from("abcdef"),
)
def test_delegates_never_turn_in_a_circle_when_circles_are_refused(
    wished: dict[str, str | None], person: str, delegate: str
) -> None:
    away: dict[str, str | None] = {}
    for who, chosen in wished.items():
        away[who] = None if chosen is None or closes_a_circle(who, chosen, away) else chosen
    for who in away:
        reached, seen = who, {who}
        while (following := away.get(reached)) is not None:
            assert following not in seen
            seen.add(following)
            reached = following


def test_naming_oneself_or_each_other_is_a_circle() -> None:
    assert closes_a_circle("a", "a", {})
    assert closes_a_circle("a", "b", {"b": "a"})
    assert closes_a_circle("a", "b", {"b": "c", "c": "a", "a": "d"})
    assert not closes_a_circle("a", "b", {"b": "c"})


def test_topics_above_a_topic_are_found_and_circles_cut() -> None:
    assert ancestors_of("c", {"c": "b", "b": "a"}) == ("b", "a")
    assert ancestors_of("c", {"c": "b", "b": "c"}) == ("b",)
    assert ancestors_of("c", {}) == ()


@dataclass
class Months:
    """Requests that come one after the other, and what the volunteers did with them."""

    volunteers: dict[str, Volunteer]
    now: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    offers: list[Engagement] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def request(self, *, size: int, every: timedelta, taken_by: int, held: timedelta) -> None:
        """One more request; who accepts carries it for a while."""
        self.now = OFFICE.next_opening(self.now + every)
        choice = choose(NEED, self.volunteers, self.loads(held), size=size, now=self.now)
        for rank, person in enumerate(names(choice)):
            accepts = rank == taken_by % len(choice.chosen)
            self.offers.append(Engagement(person, self.now, self.now if accepts else None))
            self.asked[person] += 1

    def loads(self, held: timedelta) -> dict[str, Load]:
        """What everybody carries when each request lasts so long."""
        offers = (
            replace(one, is_open=one.accepted_at is not None and one.accepted_at + held > self.now)
            for one in self.offers
        )
        return loads_of(offers, now=self.now, zone=PARIS)


def spread(asked: Counter[str], volunteers: dict[str, Volunteer]) -> int:
    counts = [asked[person] for person in volunteers]
    return max(counts) - min(counts)


@settings(max_examples=settings().max_examples // 7)
@given(st.integers(4, 8), st.integers(1, 4), st.lists(st.integers(0, 3), min_size=100, max_size=100))
def test_equal_volunteers_are_asked_equally_often(crowd: int, size: int, takers: list[int]) -> None:
    months = Months(people(*(expert(f"e{n}", open_cap=99, month_cap=999) for n in range(crowd))))
    for taker in takers:
        months.request(size=size, every=timedelta(minutes=30), taken_by=taker, held=timedelta(0))
    assert months.asked.total() == 100 * size
    assert spread(months.asked, months.volunteers) <= 1


def test_a_hundred_requests_are_shared_by_six_within_their_caps() -> None:
    months = Months(people(*(expert(f"e{n}") for n in range(6))))
    for _ in range(100):
        months.request(size=2, every=6 * DAY, taken_by=0, held=2 * DAY)
    assert months.asked.total() == 200
    assert spread(months.asked, months.volunteers) <= 1


@settings(max_examples=settings().max_examples // 5)
@given(st.integers(0, 3), st.integers(0, 4), st.lists(st.integers(0, 72), min_size=20, max_size=60))
def test_no_cap_is_ever_exceeded(open_cap: int, month_cap: int, hours: list[int]) -> None:
    months = Months(people(*(expert(f"e{n}", open_cap=open_cap, month_cap=month_cap) for n in range(4))))
    for gap in hours:
        months.request(size=2, every=timedelta(hours=gap), taken_by=gap, held=9 * DAY)
        for load in months.loads(9 * DAY).values():
            assert load.open_requests <= open_cap
            assert load.asked_this_month <= month_cap


def test_among_ten_thousand_each_kind_of_hours_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shifts = [OFFICE, *(WorkingTime(PARIS, hours) for text in SHIFTS if (hours := parse_hours(text)))]
    volunteers = people(*(expert(f"e{n}", working=shifts[n % len(shifts)]) for n in range(10_000)))
    looked_at: list[WorkingTime] = []
    is_open = WorkingTime.is_open

    def counted(working: WorkingTime, instant: datetime) -> bool:
        looked_at.append(working)
        return is_open(working, instant)

    monkeypatch.setattr(WorkingTime, "is_open", counted)
    choose(NEED, volunteers, {}, size=2, now=NOW)
    assert len(looked_at) == len(shifts)
