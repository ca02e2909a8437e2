"""How much people made today."""

from datetime import UTC, date, datetime, timedelta

from bot.communities.people import quota_uses
from bot.store.database import Database

ANA = "@ana:example.org"
DAY = date(2027, 1, 5)


async def test_a_day_has_as_many_as_were_set_and_one_refusal(database: Database) -> None:
    async with database.transaction() as tx:
        counted = [await quota_uses.one_more(tx, ANA, "poll", day=DAY, most=2) for _turn in range(3)]
        told = [await quota_uses.first_refusal(tx, ANA, "poll", day=DAY) for _turn in range(2)]

    assert (counted, told) == ([True, True, False], [True, False])


async def test_kinds_and_people_and_days_are_counted_apart(database: Database) -> None:
    async with database.transaction() as tx:
        for person, kind, day in ((ANA, "poll", DAY), (ANA, "retex", DAY), ("@ben:example.org", "poll", DAY)):
            assert await quota_uses.one_more(tx, person, kind, day=day, most=1)
        assert await quota_uses.one_more(tx, ANA, "poll", day=DAY + timedelta(days=1), most=1)


async def test_counts_go_when_their_day_is_over_everywhere(database: Database) -> None:
    async with database.transaction() as tx:
        for day in (DAY, DAY + timedelta(days=2)):
            await quota_uses.one_more(tx, ANA, "poll", day=day, most=5)
        await quota_uses.forget_old(tx, now=datetime(2027, 1, 8, tzinfo=UTC))
        left = await tx.run(lambda connection: connection.exec_driver_sql("SELECT day FROM quota_use").all())

    assert [day for (day,) in left] == ["2027-01-07"]
