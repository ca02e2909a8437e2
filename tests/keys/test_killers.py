"""What stops, wedges or silences nio 0.26, one test for each, and each fails on nio as it comes."""

import asyncio
from contextlib import suppress
from typing import Any
from unittest.mock import patch

import nio
import pytest
from nio.exceptions import LocalProtocolError

from bot.errors import MatrixError
from bot.matrix.keys.errors import KeysNotShared
from tests.keys.hostile import Stranger, claim
from tests.keys.itself import fails_on_stock
from tests.keys.rooms import Ours, Stock, World
from tests.servers.client import Refused

UPLOAD, SYNC, CLAIM, TO_DEVICE = "/keys/upload", "/sync", "/keys/claim", "/sendToDevice"


@fails_on_stock(ValueError)
async def test_k1_sixty_hostile_events_of_a_stranger_change_nothing(world: World, ours: bool) -> None:
    """Stock: the exception of the first one leaves sync, and the event comes again at the next start."""
    bot = await world.pair(ours)
    stranger = await world.people.arrive("stranger")
    key = await claim(stranger, bot)
    assert key is not None
    sent = 0
    for _, kind, content in Stranger(stranger, bot, key["key"]).everything():
        with suppress(Refused):
            await stranger.send_to_device(kind, {bot.user_id: {bot.account.device_id: content}})
            sent += 1
    assert sent >= 60

    await bot.turn()
    await bot.turn()

    ana = await world.ours("ana")
    room = await world.room(ana, bot)
    await ana.say(room, "!ping")
    await bot.turn()
    assert bot.bodies() == ["!ping"]


@fails_on_stock(AssertionError)
async def test_k2_a_crash_while_keys_are_uploaded_costs_nothing(world: World, ours: bool) -> None:
    """Stock: saves the keys after the answer; the server has keys that nobody holds, and refuses others."""
    between = await world.between()
    between.cut(UPLOAD)
    account = await world.people.account("bot")
    bot = (world.device if ours else world.stock_device)(account, url=between.url)
    with suppress(Exception):
        await bot.turn()
    await bot.close()

    again = await world.settled(world.again(bot))
    assert again.olm.account.shared
    ana = await world.ours("ana")
    room = await world.room(ana, again)
    await ana.say(room, "!ping")
    await again.turn()
    assert again.bodies() == ["!ping"]


@fails_on_stock(AssertionError)
async def test_k3_used_up_one_time_keys_are_made_anew(world: World, ours: bool) -> None:
    """Stock: takes the count 0 for "not told"."""
    bot, ana = await world.pair(ours), await world.people.arrive("ana")
    while (key := await claim(ana, bot)) and "fallback" not in key:
        pass

    await bot.turn()

    key = await claim(ana, bot)
    assert key is not None
    assert "fallback" not in key


@fails_on_stock(AssertionError)
async def test_k4_whoever_comes_after_the_last_one_time_key_is_still_read(world: World, ours: bool) -> None:
    """Stock: uploads no fallback key, so that a bot that was away cannot be written to any more."""
    bot, cleo, ana = await world.pair(ours), await world.people.arrive("cleo"), await world.ours("ana")
    room = await world.room(ana, bot)
    for _ in range(60):
        await claim(cleo, bot)
    assert await claim(cleo, bot) is not None

    await ana.say(room, "!ping")
    await bot.turn()
    assert bot.bodies() == ["!ping"]


async def test_k4_a_used_fallback_key_is_replaced_and_the_old_one_still_opens(world: World) -> None:
    bot, cleo, ana = await world.ours("bot"), await world.people.arrive("cleo"), await world.ours("ana")
    room = await world.room(ana, bot)
    used = [await claim(cleo, bot) for _ in range(60)][-1]
    await ana.say(room, "!ping")

    await bot.turn()

    fresh = [await claim(cleo, bot) for _ in range(60)][-1]
    assert used is not None
    assert fresh is not None
    assert used["fallback"]
    assert fresh["fallback"]
    assert used["key"] != fresh["key"]
    assert bot.bodies() == ["!ping"]


@pytest.mark.parametrize("status", [502, 500, 401])
async def test_k5_an_error_of_the_server_comes_back_at_once_and_once(world: World, status: int) -> None:
    """Stock: `sync_forever` asks again without a pause, thousands of times."""
    between = await world.between()
    bot, stock = await world.ours("bot", url=between.url), await world.stock("stock", url=between.url)
    between.fail(SYNC, status)

    before = between.count(SYNC)
    with pytest.raises(MatrixError):
        await bot.turn()
    assert between.count(SYNC) == before + 1

    looping = asyncio.create_task(stock.client.sync_forever(timeout=0))
    async with asyncio.timeout(60):  # the bot, which waits ever longer, would ask seven times
        while between.count(SYNC) < before + 100:
            await asyncio.sleep(0)
    looping.cancel()
    await asyncio.gather(looping, return_exceptions=True)


@fails_on_stock(LocalProtocolError)
async def test_k5_a_soft_logout_is_told_as_what_it_is(world: World, ours: bool) -> None:
    """Stock: forgets its token, and the next sync raises something unrelated."""
    between = await world.between()
    bot = await world.pair(ours, url=between.url)
    between.fail(SYNC, 401, body={"errcode": "M_UNKNOWN_TOKEN", "error": "Expired", "soft_logout": True})
    codes = [await _code_of_a_sync(bot) for _ in range(2)]
    assert codes == ["M_UNKNOWN_TOKEN", "M_UNKNOWN_TOKEN"]


