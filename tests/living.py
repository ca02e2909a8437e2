"""What tests of lives that end share: a database to be copied, and a bot that tries again at once."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot import installation
from bot.dispatch.answer import dispatcher
from bot.mailbox.receiving import keyed_workers
from bot.matrix import sender, sync
from bot.resources.library import Library
from bot.settings import Settings
from bot.store.database import Database
from tests.mortal import NOW


@dataclass(frozen=True, slots=True)
class Template:
    """A database whose communities are there, to be copied, and what is found in it."""

    file: Path
    library: Library


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def template(migrated_sqlite: Path) -> AsyncIterator[Template]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(migrated_sqlite, folder))
        database = Database(f"sqlite:///{file}")
        library = await installation.prepare(Settings(), database, clock=lambda: NOW)
        await database.forget_log()
        await database.close()
        yield Template(file, library)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot tries again at once."""
    for module in (sender, sync, keyed_workers):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(dispatcher, "PAUSE", 0.001)
