"""Power is read as the room means it, whatever the events look like."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.communities.rules.roles import CREATOR_POWER, RoomPower, parse_power

ANA, BOB, CAM = "@ana:example.org", "@bob:example.org", "@cam:example.org"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
CREATE_KEYS = st.sampled_from(["room_version", "creator", "additional_creators", "x"])
POWER_KEYS = st.sampled_from(["users", "users_default", "events", "x"])
EVENTS = st.dictionaries(
    st.sampled_from(["sender", "content", "type"]),
    JSON | st.dictionaries(CREATE_KEYS | POWER_KEYS, JSON | st.dictionaries(st.just(ANA), JSON), max_size=4),
)


def create(version: str | None = "12", sender: str = ANA, **content: Any) -> dict[str, Any]:
    given = {} if version is None else {"room_version": version}
    return {"type": "m.room.create", "sender": sender, "content": given | content}


def power(**content: Any) -> dict[str, Any]:
    return {"type": "m.room.power_levels", "sender": ANA, "content": content}


def test_a_creator_of_version_12_outranks_everybody_without_being_listed() -> None:
    room = parse_power(create("12", additional_creators=[BOB]), power(users={CAM: 2**53 - 1}))
    assert room.power_of(ANA) == room.power_of(BOB) == CREATOR_POWER
    assert room.power_of(ANA) > room.power_of(CAM)


@pytest.mark.parametrize("version", ["12", "13", "100", "org.matrix.hydra.11"])
def test_later_versions_keep_creators_on_top(version: str) -> None:
    assert parse_power(create(version), power()).power_of(ANA) == CREATOR_POWER


@pytest.mark.parametrize("version", ["1", "10", "11", None, "", "x.unknown", "²", "-12", "12.0"])
def test_before_version_12_a_creator_is_what_the_levels_say(version: str | None) -> None:
    room = parse_power(create(version, additional_creators=[BOB], creator=ANA), power(users={ANA: 0}))
    assert (room.power_of(ANA), room.power_of(BOB)) == (0, 0)


@pytest.mark.parametrize(
    ("version", "first"), [(None, BOB), ("1", BOB), ("10", BOB), ("11", ANA), ("12", ANA), ("x.unknown", ANA)]
)
def test_without_power_levels_the_room_belongs_to_its_first_creator(version: str | None, first: str) -> None:
    room = parse_power(create(version, sender=ANA, creator=BOB), None)
    assert room.power_of(first) >= 100
    assert {room.power_of(user) for user in {ANA, BOB, CAM} - {first}} == {0}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (50, 50),
        ("50", 50),
        (" +50 ", 50),
        (50.0, 50),
        (50.9, 50),
        (-1, -1),
        (10**30, 2**53 - 1),
        (-(10**30), -(2**53 - 1)),
        ("50.5", 7),
        ("fifty", 7),
        ("9" * 5000, 7),
        (True, 7),
        (None, 7),
        ([], 7),
        ({}, 7),
        (float("nan"), 7),
        (float("inf"), 7),
    ],
)
def test_a_level_is_read_however_it_is_written(written: Any, read: int) -> None:
    assert parse_power(create("9"), power(users={BOB: written}, users_default=7)).power_of(BOB) == read


@pytest.mark.parametrize("users", [None, [], "x", 3, {}])
def test_users_that_are_no_mapping_leave_the_default(users: Any) -> None:
    assert parse_power(create("9"), power(users=users, users_default="20")).power_of(BOB) == 20


@pytest.mark.parametrize("broken", [[], "x", 3, [{}]])
def test_events_that_are_no_mapping_give_nobody_power(broken: Any) -> None:
    assert parse_power(broken, broken).power_of(ANA) == 0


def test_nothing_known_gives_nobody_power() -> None:
    assert parse_power({}, None) == RoomPower({}, 0, frozenset(), "1")
    assert parse_power({}, {}).power_of(ANA) == 0


@given(EVENTS, st.none() | EVENTS)
def test_any_event_is_read(create_event: dict[str, Any], power_event: dict[str, Any] | None) -> None:
    room = parse_power(create_event, power_event)
    assert -CREATOR_POWER < room.power_of(ANA) <= CREATOR_POWER


@given(st.text(), st.text(), EVENTS)
def test_a_stranger_never_gets_more_than_the_default(sender: str, stranger: str, power_event: dict[str, Any]) -> None:
    room = parse_power(create("12", sender=sender), power_event)
    if stranger not in {sender, *room.levels}:
        assert room.power_of(stranger) == room.users_default
