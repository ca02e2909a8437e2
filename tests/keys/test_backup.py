"""The server's backup of room keys, and the operator's own."""

from typing import Any

from bot.matrix.keys.identity.identity import establish
from bot.matrix.keys.room_keys.backup import export_room_keys, import_room_keys
from tests.keys.rooms import Ours, World
from tests.keys.test_identity import new_login
from tests.keys.test_late import read
from tests.servers.client import at


async def with_a_message(world: World, bot: Ours) -> tuple[str, str]:
    """A room in which the bot has read one message: its id and the event's."""
    ana = await world.ours("ana")
    room = await world.room(ana, bot)
    event_id = await ana.say(room, "hello")
    await bot.turn()
    return room, event_id


async def test_each_key_goes_to_the_backup_once(world: World) -> None:
    between = await world.between()
    bot = await world.ours("bot", url=between.url)
    made = await establish(bot.device, bot.api, bot.folder)
    assert made.backup_version
    bot.keys.back_up_to(made.backup, made.backup_version)
    room, _ = await with_a_message(world, bot)
    await bot.turn()
    (body,) = filter(None, between.bodies("/room_keys/keys"))
    assert body["rooms"].keys() == {room}
    assert "hello" not in str(body)


async def test_a_key_that_could_not_be_backed_up_comes_again(world: World) -> None:
    between = await world.between()
    bot = await world.ours("bot", url=between.url)
    made = await establish(bot.device, bot.api, bot.folder)
    assert made.backup_version
    bot.keys.back_up_to(made.backup, made.backup_version)
    between.fail("/room_keys/keys", 503, times=1)
    await with_a_message(world, bot)
    assert [failure.step for failure in bot.failures] == ["back up room keys"]
    await bot.turn()
    assert bot.failures == []
    assert len(list(filter(None, between.bodies("/room_keys/keys")))) == 2


async def test_somebody_elses_backup_is_left_alone(world: World) -> None:
    bot = await world.ours("bot")
    auth = {"algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "auth_data": {"public_key": "x"}}
    theirs = (await bot.api.request("POST", at("room_keys", "version"), auth))["version"]
    made = await establish(bot.device, bot.api, bot.folder)
    assert made.backup_version is None
    assert (await bot.api.request("GET", at("room_keys", "version")))["version"] == theirs


async def test_malformed_entries_of_a_backup_are_passed_over(world: World) -> None:
    between = await world.between()
    bot = await world.ours("bot")
    made = await establish(bot.device, bot.api, bot.folder)
    assert made.backup_version
    bot.keys.back_up_to(made.backup, made.backup_version)
    room, event_id = await with_a_message(world, bot)

    def spoil(answer: dict[str, Any]) -> None:
        for number, data in enumerate([None, {}, {"ciphertext": "x", "mac": "x", "ephemeral": "x"}, 3]):
            answer["rooms"][room]["sessions"][str(number)] = {"session_data": data}

    between.rewrite("/room_keys/keys", spoil)
    heir = await world.settled(world.device(await new_login(world, bot.account), url=between.url))
    back = await establish(heir.device, heir.api, heir.folder, recovery_key=made.recovery_key)
    assert back.restored == 1
    assert await read(heir, room, event_id) == "hello"


async def test_exported_room_keys_open_on_another_device(world: World) -> None:
    bot = await world.ours("bot")
    room, event_id = await with_a_message(world, bot)
    exported = list(export_room_keys(bot.olm))
    heir = world.device(await new_login(world, bot.account))
    assert import_room_keys(heir.olm, [*exported, {}, {"session_key": 3}]) == len(exported)
    assert import_room_keys(heir.olm, exported) == 0
    assert heir.keys.take_arrived() == {(key["room_id"], key["session_id"]) for key in exported}
    await heir.close()
    assert await read(world.again(heir), room, event_id) == "hello"
