"""Promises of a transaction, on both kinds of database."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import select

from bot.store.database import Database
from bot.store.tables import Timer

NOON = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)


def timer(item: str) -> dict[str, object]:
    return {"account": "@relais:example.org", "kind": "egg", "item": item, "due_at": NOON, "failures": 0}


async def items(database: Database) -> list[str]:
    async with database.reading() as tx:
        return sorted(await tx.exec(select(Timer.item)))


async def test_a_row_is_new_only_once(database: Database) -> None:
    async with database.transaction() as tx:
        assert await tx.insert_new(Timer, timer("a")) is True
        assert await tx.insert_new(Timer, timer("a")) is False
    assert await items(database) == ["a"]


async def test_of_many_rows_those_that_are_new_are_kept(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.insert_new(Timer, timer("a"))
        await tx.insert_all_new(Timer, [timer("a"), timer("b"), timer("c")])
    assert await items(database) == ["a", "b", "c"]


async def test_what_failed_left_nothing_and_called_nobody(database: Database) -> None:
    called = []

    async def breaks_in_the_middle() -> None:
        async with database.transaction() as tx:
            await tx.insert_new(Timer, timer("a"))
            tx.after_commit.append(lambda: called.append("a"))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await breaks_in_the_middle()
    assert await items(database) == []
    assert called == []


async def test_updates_at_the_same_time_lose_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.insert_new(Timer, timer("count"))

    async def add_one() -> None:
        async with database.transaction() as tx:
            row = (await tx.exec(select(Timer).where(Timer.item == "count"))).one()
            locked = await tx.get(Timer, row.id, with_for_update=True)
            assert locked is not None
            locked.failures += 1
            tx.add(locked)

    await asyncio.gather(*(add_one() for _ in range(25)))

    async with database.reading() as tx:
        assert (await tx.exec(select(Timer.failures))).one() == 25


async def test_an_instant_comes_back_aware_and_a_naive_one_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.insert_new(Timer, timer("a"))
    async with database.reading() as tx:
        assert (await tx.exec(select(Timer.due_at))).one() == NOON
    async with database.transaction() as tx:
        with pytest.raises(StatementError, match="naive"):
            await tx.insert_new(Timer, timer("b") | {"due_at": NOON.replace(tzinfo=None)})
