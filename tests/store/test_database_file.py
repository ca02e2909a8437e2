"""What the file of a SQLite database promises, and reading without writing."""

import asyncio
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.communities.tables import Person
from bot.errors import StartRefused
from bot.store.connections import LASTING
from bot.store.database import Database, reachable


async def test_a_reader_never_waits_for_a_writer(database: Database) -> None:
    async with database.transaction() as tx:
        tx.add(Person(mxid="@ana:example.org"))
        await tx.flush()
        async with asyncio.timeout(5), database.reading() as other:
            assert await other.read(select(Person)) == []


@pytest.fixture
def file(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A SQLite database of this version, alone in its folder."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "relais.sqlite"))


def contents(folder: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in folder.iterdir()}


async def test_what_was_erased_is_in_no_file(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    async with database.transaction() as tx:
        tx.add(Person(mxid="@somebody-to-forget:example.org"))
    async with database.transaction() as tx:
        await tx.exec(delete(Person))
    await database.forget_log()
    left = contents(file.parent)
    await database.close()
    assert "relais.sqlite-wal" in left
    assert b"somebody-to-forget" not in b"".join(left.values())


async def test_the_file_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'sub' / 'relais.sqlite'}")
    await reachable(database)
    await database.close()
    assert os.stat(tmp_path / "sub").st_mode & 0o777 == 0o700
    assert os.stat(tmp_path / "sub" / "relais.sqlite").st_mode & 0o777 == 0o600


async def test_reading_only_leaves_the_file_as_it_is(file: Path) -> None:
    before = contents(file.parent)
    database = Database(f"sqlite:///{file}", read_only=True)
    async with database.reading() as tx:
        assert (await tx.exec(select(Person))).all() == []

    async def write() -> None:
        async with database.transaction() as tx:
            tx.add(Person(mxid="@ana:example.org"))

    with pytest.raises(OperationalError, match="readonly"):
        await write()
    await database.close()
    assert contents(file.parent) == before


def no_database(folder: Path) -> Path:
    file = folder / "relais.sqlite"
    file.write_bytes(b"no database" * 200)
    return file


async def test_a_file_that_is_no_database_does_not_answer(tmp_path: Path) -> None:
    file = no_database(tmp_path)
    for read_only in (False, True):
        database = Database(f"sqlite:///{file}", read_only=read_only)
        with pytest.raises(StartRefused, match="file is not a database"):
            await reachable(database)
        await database.close()


async def test_every_connection_of_sqlite_writes_for_good_before_it_says_so(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    for repeatable, synchronous in ((False, 2), (True, 1), (False, 2)):
        async with database.transaction(repeatable=repeatable) as tx:
            assert await tx.run(pragmas) == ["wal", synchronous, 1, 1]
    await database.close()


def pragmas(connection: Connection) -> list[object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    return [connection.scalar(text(f"PRAGMA {name}")) for name in names]


async def test_who_waits_too_long_for_another_process_is_told_so_and_holds_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.BUSY_SECONDS", 0)
    monkeypatch.setattr("bot.store.database.WAITING", LASTING)
    database, other = Database(f"sqlite:///{file}"), Database(f"sqlite:///{file}")
    async with other.transaction() as tx:
        await tx.run(pragmas)
        for _attempt in range(30):
            with pytest.raises(OperationalError, match="locked"):
                await database.run(pragmas)
            with pytest.raises(OperationalError, match="locked"):
                async with database.transaction() as late:
                    await late.run(pragmas)
    async with database.transaction() as late:
        await late.run(pragmas)
    await database.close()
    await other.close()


async def test_while_another_process_writes_everything_else_goes_on(file: Path) -> None:
    database, other = Database(f"sqlite:///{file}"), Database(f"sqlite:///{file}")
    async with other.transaction() as tx:
        await tx.run(pragmas)
        waiting = asyncio.create_task(written(database))
        for _turn in range(20):
            await asyncio.sleep(0)
        async with database.reading() as reader:
            await reader.run(pragmas)
        assert not waiting.done()
    await waiting
    await database.close()
    await other.close()


async def written(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run(pragmas)
