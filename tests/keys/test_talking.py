"""Our own devices among themselves."""

import asyncio

from tests.keys.rooms import World
from tests.servers.client import at


async def test_what_one_says_the_other_reads(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)

    await ana.say(room, "!ping")
    await bot.turn()
    await bot.say(room, "pong")
    await ana.turn()

    assert bot.bodies() == ["!ping"]
    assert ana.bodies() == ["!ping", "pong"]


async def test_what_goes_to_a_room_that_is_not_encrypted_goes_as_it_is(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana, encrypted=False)
    content = {"msgtype": "m.text", "body": "hello"}
    assert await bot.keys.encrypt(room, "m.room.message", content) == ("m.room.message", content)


async def test_a_room_that_becomes_encrypted_is_never_again_written_to_in_clear(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(ana, bot, encrypted=False)
    assert not await bot.keys.is_encrypted(room)
    path = at("rooms", room, "state", "m.room.encryption")
    await ana.api.request("PUT", path, {"algorithm": "m.megolm.v1.aes-sha2"})
    await ana.turn()
    await bot.turn()
    await bot.say(room, "secret")
    await ana.turn()
    assert ana.bodies() == ["secret"]
    assert (await bot.keys.encrypt(room, "m.room.message", {"body": "x"}))[0] == "m.room.encrypted"
    await bot.close()
    assert await world.again(bot).keys.is_encrypted(room)


async def test_a_running_bot_sees_to_its_keys_by_itself(world: World) -> None:
    bot, ana = world.device(await world.people.account("bot")), await world.ours("ana")
    working = asyncio.create_task(bot.keys.run())
    await bot.sync()
    async with asyncio.timeout(60):
        while not bot.keys.status().published:
            await asyncio.sleep(0)
    working.cancel()
    room = await world.room(ana, bot)
    await ana.say(room, "!ping")
    await bot.turn()
    assert bot.bodies() == ["!ping"]
    assert bot.keys.status().fallback_key
