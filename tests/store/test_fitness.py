"""A database that cannot hold what Relais writes is refused before anything starts, with what is missing by name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.errors import StartRefused
from bot.store import fitness, schema
from bot.store.database import Database
from tests.servers.postgres import Postgres


@pytest_asyncio.fixture
async def empty(empty_address: str) -> AsyncIterator[Database]:
    database = Database(empty_address)
    yield database
    await database.close()


async def said(database: Database, statement: str) -> None:
    await database.run(lambda connection: connection.execute(text(statement)))


async def test_a_database_that_lacks_what_its_version_has_is_refused_by_name(empty: Database) -> None:
    """As one whose migration was changed after it had run."""
    await schema.migrate(empty)
    await said(empty, "ALTER TABLE community DROP COLUMN main_room")
    await said(empty, "DROP TABLE dialogue")
    with pytest.raises(StartRefused, match=r"lacks column community\.main_room, table dialogue: "):
        await schema.migrate(empty)


@asynccontextmanager
async def stranger(address: str, *rights: str) -> AsyncIterator[Database]:
    """The database as a user without rights sees it, but for those granted."""
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS relais_stranger")
        owner.execute("CREATE ROLE relais_stranger LOGIN PASSWORD 'x'")
        for right in rights:
            owner.execute(f"GRANT {right} TO relais_stranger".encode())
    database = Database(make_url(address).set(username="relais_stranger", password="x").render_as_string(False))
    try:
        yield database
    finally:
        await database.close()
        with psycopg.connect(address, autocommit=True) as owner:
            owner.execute("DROP OWNED BY relais_stranger")
            owner.execute("DROP ROLE relais_stranger")


@pytest.mark.postgres
async def test_a_user_who_may_make_no_tables_is_refused_with_what_to_grant(postgres_url: str) -> None:
    async with stranger(postgres_url) as database:
        with pytest.raises(StartRefused, match="GRANT CREATE ON SCHEMA public TO relais_stranger"):
            await schema.migrate(database)
    async with stranger(postgres_url, "CREATE ON SCHEMA public") as database:
        await schema.migrate(database)


@pytest.mark.postgres
async def test_a_user_who_may_not_write_in_a_table_is_refused(postgres_url: str) -> None:
    owner = Database(postgres_url)
    await schema.migrate(owner)
    await owner.run(fitness.require_room)
    await owner.close()
    async with stranger(postgres_url, "SELECT ON ALL TABLES IN SCHEMA public") as database:
        with pytest.raises(StartRefused, match="may not read and change the table "):
            await database.run(fitness.require_room)
    rights = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
    async with stranger(postgres_url, rights) as database:
        await database.run(fitness.require_room)
        assert await schema.migrate(database), "what need not be made needs no right"


@pytest.mark.postgres
async def test_an_encoding_that_lacks_most_characters_is_refused(postgres: Postgres, postgres_url: str) -> None:
    name = "relais_latin1"
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'".encode())
    database = Database(make_url(postgres_url).set(database=name).render_as_string(False))
    try:
        with pytest.raises(StartRefused, match="encoded in LATIN1"):
            await database.run(fitness.require_room)
    finally:
        await database.close()
        with psycopg.connect(postgres_url, autocommit=True) as owner:
            owner.execute(f"DROP DATABASE {name}".encode())


@pytest.mark.parametrize(
    ("ours", "other", "is_shared"),
    [
        ([7, 7], 8, False),
        ([7], 7, True),  # the pool lends to the other what we had
        ([7, 9], 8, True),  # or gives us another one each time
    ],
)
async def test_a_pool_that_lends_connections_is_noticed(ours: list[int], other: int, is_shared: bool) -> None:
    """As one in transaction mode does: each transaction may be served by another process of the server."""

    async def served_by() -> int:
        return ours.pop(0)

    async def beside() -> int:
        return other

    assert await fitness.shared(served_by, beside) is is_shared


@pytest.mark.postgres
async def test_postgresql_itself_gives_sessions_of_our_own(postgres_url: str) -> None:
    database = Database(postgres_url)
    await fitness.require_sessions(database)
    await database.close()
