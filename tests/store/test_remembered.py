"""On PostgreSQL several processes cache the same small tables, and each sees at once what another has changed."""

import pytest

from bot.communities.people import people
from bot.store.database import Database
from tests.chat import ANA

pytestmark = pytest.mark.postgres


async def language(database: Database) -> str | None:
    async with database.reading() as tx:
        return await people.language_of(tx, ANA)


async def set_language(database: Database, spoken: str) -> None:
    async with database.transaction() as tx:
        await people.set_language(tx, ANA, spoken)


async def test_what_another_process_wrote_is_seen_by_the_next_transaction(migrated_postgres: str) -> None:
    one, other = Database(migrated_postgres), Database(migrated_postgres)
    for number, spoken in enumerate(("fr", "en", "fr")):
        await set_language((one, other)[number % 2], spoken)
        assert [await language(one), await language(other)] == [spoken, spoken]
    await one.close()
    await other.close()


async def test_what_was_read_before_another_wrote_is_not_cached(migrated_postgres: str) -> None:
    one, other = Database(migrated_postgres), Database(migrated_postgres)
    await set_language(one, "fr")
    async with one.reading() as tx:
        assert await people.has_stopped(tx, ANA) is False  # it looks at the row, and has not yet asked for versions
        await set_language(other, "en")
        await language(one)
        await people.language_of(tx, ANA)
    assert await language(one) == "en"
    await one.close()
    await other.close()
