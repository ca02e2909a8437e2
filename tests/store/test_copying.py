"""A database moves to the other kind and back, whole or not at all."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, text
from sqlmodel import SQLModel

from bot import installation
from bot.communities import rooms
from bot.communities.communities import get
from bot.communities.file import load, shipped
from bot.communities.tables import Person
from bot.errors import StartRefused
from bot.events.events import MessageReceived
from bot.mailbox.receiving import inbox
from bot.mailbox.receiving.inbox import Arrival
from bot.mailbox.tables import OutboxMessage
from bot.store import copying, schema
from bot.store.database import Database
from tests.chat import MORNING

ACCOUNT = "@relais:example.org"


@pytest_asyncio.fixture
async def source(database: Database) -> Database:
    """A database in which something of most kinds stands."""
    await installation.install(database, load(shipped()), clock=lambda: MORNING)
    async with database.transaction() as tx:
        community = await get(tx, "rse")
        assert community is not None
        await rooms.link(tx, "!a:example.org", community, account=ACCOUNT, by="@boss:example.org", now=MORNING)
        tx.add_all(Person(mxid=f"@p{number}:example.org", language="fr") for number in range(1_234))
        said = MessageReceived(
            event_id="$1", room_id="!a:example.org", sender="@p1:example.org", sent_at=MORNING, text="un « mot » 🙋"
        )
        await inbox.keep(tx, ACCOUNT, [Arrival(said, 2**40)], now=MORNING)
        tx.add_all(outgoing(f"k{number}") for number in range(3))
    return database


@pytest_asyncio.fixture
async def target(empty_address: str) -> AsyncIterator[Database]:
    database = Database(empty_address)
    yield database
    await database.close()


def outgoing(key: str) -> OutboxMessage:
    return OutboxMessage(
        account=ACCOUNT,
        key=key,
        txn_id=key,
        lane="!a:example.org",
        kind="message",
        content={"text": "« mot »", "numbers": [1, None]},
        status="pending",
        device_id="DEVICE",
        open=True,
        entered_at=MORNING,
    )


both_ways = pytest.mark.parametrize(
    ("database_address", "empty_address"),
    [
        pytest.param("sqlite", "postgres", marks=pytest.mark.postgres),
        pytest.param("postgres", "sqlite", marks=pytest.mark.postgres),
    ],
    indirect=True,
)
"""What ends before all is copied is tried from each kind to the other."""


async def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with database.reading() as tx:
        return {
            table.name: [tuple(row.values()) for row in await tx.read(select(table).order_by(*table.primary_key))]
            for table in SQLModel.metadata.sorted_tables
        }


async def test_every_row_arrives_as_it_was(source: Database, target: Database) -> None:
    steps: list[int] = []
    counts = await copying.copy(source, target, step=steps.append)
    assert await rows_of(target) == await rows_of(source)
    assert counts["person"] == 1_234
    assert sum(steps) == sum(counts.values())


async def test_the_copy_counts_on_from_where_it_stands(source: Database, target: Database) -> None:
    await copying.copy(source, target, step=lambda _done: None)
    async with target.transaction() as tx:
        tx.add(outgoing("new"))
    ids = [row[0] for row in (await rows_of(target))["outbox"]]
    assert ids == list(range(ids[0], ids[0] + 4))


@both_ways
async def test_a_target_that_holds_something_is_refused(source: Database, target: Database) -> None:
    await schema.migrate(target)
    async with target.transaction() as tx:
        tx.add(Person(mxid="@ana:example.org"))
    with pytest.raises(StartRefused, match=r"is not empty \(table person\)"):
        await copying.copy(source, target, step=lambda _done: None)


@both_ways
async def test_a_target_of_something_else_is_refused(source: Database, target: Database) -> None:
    await target.run(lambda connection: connection.execute(text("CREATE TABLE users (id INTEGER)")))
    with pytest.raises(StartRefused, match=r"something else \(users\)"):
        await copying.copy(source, target, step=lambda _done: None)


@both_ways
async def test_a_copy_that_breaks_off_leaves_the_target_empty(source: Database, target: Database) -> None:
    def breaks(_done: int) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await copying.copy(source, target, step=breaks)
    assert await schema.version(target) is None
    assert await copying.copy(source, target, step=lambda _done: None)
