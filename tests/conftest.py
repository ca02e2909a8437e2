"""What every test may ask for."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.store import database as opening
from bot.store import schema
from bot.store.database import Database
from bot.store.engines import engine_of, file_of
from tests import covering
from tests.chat import Chat
from tests.house import trees
from tests.servers.leftovers import PREFIX
from tests.servers.postgres import Postgres

pytest_plugins = ["tests.servers.fixtures", "tests.living"]

# How long one example takes says more about the machine than about the rule; slow rules have tests of their own.
settings.register_profile("relais", deadline=None)
settings.register_profile("quick", settings.get_profile("relais"), max_examples=20)
settings.load_profile("relais")
"""`make check` tries fewer examples, with `--hypothesis-profile=quick`."""


SQLITE_ALONE = covering.listed(covering.SQLITE_ALONE)
LEFT_BY_CHECK = covering.listed(covering.LEFT_BY_CHECK)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer has set must not change a test."""
    for name in list(os.environ):
        if name.startswith("RELAIS_") and not name.startswith("RELAIS_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="module", autouse=True)
def forgotten_trees() -> Iterator[None]:
    """The code that a test has read would make the process of all others big."""
    yield
    trees.forget()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of this version, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "relais.sqlite"
    database = Database(f"sqlite:///{file}")
    await schema.migrate(database)
    await database.forget_log()
    await database.close()
    return file


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def begun_sqlite(migrated_sqlite: Path) -> Path:
    """One in which a dialogue has begun, to be copied for others."""
    file = migrated_sqlite.with_name("begun.sqlite")
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, file)}")
    async with Chat(database):
        await database.forget_log()
    await database.close()
    return file


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_postgres(postgres: Postgres) -> AsyncIterator[str]:
    """A database of this version, to be emptied between tests."""
    address = postgres.fresh()
    database = Database(address)
    await schema.migrate(database)
    await database.close()
    yield address
    postgres.drop(address)


@pytest.fixture(scope="session")
def sqlite_file() -> Iterator[Path]:
    """Where the database of each test is, one after the other: in memory if the system has a folder there, for no power
    failure is tested, and a tenth of a dialogue's time went by waiting for the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder, "relais.sqlite")


@pytest.fixture(scope="session", autouse=True)
def lasting_engines(sqlite_file: Path) -> Iterator[None]:
    """Tests that follow one another at one address share an engine, for it knows the SQL of all that was asked before:
    to find that anew takes a quarter of a dialogue's time."""
    kept = cache(engine_of)

    def engine(url: URL, *, read_only: bool) -> Engine | AsyncEngine:
        ours = file_of(url) in (sqlite_file, None) and not read_only
        return (kept if ours else engine_of)(url, read_only=read_only)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "engine_of", engine)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What talks to the homeserver of the run needs a real one, wherever it is, and comes first: much of it is waiting,
    so that one worker does it, with one homeserver, while the others work."""
    items.sort(key=lambda item: not _needs_homeserver(item))
    for item in items:
        if _needs_homeserver(item):
            item.add_marker(pytest.mark.e2e)
        if covering.name_of(item.nodeid) in LEFT_BY_CHECK:
            item.add_marker(pytest.mark.thorough)
    items[:] = _first_rows(items)


def _first_rows(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """All tests, but of a table in which only the words differ PostgreSQL's first row."""
    seen: set[str] = set()
    for item in items:
        test, on_postgres = covering.name_of(item.nodeid), item.get_closest_marker("postgres") is not None
        if not on_postgres or test not in seen or item.get_closest_marker("parametrize") is None:
            yield item
        if on_postgres:
            seen.add(test)


def _needs_homeserver(item: pytest.Item) -> bool:
    return "synapse" in getattr(item, "fixturenames", ())


def pytest_collection_finish() -> None:
    """What was loaded and collected is there until the end: to look through it for garbage, again and again, took a
    tenth of the time, and what is measured in a test must not depend on how many others there are."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A second time on PostgreSQL takes as long, and would show the same where other tests ask all that is asked."""
    if "database_address" in metafunc.fixturenames and metafunc.definition.nodeid in SQLITE_ALONE:
        metafunc.definition.add_marker(pytest.mark.parametrize("database_address", ["sqlite"], indirect=True))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_address(request: pytest.FixtureRequest, sqlite_file: Path) -> str:
    """Where a database of this version is: the same test runs on both kinds. For a `chat` its first room is open."""
    if request.param == "postgres":
        return str(request.getfixturevalue("migrated_postgres"))
    for old in sqlite_file.parent.iterdir():
        old.unlink()
    model = "begun_sqlite" if "chat" in request.fixturenames else "migrated_sqlite"
    return f"sqlite:///{shutil.copy(request.getfixturevalue(model), sqlite_file)}"


@pytest_asyncio.fixture
async def database(database_address: str) -> AsyncIterator[Database]:
    """An empty database of this version."""
    database = Database(database_address)
    if not database.is_sqlite:
        await database.run(_empty)
    yield database
    await database.close()


def _empty(connection: Connection) -> None:
    """Nothing is left, and numbers begin at 1 again, as in a fresh database.

    TRUNCATE makes new files for each table; of a few rows it costs ten times as much as this.
    """
    tables = [table.name for table in reversed(SQLModel.metadata.sorted_tables)]
    numbers = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
    at_once = "; ".join([*(f'DELETE FROM "{table}"' for table in tables), numbers])
    connection.execution_options(no_parameters=True).exec_driver_sql(at_once)


@pytest_asyncio.fixture
async def chat(database: Database) -> AsyncIterator[Chat]:
    """Rooms without a homeserver, with the whole bot in them."""
    async with Chat(database) as chat:
        yield chat
