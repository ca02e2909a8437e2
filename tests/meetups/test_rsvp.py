"""Promises of the roster: seats are never given twice, nobody overtakes, every toggle leaves it right."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetups.rules.rsvp import SEATED, Answer, Promotion, Roster, Rsvp, Status, changes, hold_until, promotion

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def rank(n: int) -> tuple[datetime, str]:
    return NOW + timedelta(seconds=n), f"$e{n:03}"


def answered(roster: Roster, *people: str, said: Answer = Answer.YES, start: int = 0) -> Roster:
    for n, person in enumerate(people, start):
        roster = roster.answer(person, said, rank=rank(n))
    return roster


def statuses(roster: Roster) -> dict[str, str]:
    return {rsvp.person: rsvp.status.value for rsvp in roster.rsvps}


def test_forty_answers_on_thirty_places_make_thirty_seats_and_ten_in_order() -> None:
    people = [f"p{n:02}" for n in range(40)]
    roster = answered(Roster(30), *people)
    assert [rsvp.person for rsvp in roster.rsvps if rsvp.status is Status.YES] == people[:30]
    assert [rsvp.person for rsvp in roster.waiting] == people[30:]


def test_the_waiting_list_follows_the_time_of_the_answers_not_the_order_in_which_they_are_heard() -> None:
    roster = answered(Roster(1), "a")
    for person, n in (("c", 3), ("b", 2), ("d", 4)):
        roster = roster.answer(person, Answer.YES, rank=rank(n))
    assert [rsvp.person for rsvp in roster.waiting] == ["b", "c", "d"]
    assert roster.place_in_line("c") == 2
    assert roster.place_in_line("a") is None


def test_equal_times_are_told_apart_by_the_event() -> None:
    roster = answered(Roster(1), "a")
    for person, event in (("c", "$c"), ("b", "$b")):
        roster = roster.answer(person, Answer.YES, rank=(NOW, event))
    assert [rsvp.person for rsvp in roster.waiting] == ["b", "c"]


def test_a_free_seat_goes_to_who_waits_not_to_who_comes() -> None:
    roster = answered(Roster(1), "a", "b").withdraw("a")
    assert statuses(roster.answer("c", Answer.YES, rank=rank(9)))["c"] == "waiting"
    assert statuses(roster.promote(Promotion.SEAT))["b"] == "yes"


def test_at_the_very_end_the_first_yes_has_the_free_seat() -> None:
    roster = answered(Roster(1), "a", "b").withdraw("a")
    assert statuses(roster.answer("c", Answer.YES, rank=rank(9), first_come=True))["c"] == "yes"
    assert statuses(roster.answer("b", Answer.YES, rank=rank(9), first_come=True))["b"] == "yes"


def test_saying_yes_again_keeps_the_place_in_line() -> None:
    roster = answered(Roster(1), "a", "b", "c")
    assert answered(roster, "b", start=50).place_in_line("b") == 1


def test_an_offered_seat_counts_as_taken_until_it_lapses() -> None:
    roster = answered(Roster(1), "a", "b", "c").withdraw("a").promote(Promotion.OFFER, hold_until=NOW)
    assert statuses(roster) == {"b": "offered", "c": "waiting"}
    assert roster.free == 0
    assert roster.promote(Promotion.SEAT) == roster


def test_a_lapsed_offer_goes_to_the_end_once_and_then_ends() -> None:
    roster = answered(Roster(1), "a", "b", "c").withdraw("a").promote(Promotion.OFFER, hold_until=NOW).lapse("b")
    assert [rsvp.person for rsvp in roster.waiting] == ["c", "b"]
    again = roster.answer("c", Answer.NO, rank=rank(9)).promote(Promotion.OFFER, hold_until=NOW).lapse("b")
    assert statuses(again)["b"] == "no"


def test_yes_to_an_offer_takes_the_seat() -> None:
    roster = answered(Roster(1), "a", "b").withdraw("a").promote(Promotion.OFFER, hold_until=NOW)
    taken = answered(roster, "b", start=9).of("b")
    assert taken is not None
    assert (taken.status, taken.hold_until) == (Status.YES, None)


def test_a_move_keeps_seats_but_asks_again() -> None:
    roster = answered(Roster(2), "a", "b", "c")
    roster = answered(roster, "m", said=Answer.MAYBE, start=7).move()
    assert statuses(roster) == {"a": "unconfirmed", "b": "unconfirmed", "c": "waiting", "m": "maybe"}
    assert roster.free == 0
    assert statuses(answered(roster, "a", start=9))["a"] == "yes"
    assert statuses(roster.lapse("a"))["a"] == "maybe"


def test_a_lower_capacity_evicts_nobody_and_promotes_nobody() -> None:
    full = answered(Roster(3), "a", "b", "c", "d")
    lowered = Roster(1, full.rsvps).withdraw("a")
    assert lowered.free == 0
    assert lowered.promote(Promotion.SEAT) == lowered
    assert lowered.count(Status.YES) == 2


def test_twenty_toggles_leave_one_answer() -> None:
    roster = answered(Roster(1), "x")
    for n in range(20):
        roster = answered(roster, "a", start=n) if n % 2 == 0 else roster.withdraw("a")
    assert statuses(roster) == {"x": "yes"}


@pytest.mark.parametrize(
    ("left", "how"),
    [
        (timedelta(hours=24, seconds=1), Promotion.SEAT),
        (timedelta(hours=24), Promotion.OFFER),
        (timedelta(hours=2, seconds=1), Promotion.OFFER),
        (timedelta(hours=2), Promotion.NOTHING),
        (timedelta(hours=-1), Promotion.NOTHING),
    ],
)
def test_how_a_seat_is_given_depends_on_the_time_left(left: timedelta, how: Promotion) -> None:
    assert promotion(NOW, NOW + left) is how


def test_an_offer_is_held_until_the_evening_or_two_hours_before() -> None:
    start = datetime(2027, 1, 5, 14, tzinfo=PARIS)
    at = datetime(2027, 1, 4, 15, tzinfo=PARIS)
    assert hold_until(at, start, PARIS) == datetime(2027, 1, 4, 18, tzinfo=PARIS)
    assert hold_until(at.replace(hour=19), start, PARIS) == datetime(2027, 1, 5, 12, tzinfo=PARIS)
    assert hold_until(at.replace(hour=18), start, PARIS) == datetime(2027, 1, 5, 12, tzinfo=PARIS)


# ── whatever people do ────────────────────────────────────────────────────────────────────────────────────

PEOPLE = st.sampled_from([f"p{n}" for n in range(6)])
ACTS = st.one_of(
    st.tuples(st.sampled_from(Answer), PEOPLE),
    st.tuples(st.just("withdraw"), PEOPLE),
    st.tuples(st.just("lapse"), PEOPLE),
    st.tuples(st.sampled_from(Promotion), st.none()),
    st.tuples(st.just("move"), st.none()),
)


@dataclass
class Played:
    roster: Roster
    seats_before: int


def play(roster: Roster, act: object, person: str | None, n: int) -> Roster:
    match act:
        case Answer() as said:
            assert person is not None
            return roster.answer(person, said, rank=rank(n))
        case "withdraw":
            assert person is not None
            return roster.withdraw(person)
        case "lapse":
            assert person is not None
            return roster.lapse(person)
        case Promotion() as how:
            return roster.promote(how, hold_until=NOW)
    return roster.move()


@given(st.integers(0, 4), st.lists(ACTS, max_size=40))
def test_seats_never_exceed_the_capacity_and_nobody_answers_twice(
    capacity: int, acts: list[tuple[object, str | None]]
) -> None:
    roster = Roster(capacity)
    for n, (act, person) in enumerate(acts):
        roster = play(roster, act, person, n)
        assert roster.count(*SEATED) <= capacity
        people = [rsvp.person for rsvp in roster.rsvps]
        assert len(people) == len(set(people))
        assert all((rsvp.hold_until is not None) == (rsvp.status is Status.OFFERED) for rsvp in roster.rsvps)


@given(st.integers(1, 4), st.lists(ACTS, max_size=40))
def test_whoever_is_seated_in_place_of_another_waited_longest(
    capacity: int, acts: list[tuple[object, str | None]]
) -> None:
    roster = Roster(capacity)
    for n, (act, person) in enumerate(acts):
        line = roster.waiting
        after = play(roster, act, person, n)
        for was, now in changes(roster, after):
            if was is not None and now is not None and was.status is Status.WAITING and now.status in SEATED:
                assert was == line[0] or (act is Answer.YES and was.person == person)
            if was is None and now is not None and now.status is Status.YES:
                assert not line
        roster = after


@given(st.lists(ACTS, max_size=30))
def test_changes_lead_from_one_roster_to_the_other(acts: list[tuple[object, str | None]]) -> None:
    before = roster = Roster(2)
    for n, (act, person) in enumerate(acts):
        roster = play(roster, act, person, n)
    kept: dict[str, Rsvp] = {}
    for _, now in changes(before, roster):
        if now is not None:
            kept[now.person] = now
    assert kept == {rsvp.person: rsvp for rsvp in roster.rsvps}
