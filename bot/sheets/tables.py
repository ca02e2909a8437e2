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
    written anew, None at other times.
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


class SheetAuthor(SQLModel, table=True):
    """Somebody whom the author asked to sign a sheet too, or whose consent it needs. Owner: `sheets.authors`.

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
    """A volunteer was asked to review a sheet. Owner: `sheets.reviews`.

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
