"""Teams, who is in them, what they say of where they stand, and the requests for help that they made."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, reference, serial


class Team(SQLModel, table=True):
    """A team, E-3 in chat. Owner: `teams.records`.

    `about` is what it works on, `solution:5` for instance. `moderator` formed it, or let it have fewer professions,
    and `exception` says why. `rhythm` is when it might meet, as it was typed, until its meet-ups are planned.
    `room_key` is the key under which its room is made, `room_id` the room once it exists, `card` the key of what shows
    the team there. `before` and `after` are what was measured, `unmeasured` why nothing was. `sheet` is the number of
    the practice sheet that came of it. `unanswered` counts the questions since its last word, `silence_told` and
    `few_told` whether the moderators know that it is silent, or has too few professions.
    """

    __tablename__ = "team"
    __table_args__ = (Index("ix_team_status", "community", "status"), NEVER_AGAIN)

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    name: str = Field(sa_type=Text)
    about: str = Field(index=True)
    status: str
    moderator: str | None
    exception: str = Field(default="", sa_type=Text)
    rhythm: str = ""
    room_key: str | None = None
    room_id: str | None = Field(default=None, index=True)
    card: str | None = None
    edits: int = 0
    before: str = Field(default="", sa_type=Text)
    after: str = Field(default="", sa_type=Text)
    unmeasured: str = Field(default="", sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    sheet: int | None = Field(default=None, sa_type=BigInteger, index=True)
    unanswered: int = 0
    silence_told: bool = False
    few_told: bool = False
    formed_at: datetime = instant()
    changed_at: datetime = instant()
    complete_at: datetime | None = instant(nullable=True)
    asked_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)


class TeamMember(SQLModel, table=True):
    """Somebody who is asked into a team, or is in it, with the profession that counts. Owner: `teams.members`.

    `author`: of the solution, who is asked first.
    """

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("team", "person"), NEVER_AGAIN)

    id: int | None = serial()
    team: int = reference("team")
    person: str = Field(index=True)
    profession: str | None = None
    author: bool = False
    status: str
    asked_at: datetime = instant()
    answered_at: datetime | None = instant(nullable=True)


class TeamNote(SQLModel, table=True):
    """What a member said of where the team stands; `source` is the message. Owner: `teams.log`."""

    __tablename__ = "team_note"
    __table_args__ = (NEVER_AGAIN,)

    id: int | None = serial()
    team: int = reference("team", index=True)
    person: str = Field(index=True)
    text: str = Field(sa_type=Text)
    source: str = Field(index=True)
    noted_at: datetime = instant()


class TeamRequest(SQLModel, table=True):
    """A request for help that was made in a team's room. Owner: `teams.log`."""

    __tablename__ = "team_request"
    __table_args__ = (UniqueConstraint("request"), NEVER_AGAIN)

    id: int | None = serial()
    team: int = reference("team", index=True)
    request: int = Field(sa_type=BigInteger)
