"""Whom to propose, what a moderator's line says, and when people are enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.rules.line import TeamLine, read_line
from bot.teams.rules.proposing import PROPOSED, Candidate, propose
from bot.teams.rules.team import FEWEST, PROFESSIONS, Refusal, distinct, hindrances

professions = st.none() | st.sampled_from(("infirmier", "medecin", "pharmacien", "cadre"))
people = st.builds(
    Candidate,
    person=st.integers(0, 30).map(lambda number: f"@{number}:example.org"),
    profession=professions,
    far=st.integers(0, 2),
    asked=st.integers(0, 3),
)


@given(st.lists(people, unique_by=lambda one: one.person), st.sets(professions))
def test_as_many_professions_as_there_are_are_proposed_before_a_second_of_any(
    candidates: list[Candidate], known: set[str | None]
) -> None:
    chosen = propose(candidates, known=known)
    assert len(chosen) == len({one.person for one in chosen}) == min(len(candidates), PROPOSED)
    others = {one.profession for one in candidates if one.profession} - known
    assert len({one.profession for one in chosen if one.profession} - known) == min(len(others), PROPOSED)


def test_of_one_profession_the_nearest_comes_first_then_whoever_was_asked_least() -> None:
    far, near, often = (
        Candidate("@far:example.org", "medecin", 2),
        Candidate("@near:example.org", "medecin", 0),
        Candidate("@often:example.org", "medecin", 0, asked=3),
    )
    assert propose([often, far, near]) == [near, often, far]


@given(st.lists(professions, max_size=8), st.sampled_from(("", " ", "seuls deux métiers y travaillent")))
def test_a_team_begins_with_enough_people_of_enough_professions_or_a_reason(
    known: list[str | None], exception: str
) -> None:
    in_the_way = hindrances(known, exception=exception)
    assert (Refusal.TOO_FEW in in_the_way) == (len(known) < FEWEST)
    assert (Refusal.FEW_PROFESSIONS in in_the_way) == (distinct(known) < PROFESSIONS and not exception.strip())


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("", TeamLine()),
        ("n° 3", TeamLine(rank=3)),
        (" 3 avec @a:b.fr, @c:d.fr", TeamLine(rank=3, with_="@a:b.fr, @c:d.fr")),
        ("sans Ana avec Ben et Cleo", TeamLine(with_="Ben et Cleo", without="Ana")),
        ("rythme 1er mardi 14h avec Ben", TeamLine(with_="Ben", rhythm="1er mardi 14h")),
        ("avec Ben exception : on fait avec", TeamLine(with_="Ben", exception="on fait avec")),
        ("exception", TeamLine(exception="")),
        ("en couleurs", TeamLine(unknown="en couleurs")),
    ],
)
def test_a_line_says_who_how_often_and_why(line: str, read: TeamLine) -> None:
    assert read_line(line) == read
