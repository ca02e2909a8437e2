"""The kinds of columns that the tables of all nouns share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    Table,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts by itself only in a column of type INTEGER."""

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""The number of a deleted row must not be given again: the outbox knows messages by such numbers."""


REMEMBERED = {"info": {"remembered": True}}
"""For a small table that every event asks for: processes cache it (`Transaction.remember`) until somebody writes it."""


def is_remembered(table: str) -> bool:
    """Whether the table of this name is one of them."""
    known = SQLModel.metadata.tables.get(table)
    return known is not None and bool(known.info.get("remembered"))


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC; SQLite would forget the zone, so a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def serial() -> Any:
    """A primary key that counts by itself."""
    return Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    default = None if nullable else ...
    return Field(default=default, sa_type=Instant, nullable=nullable, index=index)


def columns(table: type[SQLModel]) -> Table:
    """The bare table, for statements that need no objects."""
    return table.metadata.tables[str(table.__tablename__)]


def reference(table: str, *, index: bool = False, nullable: bool = False) -> Any:
    """A reference to another row."""
    column = Column(Serial, ForeignKey(f"{table}.id"), nullable=nullable, index=index)
    return Field(default=None if nullable else ..., sa_column=column)
