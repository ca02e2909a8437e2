"""Rights come from the main room and from appointments, and stand side by side."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.communities.rules.roles import (
    APPOINTABLE,
    GATEKEEPING,
    LEADING,
    Role,
    RoomPower,
    may_set_room,
    parse_power,
    roles_in,
)

ANA, BOB = "@ana:example.org", "@bob:example.org"
MODERATES = {Role.MEMBER, Role.MODERATOR, Role.GATEKEEPER, Role.OBSERVER, Role.INSIDER}


def room(level: int = 0, *, users_default: int = 0) -> RoomPower:
    return RoomPower({ANA: level}, users_default, frozenset({BOB}), "10")


NOBODY_SPECIAL = room()


def roles(
    user_id: str = ANA,
    *,
    is_member: bool = True,
    in_main_room: bool = True,
    main_room: RoomPower | None = NOBODY_SPECIAL,
    appointed: Collection[Role] = (),
    operators: Collection[str] = (),
) -> set[Role]:
    found = roles_in(
        user_id,
        is_member=is_member,
        main_room=main_room,
        in_main_room=in_main_room,
        appointed=appointed,
        operators=operators,
    )
    return set(found)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (-1, {Role.MEMBER}),
        (49, {Role.MEMBER}),
        (50, MODERATES),
        (99, MODERATES),
        (100, MODERATES | {Role.ADMINISTRATOR}),
    ],
)
def test_power_in_the_main_room_makes_moderators_and_administrators(level: int, expected: set[Role]) -> None:
    assert roles(main_room=room(level)) == expected


def test_the_creator_of_a_version_12_main_room_is_an_administrator() -> None:
    created = parse_power({"sender": ANA, "content": {"room_version": "12"}}, {"content": {"users": {BOB: 100}}})
    assert Role.ADMINISTRATOR in roles(main_room=created)


def test_the_creator_of_an_older_room_is_what_the_levels_say() -> None:
    assert roles(BOB) == {Role.MEMBER}


def test_power_counts_only_for_those_who_are_still_there() -> None:
    assert roles(main_room=room(100), in_main_room=False) == {Role.MEMBER}
    assert roles(main_room=room(100), in_main_room=False, is_member=False) == set()


def test_a_moderator_is_not_thereby_an_expert() -> None:
    assert Role.EXPERT not in roles(main_room=room(100))
    assert roles(appointed={Role.EXPERT}) == {Role.MEMBER, Role.EXPERT}


def test_an_appointed_administrator_moderates_too() -> None:
    assert roles(appointed=[Role.ADMINISTRATOR]) == MODERATES | {Role.ADMINISTRATOR}


def test_a_facilitator_does_what_a_moderator_does_but_decide_who_belongs() -> None:
    assert roles(appointed=[Role.FACILITATOR]) == MODERATES - {Role.GATEKEEPER} | {Role.FACILITATOR}
    assert roles(appointed=[Role.FACILITATOR], main_room=room(50)) == MODERATES | {Role.FACILITATOR}


def test_nobody_is_appointed_operator_or_after_leaving() -> None:
    assert roles(appointed={Role.OPERATOR}) == {Role.MEMBER}
    assert roles(appointed=APPOINTABLE, is_member=False, in_main_room=False) == set()


def test_an_operator_has_every_right_everywhere_without_becoming_an_expert() -> None:
    everywhere = roles(operators={ANA}, is_member=False, in_main_room=False, main_room=None)
    assert everywhere == MODERATES | {Role.OPERATOR, Role.ADMINISTRATOR}


def test_a_community_without_a_main_room_has_members_and_appointments() -> None:
    assert roles(main_room=None, appointed={Role.OBSERVER}) == {Role.MEMBER, Role.OBSERVER, Role.INSIDER}


@pytest.mark.parametrize(("level", "allowed"), [(49, False), (50, True), (100, True)])
def test_power_in_a_room_settles_that_room(level: int, allowed: bool) -> None:
    assert may_set_room(ANA, room(level)) is allowed


@given(
    st.booleans(),
    st.booleans(),
    st.integers(-10, 200),
    st.frozensets(st.sampled_from(Role)),
    st.booleans(),
)
def test_rights_never_come_from_nowhere(
    is_member: bool, in_main_room: bool, level: int, appointed: frozenset[Role], operates: bool
) -> None:
    found = roles_in(
        ANA,
        is_member=is_member,
        in_main_room=in_main_room,
        main_room=room(level),
        appointed=appointed,
        operators={ANA} if operates else (),
    )
    present = is_member or in_main_room
    assert (Role.MEMBER in found) == (present or operates)
    assert (Role.EXPERT in found) == (present and Role.EXPERT in appointed)
    assert (Role.OPERATOR in found) == operates
    if Role.ADMINISTRATOR in found:
        assert Role.MODERATOR in found
    assert {Role.OBSERVER} <= found or Role.MODERATOR not in found
    powerful = in_main_room and level >= 50
    if Role.MODERATOR in found and not operates:
        assert powerful or (present and appointed & set(LEADING))
    if Role.GATEKEEPER in found and not operates:
        assert powerful or (present and appointed & set(GATEKEEPING))
