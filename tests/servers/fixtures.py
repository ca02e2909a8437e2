"""The servers as pytest fixtures: one of each for a whole run; rooms, users and databases for each test."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.servers import leftovers
from tests.servers.people import People
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse


@pytest.fixture(scope="session")
def swept() -> None:
    """Ends what a killed run left running."""
    leftovers.sweep()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def synapse(swept: None) -> AsyncIterator[Synapse]:
    """The homeserver of the run. To stop or kill one, start your own: `async with Synapse() as own:`."""
    async with Synapse() as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres(swept: None) -> AsyncIterator[Postgres]:
    """The PostgreSQL of the run."""
    async with Postgres() as server:
        yield server


@pytest_asyncio.fixture
async def people(synapse: Synapse) -> AsyncIterator[People]:
    """The people of this test: `claire = await people.arrive("claire")`."""
    async with People(synapse.url, synapse.shared_secret) as present:
        yield present


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    address = postgres.fresh()
    yield address
    postgres.drop(address)
