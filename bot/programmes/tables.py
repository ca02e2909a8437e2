"""Themes in which a community takes applications, applications with their teams, and what people said at the end."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, reference, serial


class SupportTheme(SQLModel, table=True):
    """A theme as a community has it. Owner: `programmes.themes`.

    `open` until `until`, if that is set. The room in which its teams exchange is `room_id`: one that a team linked, or,
    with `room_key`, the one that this row of the outbox made; until we are in it, there is its key alone. `rooms_made`
    counts them.
    """

    __tablename__ = "support_theme"
    __table_args__ = (UniqueConstraint("community", "theme"), NEVER_AGAIN)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    theme: str
    open: bool = False
    until: datetime | None = instant(nullable=True)
    room_id: str | None = None
    room_key: str | None = None
    rooms_made: int = 0
    changed_at: datetime = instant()


class SupportApplication(SQLModel, table=True):
    """A team's application, P-4 in chat. Owner: `programmes.applications`.

    `applicant` answers for it and is in the team; `approver` agrees to it for the management, and is not. `challenge`
    is the one that it comes from. `news` counts what its applicant was told, `asked` how often an approver was named.
    """

    __tablename__ = "support_application"
    __table_args__ = (Index("ix_support_application_status", "theme", "status"), NEVER_AGAIN)

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug", index=True)
    theme: int = reference("support_theme")
    status: str
    applicant: str | None = Field(index=True)
    approver: str | None = Field(default=None, index=True)
    approved_at: datetime | None = instant(nullable=True)
    need: str = Field(default="", sa_type=Text)
    project: str = Field(default="", sa_type=Text)
    challenge: int | None = None
    reason: str = Field(default="", sa_type=Text)
    news: int = 0
    asked: int = 0
    begun_at: datetime = instant()
    changed_at: datetime = instant()
    closed_at: datetime | None = instant(nullable=True)


class SupportMember(SQLModel, table=True):
    """Somebody who is asked to be in a team, or is. Owner: `programmes.members`.

    `profession` and `establishment` are what they let the team read of them.
    """

    __tablename__ = "support_member"
    __table_args__ = (UniqueConstraint("application", "person"), NEVER_AGAIN)

    id: int | None = serial()
    application: int = reference("support_application")
    person: str = Field(index=True)
    profession: str = ""
    establishment: str = ""
    asked_at: datetime = instant()
    agreed_at: datetime | None = instant(nullable=True)


class SupportOpinion(SQLModel, table=True):
    """What somebody said of a support that ended, each question by itself. Owner: `programmes.satisfaction`.

    `asked_at` is empty until they are asked.
    """

    __tablename__ = "support_opinion"
    __table_args__ = (UniqueConstraint("application", "person"), NEVER_AGAIN)

    id: int | None = serial()
    application: int = reference("support_application")
    community: str = Field(foreign_key="community.slug", index=True)
    person: str = Field(index=True)
    asked_at: datetime | None = instant(nullable=True)
    reminded_at: datetime | None = instant(nullable=True)
    went_well: bool | None = None
    was_useful: bool | None = None
