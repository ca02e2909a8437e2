"""Our own devices among themselves."""

from tests.keys.rooms import World


async def test_what_one_says_the_other_reads(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)

    await ana.say(room, "!ping")
    await bot.turn()
    await bot.say(room, "pong")
    await ana.turn()

    assert bot.bodies() == ["!ping"]
    assert ana.bodies() == ["!ping", "pong"]
