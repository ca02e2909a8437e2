"""Practice sheets, those who write them, and those who were asked to review one."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, reference, serial


class Sheet(SQLModel, table=True):
    """A practice sheet, F-12 in chat. Owner: `sheets.sheets`.

    `fields` are what completes the three answers; `sources` are the messages in which its author wrote what. `origin`
    is where it comes from, `D-7` for a request; `event_id` in `room_id` is the message that it was made of. `version`
    counts its steps, `reminded` is set once its author was. `published` is what everybody reads while the sheet is
    written anew, None at other times. `parent` is the sheet that it adapts, `opened` how often it was opened from a
    search, `verify_at` when whoever answers for it is asked whether it is still right.
    """

    __tablename__ = "sheet"
    __table_args__ = (
        Index("ix_sheet_status", "community", "status"),
        Index("ix_sheet_author", "author", "status"),
        NEVER_AGAIN,
    )

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    author: str | None
    status: str
    kind: str = "pratique"
    title: str = Field(default="", sa_type=Text)
    need: str = Field(default="", sa_type=Text)
    done: str = Field(default="", sa_type=Text)
    result: str = Field(default="", sa_type=Text)
    fields: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    ingredients: list[str] = Field(default_factory=list, sa_type=JSON)
    topics: list[str] = Field(default_factory=list, sa_type=JSON)
    stakes: list[str] = Field(default_factory=list, sa_type=JSON)
    sources: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    origin: str = ""
    room_id: str | None = None
    event_id: str | None = Field(default=None, index=True)
    missing: str = Field(default="", sa_type=Text)
    published: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    reviewer: str | None = None
    version: int = 0
    reminded: bool = False
    begun_at: datetime = instant()
    changed_at: datetime = instant()
    published_at: datetime | None = instant(nullable=True)
    parent: int | None = Field(default=None, sa_type=BigInteger, index=True)
    opened: int = 0
    verify_at: datetime | None = instant(nullable=True)


class SheetAuthor(SQLModel, table=True):
    """Somebody whom the author asked to sign a sheet too, or whose consent it needs. Owner: `sheets.writing.authors`.

    `partner`: as a person who is cared for, or a carer. `needed`: without their consent there is no sheet.
    """

    __tablename__ = "sheet_author"
    __table_args__ = (UniqueConstraint("sheet", "person"),)

    id: int | None = serial()
    sheet: int = reference("sheet")
    person: str = Field(index=True)
    partner: bool = False
    needed: bool = False
    agreed_at: datetime | None = instant(nullable=True)
    asked_at: datetime = instant()


class SheetReview(SQLModel, table=True):
    """A volunteer was asked to review a sheet. Owner: `sheets.writing.reviews`.

    `turn` is the sheet's version when it was submitted; `open` until they have answered or it is over.
    """

    __tablename__ = "sheet_review"
    __table_args__ = (UniqueConstraint("sheet", "person", "turn"),)

    id: int | None = serial()
    sheet: int = Field(foreign_key="sheet.id", sa_type=BigInteger)
    person: str = Field(index=True)
    turn: int
    open: bool = True
    asked_at: datetime = instant()


class SheetMilestone(SQLModel, table=True):
    """What a sheet has come to, once, and who brought it there if it was somebody.

    Owner: `sheets.journey.milestones`.
    """

    __tablename__ = "sheet_milestone"
    __table_args__ = (UniqueConstraint("sheet", "name"),)

    id: int | None = serial()
    sheet: int = reference("sheet")
    name: str
    person: str | None = None
    reached_at: datetime = instant()


class SheetTrial(SQLModel, table=True):
    """Somebody tries what a sheet describes, in a community in which they read it. Owner: `sheets.journey.trials`.

    `place` is where they work, folded, so that structures can be counted; `asked` how often they were asked about it.
    """

    __tablename__ = "sheet_trial"
    __table_args__ = (UniqueConstraint("sheet", "person"), NEVER_AGAIN)

    id: int | None = serial()
    sheet: int = reference("sheet")
    person: str = Field(index=True)
    community: str = Field(foreign_key="community.slug")
    status: str
    place: str = ""
    asked: int = 0
    since: datetime = instant()


class SheetResult(SQLModel, table=True):
    """What came of a sheet where somebody tried it, in their words. Owner: `sheets.journey.results`.

    `source` is the message in which they wrote it, `place` as in a trial, `turn` how often they wrote it anew.
    """

    __tablename__ = "sheet_result"
    __table_args__ = (UniqueConstraint("sheet", "person"), NEVER_AGAIN)

    id: int | None = serial()
    sheet: int = reference("sheet")
    person: str = Field(index=True)
    status: str
    text: str = Field(sa_type=Text)
    source: str = ""
    place: str = ""
    turn: int = 0
    given_at: datetime = instant()


class SheetCirculation(SQLModel, table=True):
    """A sheet in another community, or offered to it: one row for both. Owner: `sheets.journey.circulations`.

    `turn` counts how often it was offered there; `reason` is why its team did not take it.
    """

    __tablename__ = "sheet_circulation"
    __table_args__ = (Index("ix_sheet_circulation_there", "sheet", "community"), NEVER_AGAIN)

    id: int | None = serial()
    sheet: int = reference("sheet")
    community: str = Field(foreign_key="community.slug")
    status: str
    proposer: str | None = None
    answerer: str | None = None
    reason: str = Field(default="", sa_type=Text)
    turn: int = 1
    proposed_at: datetime = instant()
    answered_at: datetime | None = instant(nullable=True)
