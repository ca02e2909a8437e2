"""The migrations make the tables that the program expects, on both kinds of database."""

from collections.abc import AsyncIterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
import pytest_asyncio
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Connection, TextClause, bindparam, inspect, text
from sqlmodel import SQLModel, select

from bot import nouns
from bot.communities import Undo
from bot.errors import StartRefused
from bot.meetups import calendars
from bot.store import schema
from bot.store.database import Database

FROZEN = Path(__file__).with_name("frozen_migrations.txt")


@pytest_asyncio.fixture
async def empty(empty_address: str) -> AsyncIterator[Database]:
    database = Database(empty_address)
    yield database
    await database.close()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
    return list(compare_metadata(context, SQLModel.metadata))


def names(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


async def test_an_empty_database_gets_exactly_the_tables_of_the_program(empty: Database) -> None:
    assert await schema.migrate(empty) == (None, schema.newest())
    assert await empty.run(differences) == []


def test_a_migration_never_changes_once_it_is_there() -> None:
    """A database that it has run on would be called current, and lack what was added. A new one is added to the list:
    `(cd bot/store/migrations/versions && sha256sum *.py) > tests/store/frozen_migrations.txt`."""
    frozen = dict(line.split()[::-1] for line in FROZEN.read_text().splitlines())
    versions = (schema.MIGRATIONS / "versions").glob("*.py")
    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in versions} == frozen


async def test_migrating_twice_changes_nothing(empty: Database) -> None:
    await schema.migrate(empty)
    assert await schema.migrate(empty) == (schema.newest(), schema.newest())


async def test_every_step_can_be_taken_back(empty: Database) -> None:
    await schema.migrate(empty)
    await empty.run(lambda connection: command.downgrade(schema.config(connection), "base"))
    assert await empty.run(names) == ["alembic_version"]
    assert await schema.migrate(empty) == (None, schema.newest())


async def test_an_address_of_nobody_stops_and_the_team_is_told(empty: Database) -> None:
    await empty.run(lambda connection: command.upgrade(schema.config(connection), "0003"))
    await empty.run(an_old_address)
    await schema.migrate(empty)

    async with empty.reading() as tx:
        left = await tx.run(lambda connection: connection.execute(text("SELECT person FROM calendar_link")).all())
        due = await tx.run(lambda connection: connection.execute(text("SELECT kind, item FROM timer")).all())
    assert [row.person for row in left] == ["@ana:example.org"]
    assert [tuple(row) for row in due] == [(calendars.ENDED, "rse")]


def an_old_address(connection: Connection) -> None:
    day = "'2027-01-05 09:00:00'"
    named = "slug, name, language, time_zone, created_at"
    connection.execute(text(f"INSERT INTO community ({named}) VALUES ('rse', '{{}}', 'fr', 'Europe/Paris', {day})"))
    for owner, community in (("NULL", "'rse'"), ("'@ana:example.org'", "NULL")):
        values = f"{owner[1:3]!r}, '@relais:example.org', {owner}, {community}, {day}"
        named = "token_hash, account, person, community, created_at"
        connection.execute(text(f"INSERT INTO calendar_link ({named}) VALUES ({values})"))


async def test_what_a_team_had_set_of_mutual_help_is_set_still_and_can_be_taken_back(empty: Database) -> None:
    await empty.run(lambda connection: command.upgrade(schema.config(connection), "0012"))
    await empty.run(old_settings)
    await schema.migrate(empty)

    async with empty.reading() as tx:
        rows = await tx.run(lambda connection: connection.execute(text("SELECT * FROM community_setting")).all())
        changes = await tx.exec(select(Undo))
        [change] = changes.all()
    assert [tuple(row) for row in rows] == [("rse", "delai-vague2", "4h")]
    assert nouns.undoable(change.verb).name == "setting-delai-vague2"
    assert (change.arguments, change.expects) == ({"value": None}, {"value": "4h"})


def old_settings(connection: Connection) -> None:
    day = "'2027-01-05 09:00:00'"
    named = "slug, name, language, time_zone, created_at"
    connection.execute(text(f"INSERT INTO community ({named}) VALUES ('rse', '{{}}', 'fr', 'Europe/Paris', {day})"))
    setting = "INSERT INTO help_setting (community, name, value) VALUES (:community, 'next_group', '4h')"
    for community in ("rse", "gone"):
        connection.execute(text(setting).bindparams(community=community))
    named = "community, verb, thing, role, made_at, arguments, expects"
    change = f"INSERT INTO undo ({named}) VALUES ('rse', 'help-delay', '', 'moderator', {day}, :was, :now)"
    was, now = (bindparam(name, {"delay": delay}, JSON) for name, delay in (("was", None), ("now", "4h")))
    connection.execute(text(change).bindparams(was, now))


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty: Database) -> None:
    await schema.migrate(empty)
    await empty.run(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(StartRefused, match="of version 9999, which this Relais does not know: a newer one wrote it"):
        await schema.migrate(empty)
    assert await schema.version(empty) == "9999"


async def test_a_step_that_fails_leaves_the_version_before(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: Connection) -> None:
        command.upgrade(schema.config(connection), "head")
        raise RuntimeError("the last step")

    monkeypatch.setattr(schema, "upgrade", fails)
    with pytest.raises(RuntimeError):
        await schema.migrate(empty)
    assert await schema.version(empty) is None
    assert await empty.run(names) == []


def run(statement: TextClause, connection: Connection) -> None:
    connection.execute(statement)


OLD_KEYS = {
    "invite:!a:example.org:@ana:example.org:$event": "invite:!a:example.org:$event",
    "invite:!a:example.org:@ana:example.org:8448:1799000000000": "invite:!a:example.org:1799000000000",
    "invite:!b:@ana:[2001:db8::1]:s12_34": "invite:!b:s12_34",
    "invite:!a:example.org:@ben:example.org:$old:example.org": "invite:!a:example.org:$old:example.org",
    "invite:!c:example.org:$new": "invite:!c:example.org:$new",
    "$event": "$event",
}


async def test_keys_of_invitations_lose_who_invited(empty: Database) -> None:
    await empty.run(lambda connection: command.upgrade(schema.config(connection), "0003"))
    row = "(account, source_key, room_id, sender, kind, details, sent_at, position, status, received_at)"
    values = "('@b:s', :key, '!r', 'former:1', 'invitation', '{}', '2027-01-05', 1, 'done', '2027-01-05')"
    for key in OLD_KEYS:
        insert = text(f"INSERT INTO inbox {row} VALUES {values}").bindparams(key=key)
        await empty.run(partial(run, insert))
    await schema.migrate(empty)

    keys = await empty.run(
        lambda connection: connection.execute(text("SELECT source_key FROM inbox ORDER BY id")).all()
    )
    assert [key for (key,) in keys] == list(OLD_KEYS.values())
