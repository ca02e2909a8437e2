"""Several accounts on one PostgreSQL: each serves its own communities, and both are there from the first start."""

import asyncio

import pytest

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People
from tests.servers.synapse import Synapse

pytestmark = pytest.mark.postgres


async def test_two_accounts_that_start_at_once_serve_each_its_own(
    synapse: Synapse, people: People, postgres_url: str
) -> None:
    shared = {"database_url": postgres_url}
    async with (
        Town.founded(people, synapse.url, serves="numerique", **shared) as first,
        Town.founded(people, synapse.url, serves="rse", **shared) as second,
    ):
        await asyncio.gather(first.bot.start(), second.bot.start())
        digital = await first.room(community="numerique")
        social = await second.room(community="rse")
        assert "messagerie" in (await first.asks(first.operator, digital, "!doc messagerie")).body
        assert "carbone" in (await second.asks(second.operator, social, "!doc bilan carbone")).body

        mark = first.operator.mark()
        await first.bot.stop()
        first.bot.set_up(serves="gestion")
        await first.bot.start()
        said = await first.operator.until(first.speaks(digital), since=mark, within=PATIENCE)
        assert "n'est plus relié" in said.body
        assert "carbone" in (await second.asks(second.operator, social, "!doc bilan carbone")).body
