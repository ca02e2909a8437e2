"""Rooms in which the trial command is understood too."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.store.database import Database
from tests.chat import Chat
from tests.dispatch.trial_command import done, trial


@pytest_asyncio.fixture
async def trying(database: Database) -> AsyncIterator[Chat]:
    """The bot with the trial command beside its own."""
    done.clear()
    async with Chat(database, more=[trial()]) as chat:
        yield chat
