"""The proxy between bot and homeserver: what it does to a request, on a real homeserver."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.servers.client import Client, Refused, at
from tests.servers.people import People, Person
from tests.servers.proxy import Cut, Delay, Fault, Hold, Proxy, Reply, gateway_page, refusal, too_many
from tests.servers.synapse import Synapse

pytestmark = pytest.mark.e2e

HELLO = {"msgtype": "m.text", "body": "Bonjour"}


@pytest_asyncio.fixture
async def proxy(synapse: Synapse) -> AsyncIterator[Proxy]:
    async with Proxy(synapse.url) as standing:
        yield standing


class Bot:
    """Somebody who speaks through the proxy, and somebody who hears without it."""

    def __init__(self, claire: Person, room: str, client: Client) -> None:
        self.claire = claire
        self.room = room
        self.client = client

    async def send(self, transaction: str) -> str:
        path = at("rooms", self.room, "send", "m.room.message", transaction)
        return str((await self.client.put(path, HELLO))["event_id"])

    async def in_the_room(self) -> int:
        """How often the message stands in the room."""
        return len([event for event in await self.claire.messages(self.room) if event.body == "Bonjour"])


@pytest_asyncio.fixture
async def bot(people: People, proxy: Proxy) -> AsyncIterator[Bot]:
    claire = await people.arrive("claire")
    room = await claire.create_room()
    client = Client(proxy.url, claire.account.access_token)
    yield Bot(claire, room, client)
    await client.close()


async def test_without_rules_everything_passes_and_is_noted(bot: Bot, proxy: Proxy) -> None:
    sent = await bot.send("é 1")
    assert (await bot.claire.until(lambda event: event.event_id == sent)).body == "Bonjour"
    (seen,) = proxy.seen("PUT", "/send/")
    assert (seen.status, seen.forwarded, seen.json) == (200, True, HELLO)
    assert seen.path.endswith("/é 1")


@pytest.mark.parametrize(("fault", "arrived"), [(Cut(), 0), (Cut(after=True), 1)])
async def test_a_cut_connection_loses_the_request_or_only_its_answer(
    bot: Bot, proxy: Proxy, fault: Fault, arrived: int
) -> None:
    proxy.rule("PUT", "/send/", fault, times=2)
    with pytest.raises(aiohttp.ClientError):
        await bot.send("1")
    assert [seen.status for seen in proxy.seen("PUT")] == [None, None]
    assert await bot.in_the_room() == arrived
    await bot.send("1")
    assert await bot.in_the_room() == 1


@pytest.mark.parametrize(
    ("fault", "status", "arrived"),
    [
        (refusal(403, "M_FORBIDDEN"), 403, 0),
        (Reply(500, "{}"), 500, 0),
        (gateway_page(), 502, 0),
        (gateway_page(504, after=True), 504, 1),
    ],
)
async def test_a_refusal_in_the_place_of_the_homeserver(
    bot: Bot, proxy: Proxy, fault: Fault, status: int, arrived: int
) -> None:
    proxy.rule("PUT", "/send/", fault)
    with pytest.raises(Refused) as refused:
        await bot.send("1")
    assert refused.value.status == status
    assert await bot.in_the_room() == arrived


async def test_a_429_names_its_delay(bot: Bot, proxy: Proxy) -> None:
    proxy.rule("PUT", "/send/", too_many(30), times=2)
    await bot.send("1")
    assert [seen.status for seen in proxy.seen("PUT")] == [429, 429, 200]
    assert [seen.forwarded for seen in proxy.seen("PUT")] == [False, False, True]


async def test_a_fault_for_the_third_request_or_for_every_one(bot: Bot, proxy: Proxy) -> None:
    proxy.rule("PUT", "/send/", refusal(500, "M_UNKNOWN"), first=3)
    outcomes = [await _outcome(bot, str(number)) for number in range(5)]
    assert outcomes == [200, 200, 500, 200, 200]
    proxy.rule("*", "/send/", refusal(503, "M_UNKNOWN"), times=None)
    assert [await _outcome(bot, f"again {number}") for number in range(3)] == [503, 503, 503]
    proxy.forget_rules()
    assert await _outcome(bot, "at last") == 200


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_a_held_request_waits_for_its_release(bot: Bot, proxy: Proxy, after: bool, arrived: int) -> None:
    hold = Hold(after=after)
    proxy.rule("PUT", "/send/", hold)
    sending = asyncio.create_task(bot.send("1"))
    await asyncio.wait_for(hold.reached.wait(), 10)
    assert await bot.in_the_room() == arrived
    assert not sending.done()
    hold.release()
    await sending
    assert await bot.in_the_room() == 1


async def test_a_delayed_answer_comes(bot: Bot, proxy: Proxy) -> None:
    proxy.rule("PUT", "/send/", Delay(0.2))
    before = asyncio.get_running_loop().time()
    await bot.send("1")
    assert asyncio.get_running_loop().time() - before >= 0.2


async def test_a_stopped_proxy_refuses_and_comes_back_at_the_same_address(bot: Bot, proxy: Proxy) -> None:
    await proxy.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await bot.send("1")
    await proxy.start()
    await bot.send("1")
    assert await bot.in_the_room() == 1


async def test_stopping_cuts_a_long_poll_at_once(bot: Bot, proxy: Proxy) -> None:
    since = (await bot.client.get(at("sync")))["next_batch"]
    polling = asyncio.create_task(bot.client.get(at("sync"), timeout=30_000, since=since))
    await proxy.until_seen("GET", "/sync", 2)
    async with asyncio.timeout(5):
        await proxy.stop()
        with pytest.raises(aiohttp.ClientError):
            await polling


async def _outcome(bot: Bot, transaction: str) -> int:
    try:
        await bot.send(transaction)
    except Refused as refused:
        return refused.status
    return 200
