"""Brings a database to the version of this program, and says when it is ahead of it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import StartRefused
from bot.store.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")


async def migrate(database: Database) -> tuple[str | None, str]:
    """Returns the version before and after. Raises StartRefused when the database comes from a newer Relais."""
    before = await version(database)
    if before is not None and before not in _known():
        raise StartRefused(
            f"The database is of version {before}, which this Relais does not know: a newer one wrote it. "
            "Install that version again, or restore a backup."
        )
    after = newest()
    if before != after:
        await database.run(_upgrade)
    return before, after


async def version(database: Database) -> str | None:
    """The version of the database, None when it is empty."""
    return await database.run(lambda connection: MigrationContext.configure(connection).get_current_revision())


def newest() -> str:
    """The version that this program writes."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def _upgrade(connection: Connection) -> None:
    command.upgrade(_config(connection), "head")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}
