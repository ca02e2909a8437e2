"""The PostgreSQL of the tests: fresh databases, quickly, and nothing left behind."""

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql import text

from tests.servers.postgres import Postgres

pytestmark = pytest.mark.postgres


def engine(address: str) -> AsyncEngine:
    return create_async_engine(make_url(address).set(drivername="postgresql+psycopg"))


async def write(address: str, statement: str) -> None:
    database = engine(address)
    async with database.begin() as connection:
        await connection.execute(text(statement))
    await database.dispose()


async def tables(address: str) -> list[str]:
    database = engine(address)
    async with database.connect() as connection:
        rows = await connection.execute(text("select tablename from pg_tables where schemaname = 'public'"))
        found = [row[0] for row in rows]
    await database.dispose()
    return found


async def test_every_test_gets_a_database_of_its_own(postgres: Postgres, postgres_url: str) -> None:
    await write(postgres_url, "create table room (id text)")
    other = postgres.fresh()
    assert await tables(postgres_url) == ["room"]
    assert await tables(other) == []
    postgres.drop(other)


async def test_a_prepared_database_can_be_copied(postgres: Postgres, postgres_url: str) -> None:
    await write(postgres_url, "create table room (id text)")
    copy = postgres.fresh(template=postgres_url)
    assert await tables(copy) == ["room"]
    postgres.drop(copy)


async def test_a_database_is_removed_though_somebody_is_connected(postgres: Postgres) -> None:
    address = postgres.fresh()
    database = engine(address)
    async with database.connect() as connection:
        await connection.execute(text("select 1"))
        postgres.drop(address)
        await connection.invalidate()
    await database.dispose()
    assert make_url(address).database not in await _databases(postgres)


async def _databases(postgres: Postgres) -> list[str]:
    address = postgres.fresh()
    database = engine(address)
    async with database.connect() as connection:
        found = [row[0] for row in await connection.execute(text("select datname from pg_database"))]
    await database.dispose()
    postgres.drop(address)
    return found
