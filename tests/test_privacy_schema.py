"""Promises about every column of every table, also of those to come: what names a person is told and can be erased."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, insert, select
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from bot.communities.acting import Hands
from bot.communities.rules.room_facts import RoomDirectory
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.timers import Timers
from bot.nouns import every_table
from bot.person_columns import NAMELESS, PersonColumns, may_name
from bot.privacy import privacy
from bot.store.columns import Instant
from bot.store.database import Transaction
from tests.chat import ANA, MORNING, Chat
from tests.homeserver import BOT

NAMESAKE = f"{ANA}.fr"
LISTS = ("tags", "words", "excluded", "choices", "hours", "facets", "ingredients", "topics", "stakes")
PARENTS = (
    *("meetup_series", "meetup", "help_request", "date_poll", "sheet", "idea", "challenge", "solution"),
    *("support_theme", "support_application", "team", "theme_poll"),
)
FIXED = {"status": "cancelled", "civil": "2027-01-01T10:00", "start": "2027-01-01T10:00", "zone": "Europe/Paris"}
STATUS = {
    "help_offer.status": "declined",
    "rsvp.status": "no",
    "sheet.status": "published",
    "idea.status": "reported",
    "challenge.status": "voting",
    "solution.status": "in_vote",
    "support_application.status": "incomplete",
}
SPELLED = {
    "as it is": ANA,
    "in a sentence": f"Vu avec {ANA}.",
    "in a link": f"https://matrix.to/#/{quote(ANA, safe='')}?via=example.org",
    "in capitals": f"({ANA.upper()})",
    "twice": f"{ANA},{ANA.title()}",
}
_numbers = count(1)


@dataclass(frozen=True)
class Own:
    """What an erasure needs."""

    tx: Transaction
    now: datetime
    account: str
    outbox: Outbox
    timers: Timers
    directory: RoomDirectory


@asynccontextmanager
async def hands(chat: Chat) -> AsyncIterator[Hands]:
    async with chat.database.transaction() as tx:
        yield Own(tx, chat.now, BOT, chat.outbox, chat.timers, chat._rooms)


def value(column: Column[Any], parents: dict[str, int], said: str | None = None) -> Any:
    """Something that fits in the column, `said` if there is anything to say."""
    for reference in column.foreign_keys:
        return parents.get(reference.column.table.name, "essai")
    if isinstance(column.type, JSON):
        listed: list[Any] = [said, f"et {said}"] if said else []
        deep = [*listed, {"c": f"et {said}", said: [said]}] if said else []
        return listed if column.name in LISTS else {"a": deep, "b": said or ""}
    if said is not None:
        return said
    number = next(_numbers)
    fillers: dict[type[Any], Any] = {Boolean: False, Integer: number, Instant: MORNING, Date: date(2027, 1, 1)}
    filler = next((filler for kind, filler in fillers.items() if isinstance(column.type, kind)), f"x{number}")
    return STATUS.get(str(column), FIXED.get(column.name, filler))


def row(table: Table, parents: dict[str, int], where: str | None = None, said: str | None = None) -> dict[str, Any]:
    filled = {
        column.name: value(column, parents, said if column.name == where else None)
        for column in table.columns
        if column.name == where or not column.nullable
    }
    return filled | ({"id": next(_numbers) + 1000} if "id" in table.columns else {})


def columns() -> Iterator[tuple[PersonColumns, Column[Any]]]:
    for one in every_table():
        for column in one.searched:
            yield one, column


async def fill(chat: Chat, said: str) -> set[tuple[Any, ...]]:
    """A row for each column that may name somebody; returns the keys of the rows."""
    keys = set()
    async with chat.database.transaction() as tx:
        parents: dict[str, int] = {}
        community = SQLModel.metadata.tables["community"]
        await tx.exec(insert(community), row(community, {}) | {"slug": "essai", "language": "fr"})
        for name in PARENTS:
            made = row(SQLModel.metadata.tables[name], parents)
            await tx.exec(insert(SQLModel.metadata.tables[name]), made)
            parents[name] = made["id"]
        for one, column in columns():
            made = row(one.table, parents, column.name, said)
            await tx.exec(insert(one.table), made)
            keys.add((one.table.name, *(made[key.name] for key in one.table.primary_key.columns)))
    return keys


async def everything(chat: Chat) -> dict[tuple[Any, ...], dict[str, Any]]:
    found = {}
    async with chat.database.reading() as tx:
        for table in SQLModel.metadata.sorted_tables:
            for one in await tx.read(select(table)):
                found[table.name, *(one[key.name] for key in table.primary_key.columns)] = dict(one)
    return found


async def traces(chat: Chat) -> set[tuple[Any, ...]]:
    async with chat.database.reading() as tx:
        found = await privacy.traces(tx, privacy.known_as(ANA, BOT))
    return {
        (trace.columns.table.name, *(trace.row[key.name] for key in trace.columns.table.primary_key.columns))
        for trace in found
    }


def test_what_is_declared_exists() -> None:
    assert set(NAMELESS) <= {column.name for table in SQLModel.metadata.sorted_tables for column in table.c}
    for one in every_table():
        assert {*one.gone, *one.named, *one.within, *one.keys} <= set(one.table.columns.keys())
        assert all(may_name(one.table.c[name]) for name in (*one.gone, *one.named, *one.within))


def test_a_column_that_nobody_declared_is_searched() -> None:
    class Tomorrow(SQLModel, registry=registry()):
        """Beside the schema of today."""

    class Remark(Tomorrow, table=True):
        id: int = Field(primary_key=True)
        remark: str

    assert [column.name for column in PersonColumns(Remark).searched] == ["remark"]


@pytest.mark.parametrize("spelled", SPELLED)
async def test_whatever_column_names_a_person_is_told_and_erased(chat: Chat, spelled: str) -> None:
    before = await traces(chat)
    filled = await fill(chat, SPELLED[spelled])

    assert await traces(chat) - before == filled
    async with chat.database.reading() as tx:
        told = await privacy.told(tx, ANA, account=BOT, now=chat.now + timedelta(days=1))
    assert len(told.rows) == sum(part.count for part in told.parts) == len(filled | before)

    async with hands(chat) as own:
        await privacy.erase(own, ANA)
    left = str(await everything(chat)).lower()
    assert ANA not in left
    assert quote(ANA, safe="").lower() not in left
    assert await traces(chat) == set()


async def test_rows_of_others_stay_as_they_are(chat: Chat) -> None:
    await fill(chat, f"avec {NAMESAKE}")
    before = await everything(chat)

    async with hands(chat) as own:
        await privacy.erase(own, ANA)
    after = await everything(chat)
    assert {key: kept for key, kept in before.items() if NAMESAKE in str(kept)}.items() <= after.items()


async def test_two_can_be_erased_one_after_the_other_though_they_wrote_of_one_another(chat: Chat) -> None:
    other = "@ben:example.org"
    await fill(chat, f"{ANA} et {other}")
    for person in (ANA, other):
        async with hands(chat) as own:
            await privacy.erase(own, person)
    left = str(await everything(chat))
    assert ANA not in left
    assert other not in left


async def test_an_erasure_asks_little_of_the_database(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(chat, f"avec {ANA}")
    asked = 0
    for way in ("exec", "read"):
        ask = getattr(Transaction, way)

        async def counted(tx: Transaction, *given: Any, ask: Any = ask) -> Any:
            nonlocal asked
            asked += 1
            return await ask(tx, *given)

        monkeypatch.setattr(Transaction, way, counted)
    async with hands(chat) as own:
        await privacy.erase(own, ANA)
    assert asked < 5 * len(SQLModel.metadata.tables)