async def _code_of_a_sync(bot: Ours) -> str:
    if isinstance(bot, Stock):
        return str((await bot.client.sync()).status_code)
    with pytest.raises(MatrixError) as told:
        await bot.sync()
    return told.value.errcode


def _dies(_: Any) -> None:
    raise SystemExit


async def _two_messages(world: World, bot: Ours) -> None:
    ana = await world.ours("ana")
    room = await world.room(ana, bot)
    await ana.say(room, "one")
    await ana.say(room, "two")


async def test_k6_nothing_of_a_batch_is_lost_to_whoever_handles_it(world: World) -> None:
    """Stock: a callback that raises ends the loop; the token has moved, so the rest never comes again."""
    bot, stock = await world.ours("bot"), await world.stock("stock")
    heard: list[str] = []

    async def stumble(_room: Any, event: Any) -> None:
        heard.append(event.body)
        raise RuntimeError

    stock.client.add_event_callback(stumble, nio.RoomMessageText)
    await _two_messages(world, bot)
    await _two_messages(world, stock)

    await bot.turn()
    with pytest.raises(RuntimeError):
        await stock.turn()
    await stock.turn()

    assert bot.bodies() == ["one", "two"]
    assert heard == ["one"]


async def test_k7_room_keys_do_not_wait_for_a_slow_handler(world: World) -> None:
    """Stock: awaits the handler of the first message before it looks at anything else."""
    bot, stock = await world.ours("bot"), await world.stock("stock")

    async def never_done(*_: Any) -> None:
        await asyncio.Event().wait()

    stock.client.add_event_callback(never_done, nio.RoomMessageText)
    await _two_messages(world, bot)
    await _two_messages(world, stock)

    async with asyncio.timeout(60):
        await bot.turn()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await stock.turn()
    assert bot.bodies() == ["one", "two"]


@fails_on_stock(AssertionError)
async def test_k8_a_key_that_could_not_be_sent_is_not_used(world: World, ours: bool) -> None:
    """Stock: ignores the error and sends a message that nobody can read."""
    between = await world.between()
    bot, ana = await world.pair(ours, url=between.url), await world.ours("ana")
    room = await world.room(ana, bot)
    between.fail(TO_DEVICE, 500, times=1)

    try:
        await bot.say(room, "pong")
    except KeysNotShared:
        await bot.say(room, "pong")

    await ana.turn()
    assert ana.bodies() == ["pong"]


@fails_on_stock(TimeoutError)
async def test_k9_a_failed_claim_does_not_block_the_room(world: World, ours: bool) -> None:
    """Stock: leaves "sharing" on the room, and every later message waits for its end."""
    between = await world.between()
    bot, ana = await world.pair(ours, url=between.url), await world.ours("ana")
    room = await world.room(ana, bot)
    between.cut(CLAIM)
    with suppress(Exception):
        await bot.say(room, "lost")

    async with asyncio.timeout(60 if ours else 2):
        await bot.say(room, "pong")

    await ana.turn()
    assert ana.bodies() == ["pong"]


@fails_on_stock(LocalProtocolError)
async def test_k10_two_tasks_may_both_see_to_the_keys(world: World, ours: bool) -> None:
    """Stock: what one task had seen to do raises when another has done it meanwhile."""
    bot, ana = await world.pair(ours), await world.ours("ana")
    await world.room(ana, bot)
    bot.olm.users_for_key_query.add(ana.user_id)
    await bot.sync()
    tasks = [bot.client.keys_query() if isinstance(bot, Stock) else bot.keys.after_sync() for _ in range(2)]
    assert [await task for task in tasks] == [[], []]


async def test_k11_an_answer_can_be_read_on_a_device_that_has_just_appeared(world: World) -> None:
    """Stock: an answer from within the callback goes to the devices of before."""
    bot, stock, ana = await world.ours("bot"), await world.stock("stock"), await world.ours("ana")
    room = await world.room(ana, bot, stock)
    await bot.say(room, "welcome")
    await stock.say(room, "welcome")
    await ana.turn()
    phone = await world.settled(await world.second_device(ana))
    await ana.say(room, "!ping")

    async def answer(*_: Any) -> None:
        await stock.say(room, "stock")

    stock.client.add_event_callback(answer, nio.RoomMessageText)
    await stock.turn()
    await bot.sync()
    await bot.say(room, "ours")

    await phone.turn()
    assert phone.bodies() == ["ours"]
    assert [event.sender for event in phone.unread() if event.sender == stock.user_id]


@fails_on_stock(AssertionError)
async def test_k12_a_crash_between_a_session_and_its_room_key_loses_neither(world: World, ours: bool) -> None:
    """Stock: has written that the Olm message is used up, and not yet the key that was in it."""
    bot, ana = await world.pair(ours), await world.ours("ana")
    room = await world.room(ana, bot)
    token = bot.since
    await ana.say(room, "!ping")

    with pytest.raises(SystemExit), patch.object(bot.store, "save_inbound_group_session", _dies):
        await bot.sync()
    await bot.close()

    again = world.again(bot)
    await again.sync(since=token)
    assert again.bodies() == ["!ping"]
