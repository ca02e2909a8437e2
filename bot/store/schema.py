"""Brings a database to the version of this program, and refuses one that a newer program wrote."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import StartRefused
from bot.store import fitness
from bot.store.database import Database

MIGRATING = 0x52454C414953
"""The number of the lock of those who migrate: any, as long as it stays the same."""
MIGRATIONS = Path(__file__).with_name("migrations")


async def migrate(database: Database) -> tuple[str | None, str]:
    """Returns the version before and after; another process may do the same at the same time.

    Raises StartRefused when the database comes from a newer Relais, lacks what its version has, or lets us make no
    table.
    """
    before = await version(database)
    require_known(before)
    after = newest()
    if before != after:
        await database.run(upgrade)
    await database.run(fitness.require_whole)
    return before, after


def knows(version: str) -> bool:
    """Whether this program can read a database of that version."""
    return version in _known()


def require_known(version: str | None) -> None:
    """Raises StartRefused for a version that a newer Relais wrote."""
    if version is not None and version not in _known():
        raise StartRefused(
            f"The database is of version {version}, which this Relais does not know: a newer one wrote it. "
            "Install that version again, or restore a backup."
        )


async def version(database: Database) -> str | None:
    """The version of the database, None when it is empty."""
    return await database.run(lambda connection: MigrationContext.configure(connection).get_current_revision())


def newest() -> str:
    """The version that this program writes."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def upgrade(connection: Connection) -> None:
    """Bring a database to this version, in the transaction that is open. Whoever comes second finds it done: SQLite has
    one writer, and on PostgreSQL a lock is waited for."""
    fitness.require_creation(connection)
    one_at_a_time(connection)
    command.upgrade(config(connection), "head")


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other process makes tables or communities; on SQLite whoever writes has waited already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATING})


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for this connection."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}
