"""Challenges, solutions, who wrote them, and votes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, Serial, instant, reference, serial


class Challenge(SQLModel, table=True):
    """A question for a community, C-2 in chat. Owner: `challenges.challenges`.

    `votes_each`, `threshold`, `places`, `discreet` and `voters` are its rule, which nothing changes once the vote has
    begun. `card` is the key of what shows it in `room_id`. `tally` has the votes of each solution by its rank, and
    `voted` how many people voted, from the end of the vote on; `reason` says why it was given up,
    or why the team chose these among solutions that were level.
    """

    __tablename__ = "challenge"
    __table_args__ = (Index("ix_challenge_status", "community", "status"), NEVER_AGAIN)

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    question: str = Field(sa_type=Text)
    status: str
    opener: str | None
    room_id: str
    card: str | None = None
    edits: int = 0
    votes_each: int
    threshold: int
    places: int
    discreet: bool = False
    voters: str
    solutions_until: datetime = instant()
    vote_until: datetime = instant()
    opened_at: datetime = instant()
    changed_at: datetime = instant()
    voting_since: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    reason: str = Field(default="", sa_type=Text)
    tally: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    voted: int | None = None


class Solution(SQLModel, table=True):
    """An answer to a challenge, the third of C-2 for instance. Owner: `challenges.solutions`.

    `source` is the message that gave it, `card` the key of what shows it.
    """

    __tablename__ = "solution"
    __table_args__ = (UniqueConstraint("challenge", "rank"), NEVER_AGAIN)

    id: int | None = serial()
    challenge: int = reference("challenge")
    rank: int
    author: str | None = Field(index=True)
    text: str = Field(sa_type=Text)
    status: str
    source: str = Field(index=True)
    card: str | None = None
    edits: int = 0
    given_at: datetime = instant()
    changed_at: datetime = instant()


class SolutionAuthor(SQLModel, table=True):
    """Somebody whom the author of a solution asked to sign it too. Owner: `challenges.authors`."""

    __tablename__ = "solution_author"
    __table_args__ = (UniqueConstraint("solution", "person"), NEVER_AGAIN)

    id: int | None = serial()
    solution: int = reference("solution")
    person: str = Field(index=True)
    asked_at: datetime = instant()
    agreed_at: datetime | None = instant(nullable=True)


class SolutionVote(SQLModel, table=True):
    """A person's vote for a solution. Owner: `challenges.votes`. Those of a discreet vote go when it ends."""

    __tablename__ = "solution_vote"
    __table_args__ = (
        UniqueConstraint("solution", "person"),
        Index("ix_solution_vote_person", "person", "challenge"),
        NEVER_AGAIN,
    )

    id: int | None = serial()
    challenge: int = reference("challenge", index=True)
    solution: int = reference("solution")
    person: str
    given_at: datetime = instant()


class DayChallenge(SQLModel, table=True):
    """A meet-up of a day on which a challenge is worked on. Owner: `challenges.days.days`.

    `meetup` is its number: meet-ups, which know nothing of challenges, may be forgotten before. `told` is the key of
    the message that says below the card of the challenge what came out, once there is one; `edits` counts its changes.
    """

    __tablename__ = "day_challenge"
    __table_args__ = (UniqueConstraint("meetup", "challenge"), NEVER_AGAIN)

    id: int | None = serial()
    meetup: int = Field(sa_type=Serial)
    challenge: int = reference("challenge", index=True)
    told: str | None = None
    edits: int = 0


class DaySeat(SQLModel, table=True):
    """The table that a person chose at such a meet-up: the challenge that is worked on there. Owner:
    `challenges.days.days`. `source` is the message or the reaction that chose it.
    """

    __tablename__ = "day_seat"
    __table_args__ = (UniqueConstraint("meetup", "person"), NEVER_AGAIN)

    id: int | None = serial()
    meetup: int = Field(sa_type=Serial)
    challenge: int = reference("challenge", index=True)
    person: str = Field(index=True)
    source: str
    chosen_at: datetime = instant()
