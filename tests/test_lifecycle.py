"""Every state machine of every noun keeps to its table, whatever anybody does in whatever order."""

import importlib
import pkgutil
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.errors import NotNow
from bot.lifecycle import NOT_ALLOWED, WRONG_STATUS, Lifecycle, row
from tests.lifecycles import PAGE, found, page

Machine = Lifecycle[Any, Any, Any]
LIFECYCLES = found()


class Vocabulary:
    """Every word that a table could use, whether or not it does: the enumerations that its words come from."""

    def __init__(self, machine: Machine) -> None:
        first = machine.rows[0]
        self.statuses = _kind(machine.start)
        self.triggers = _kind(first.trigger)
        self.parties = _kind(next(iter(first.by)))
        self.hindrances = sorted({one for row in machine.rows for one in row.unless})


def _kind(member: StrEnum) -> list[StrEnum]:
    return list(type(member))


def rows_of(machine: Machine) -> list[tuple[Any, Any, Any, Any, tuple[Any, ...]]]:
    """The table one step a line: source, trigger, party, target, hindrances."""
    return [
        (source, row.trigger, party, row.target, row.unless)
        for row in machine.rows
        for source in row.sources
        for party in row.by
    ]


@given(st.sampled_from(LIFECYCLES), st.data())
def test_whatever_anybody_does_only_what_the_table_lists_happens(machine: Machine, data: st.DataObject) -> None:
    words, status = Vocabulary(machine), machine.start
    hindrance = st.sampled_from(words.hindrances) if words.hindrances else st.nothing()
    for _ in range(data.draw(st.integers(1, 30))):
        trigger = data.draw(st.sampled_from(words.triggers))
        by = data.draw(st.sets(st.sampled_from(words.parties)))
        in_the_way = data.draw(st.sets(hindrance))
        here = [line for line in rows_of(machine) if line[:2] == (status, trigger)]
        open_to = [line for line in here if line[2] in by and in_the_way.isdisjoint(line[4])]
        if open_to:
            status = machine.step(status, trigger, by=by, hindrances=in_the_way)
            assert status is open_to[0][3]
            continue
        with pytest.raises(NotNow) as refused:
            machine.step(status, trigger, by=by, hindrances=in_the_way)
        if not here:
            assert refused.value.why == WRONG_STATUS
        elif not [line for line in here if line[2] in by]:
            assert refused.value.why == NOT_ALLOWED
        else:
            assert refused.value.why in in_the_way


def test_every_row_of_every_table_is_a_step_that_somebody_can_take() -> None:
    stuck = [
        (machine.noun, source, trigger, party)
        for machine in LIFECYCLES
        for source, trigger, party, target, _unless in rows_of(machine)
        if machine.step(source, trigger, by={party}) is not target
    ]
    assert stuck == []


def test_every_hindrance_of_every_row_is_in_the_way() -> None:
    let_through = [
        (machine.noun, source, trigger, party, one)
        for machine in LIFECYCLES
        for source, trigger, party, _target, unless in rows_of(machine)
        for one in unless
        if machine.refusal(source, trigger, by={party}, hindrances={one}) != one
    ]
    assert let_through == []


def test_no_row_contradicts_another() -> None:
    for machine in LIFECYCLES:
        lines = rows_of(machine)
        assert len({line[:3] for line in lines}) == len(lines), machine.noun
        assert len({line[:2] for line in lines}) == len({(*line[:2], line[3]) for line in lines}), machine.noun


def test_every_status_is_reached_and_every_trigger_has_a_row() -> None:
    for machine in LIFECYCLES:
        words, lines, reached = Vocabulary(machine), rows_of(machine), {machine.start}
        for _ in words.statuses:
            reached |= {line[3] for line in lines if line[0] in reached}
        assert reached == set(words.statuses), machine.noun
        assert {line[1] for line in lines} == set(words.triggers), machine.noun


def test_the_page_shows_every_table_as_it_is() -> None:
    assert len(LIFECYCLES) > 1
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.lifecycles writes it anew"


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    BRICKED_UP = "bricked_up"


class Hand(StrEnum):
    PUSH = "push"
    WALL = "wall"


class Who(StrEnum):
    GUEST = "guest"
    OWNER = "owner"


class Lock(StrEnum):
    LOCKED = "locked"
    BOLTED = "bolted"


DOOR = Lifecycle(
    "door",
    Door.OPEN,
    (
        row(Door.OPEN, on=Hand.PUSH, to=Door.SHUT, by={Who.OWNER}),
        row(Door.OPEN, on=Hand.PUSH, to=Door.SHUT, by={Who.GUEST}, unless=(Lock.BOLTED, Lock.LOCKED)),
        row(Door.OPEN, Door.SHUT, on=Hand.WALL, to=Door.BRICKED_UP, by={Who.OWNER}),
    ),
)


def test_of_several_hindrances_the_first_of_the_row_is_named() -> None:
    assert DOOR.refusal(Door.OPEN, Hand.PUSH, by={Who.GUEST}, hindrances=set(Lock)) is Lock.BOLTED


def test_who_is_several_things_does_what_any_of_them_may() -> None:
    assert DOOR.step(Door.OPEN, Hand.PUSH, by=set(Who), hindrances=set(Lock)) is Door.SHUT


def test_a_diagram_shows_beginning_end_and_what_is_in_the_way() -> None:
    assert DOOR.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open --> shut: push by owner, or by guest unless bolted or locked",
        "    open --> bricked_up: wall by owner",
        "    shut --> bricked_up: wall by owner",
        "    bricked_up --> [*]",
    ]


def test_every_table_stands_on_the_page_of_its_noun() -> None:
    modules = [name for _finder, name, _folder in pkgutil.walk_packages(bot.__path__, "bot.") if ".rules." in name]
    values = [value for name in modules for value in vars(importlib.import_module(name)).values()]
    assert {id(one) for one in values if isinstance(one, Lifecycle)} == {id(one) for one in LIFECYCLES}
