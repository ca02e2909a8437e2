"""Promises of a transaction, on both kinds of database."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import select

from bot.mailbox.tables import Timer
from bot.store.columns import columns
from bot.store.database import Database, Transaction

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


@pytest.fixture(autouse=True)
def timers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """For these tests they are a small table that every event asks for."""
    monkeypatch.setitem(columns(Timer).info, "remembered", True)


async def remembered(database: Database) -> tuple[list[str], int]:
    """The items as a reader that remembers sees them, and how often it asked the database."""
    asked = 0

    async with database.reading() as tx:

        async def load() -> list[str]:
            nonlocal asked
            asked += 1
            return sorted(await tx.exec(select(Timer.item)))

        return await tx.remember(Timer, "items", load), asked


async def test_what_is_remembered_is_never_older_than_the_last_write(database: Database) -> None:
    assert (await remembered(database))[0] == []
    async with database.transaction() as tx:
        await tx.insert_new(Timer, timer("a"))
    assert (await remembered(database))[0] == ["a"]
    async with database.transaction() as tx:
        row = (await tx.exec(select(Timer))).one()
        row.item = "b"
        tx.add(row)
    assert (await remembered(database))[0] == ["b"]
    async with database.transaction() as tx:
        await tx.exec(delete(Timer))
    assert (await remembered(database))[0] == []


async def test_on_sqlite_what_nobody_wrote_is_asked_once(tmp_path: Path, migrated_sqlite: Path) -> None:
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'one.sqlite')}")
    assert [(await remembered(database))[1] for _ in range(3)] == [1, 0, 0]
    await database.close()


async def test_a_reader_that_began_before_a_write_does_not_bring_the_past_back(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'one.sqlite')}")
    async with database.reading() as old:
        before = list(await old.exec(select(Timer.item)))
        async with database.transaction() as tx:
            await tx.insert_new(Timer, timer("a"))

        async def past() -> list[str]:
            return before

        assert await old.remember(Timer, "items", past) == []
    assert (await remembered(database))[0] == ["a"]


async def test_what_is_asked_once_in_a_transaction_holds_what_it_wrote_itself(database: Database) -> None:
    asked = 0

    async def items(tx: Transaction) -> list[str]:
        async def load() -> list[str]:
            nonlocal asked
            asked += 1
            return sorted(await tx.exec(select(Timer.item)))

        return await tx.once(Timer, load)

    async with database.transaction() as tx:
        assert (await items(tx), await items(tx), asked) == ([], [], 1)
        await tx.insert_new(Timer, timer("a"))
        assert await items(tx) == ["a"]
    async with database.reading() as tx:
        assert await items(tx) == ["a"]


async def test_what_fails_is_told_without_its_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        async with database.transaction() as tx:
            await tx.run(lambda connection: connection.execute(text("SELECT nothing, :x"), {"x": "rhododendron"}))
    assert "rhododendron" not in str(failed.value)
