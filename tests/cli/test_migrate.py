"""`relais migrate`: several at once, and beside a running bot."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import opening
from bot.errors import InUse
from bot.settings import Settings
from bot.store import schema
from bot.store.database import Database
from bot.store.lock import folder_lock

AT_ONCE = 3


async def migrated(folder: Path, address: str) -> tuple[int | None, str]:
    """The exit code of a process of its own, and what it said."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "RELAIS_DATA_DIR": str(folder),
        "RELAIS_DATABASE_URL": address,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "migrate"),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.parametrize("folders", [("data",) * AT_ONCE, ("a", "b", "c")], ids=["one folder", "three folders"])
async def test_several_at_once_all_succeed(tmp_path: Path, folders: tuple[str, ...]) -> None:
    await all_succeed(tmp_path, f"sqlite:///{tmp_path / 'relais.sqlite'}", folders)


@pytest.mark.postgres
async def test_several_hosts_at_once_all_succeed(tmp_path: Path, postgres_url: str) -> None:
    await all_succeed(tmp_path, postgres_url, ("a", "b", "c"))


async def all_succeed(tmp_path: Path, address: str, folders: tuple[str, ...]) -> None:
    done = await asyncio.gather(*(migrated(tmp_path / folder, address) for folder in folders))
    assert [code for code, _said in done] == [0] * AT_ONCE, done
    assert all(schema.newest() in said for _code, said in done)


async def test_it_does_not_migrate_under_a_running_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.0)
    settings = Settings(data_dir=tmp_path)
    async with folder_lock(tmp_path), opening.opened(settings.database) as database:
        with pytest.raises(InUse, match="stop it first"):
            await opening.migrated(settings, database)
        assert await schema.version(database) is None


async def test_where_there_is_nothing_to_do_a_running_bot_is_no_hindrance(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    async with opening.opened(settings.database) as database:
        await schema.migrate(database)
    async with folder_lock(tmp_path), opening.opened(settings.database) as database:
        assert await opening.migrated(settings, database) == (schema.newest(), schema.newest())


@pytest.mark.postgres
async def test_a_running_bot_of_another_account_is_one(postgres_url: str, tmp_path: Path) -> None:
    """And whoever migrates at the same time is none."""
    database = Database(postgres_url)
    async with database.reading() as tx:
        await tx.run(lambda connection: connection.execute(text(f"SELECT pg_advisory_lock({schema.MIGRATING})")))
        async with opening.alone(Settings(data_dir=tmp_path), database):
            pass
        await tx.run(lambda connection: connection.execute(text("SELECT pg_advisory_lock(7)")))
        with pytest.raises(InUse, match="running on this database"):
            async with opening.alone(Settings(data_dir=tmp_path), database):
                pass
    await database.close()
