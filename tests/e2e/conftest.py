"""The bot in the rooms of a real homeserver."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town
from tests.servers.client import Account
from tests.servers.nursery import Nursery
from tests.servers.people import People, Person
from tests.servers.synapse import CHECKOUT, Synapse

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a real Synapse."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session", autouse=True)
def nursery() -> Iterator[None]:
    """What the tests of this folder start is loaded once."""
    nursery = Nursery(CHECKOUT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotProcess, "nursery", nursery)
        yield
    nursery.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chief(synapse: Synapse) -> Account:
    """The operator of the run's bot."""
    async with People(synapse.url, synapse.shared_secret) as people:
        return await people.account("paul")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_bot(synapse: Synapse, chief: Account) -> AsyncIterator[BotProcess]:
    """One bot for all tests that neither stop it nor disturb it."""
    async with People(synapse.url, synapse.shared_secret) as people:
        account = await people.account("relais")
    async with BotProcess(synapse.url, account, operators=chief.user_id) as bot:
        yield bot


@pytest_asyncio.fixture
async def town(synapse: Synapse, people: People, shared_bot: BotProcess, chief: Account) -> AsyncIterator[Town]:
    """The shared bot, and its operator in person."""
    operator = Person(synapse.url, "paul", chief)
    await operator.listen()
    yield Town(people, operator, shared_bot)
    await operator.close()


@pytest_asyncio.fixture
async def own_town(synapse: Synapse, people: People) -> AsyncIterator[Town]:
    """A bot of the test's own, running, to be killed, and its operator."""
    async with Town.founded(people, synapse.url) as town:
        await town.bot.start()
        yield town
