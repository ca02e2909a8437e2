"""Messages whose key is not here yet, or never comes."""

from typing import Any
from unittest.mock import patch

from tests.keys.rooms import Ours, World
from tests.servers.client import at


async def hold_room_keys(bot: Ours) -> list[Any]:
    """A turn as if room keys were still under way; returns them."""
    with patch.object(bot.olm, "receive", return_value=[]) as receive:
        await bot.turn()
    return [event for call in receive.call_args_list for event in call.args[0]]


async def read(bot: Ours, room: str, event_id: str) -> str | None:
    """What the event says, fetched again."""
    raw = await bot.api.request("GET", at("rooms", room, "event", event_id))
    event = bot.keys.try_decrypt(raw, room)
    return str(event["content"]["body"]) if event else None


async def test_a_message_whose_key_comes_late_is_read_when_it_comes(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    event_id = await ana.say(room, "!ping")
    held = await hold_room_keys(bot)
    (unread,) = bot.unread()
    raw = await bot.api.request("GET", at("rooms", room, "event", event_id))
    assert bot.keys.try_decrypt(raw, room) is None
    assert bot.keys.take_arrived() == set()

    bot.olm.receive(held)

    assert bot.keys.take_arrived() == {(room, unread.session_id)}
    assert bot.keys.take_arrived() == set()
    event = bot.keys.try_decrypt(raw, room)
    assert event is not None
    assert (event["content"]["body"], event["sender"], event["event_id"]) == ("!ping", ana.user_id, event_id)


async def test_it_is_read_after_a_restart_too(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    event_id = await ana.say(room, "!ping")
    held = await hold_room_keys(bot)
    bot.olm.receive(held)
    await bot.close()

    again = world.again(bot)
    assert await read(again, room, event_id) == "!ping"


async def test_a_key_is_asked_for_once_also_after_a_restart(world: World) -> None:
    between = await world.between()
    bot, ana = await world.ours("bot", url=between.url), await world.ours("ana")
    room = await world.room(bot, ana)
    await ana.say(room, "!ping")
    await hold_room_keys(bot)
    (unread,) = bot.unread()

    assert await bot.keys.request(unread.source, room)
    assert not await bot.keys.request(unread.source, room)
    await bot.close()
    again = world.again(bot)
    assert not await again.keys.request(unread.source, room)

    (body,) = between.bodies("/sendToDevice/m.room_key_request")
    assert body["messages"].keys() == {bot.user_id, ana.user_id}
    assert body["messages"][ana.user_id].keys() == {ana.account.device_id}
    asked = body["messages"][ana.user_id][ana.account.device_id]["body"]
    assert (asked["room_id"], asked["session_id"]) == (room, unread.session_id)


async def test_a_message_without_the_deprecated_fields_is_read(world: World) -> None:
    """Stock nio: `sender_key` and `device_id` may be left out, and the message is lost."""
    between = await world.between()
    bot, ana = await world.ours("bot", url=between.url), await world.ours("ana")
    room = await world.room(bot, ana)

    def strip(answer: dict[str, Any]) -> None:
        for joined in answer.get("rooms", {}).get("join", {}).values():
            for event in joined.get("timeline", {}).get("events", []):
                event["content"].pop("sender_key", None)
                event["content"].pop("device_id", None)

    await ana.say(room, "!ping")
    between.rewrite("/sync", strip)
    await bot.turn()
    assert bot.bodies() == ["!ping"]


async def test_nobody_speaks_in_the_name_of_the_owner_of_another_device(world: World) -> None:
    between = await world.between()
    bot, ana, ben = await world.ours("bot", url=between.url), await world.ours("ana"), await world.ours("ben")
    room = await world.room(bot, ana, ben)

    def as_ana(answer: dict[str, Any]) -> None:
        for joined in answer.get("rooms", {}).get("join", {}).values():
            for event in joined.get("timeline", {}).get("events", []):
                event["sender"] = ana.user_id

    await ben.say(room, "!admin")
    between.rewrite("/sync", as_ana)
    await bot.turn()
    assert bot.bodies() == []
    assert len(bot.unread()) == 1


async def test_a_later_key_does_not_replace_one_that_opens_more(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    event_id = await ana.say(room, "one")
    await bot.turn()
    session = ana.olm.outbound_group_sessions[room]
    identity = ana.olm.account.identity_keys
    bot.olm.create_group_session(identity["curve25519"], identity["ed25519"], room, session.id, session.session_key)
    await bot.close()

    again = world.again(bot)
    assert await read(again, room, event_id) == "one"


async def test_whoever_repeats_somebody_elses_room_key_does_not_harm_it(world: World) -> None:
    bot, ana, ben = await world.ours("bot"), await world.ours("ana"), await world.ours("ben")
    room = await world.room(bot, ana, ben)
    event_id = await ana.say(room, "one")
    session = ana.olm.outbound_group_sessions[room]
    identity = ben.olm.account.identity_keys
    bot.olm.create_group_session(identity["curve25519"], identity["ed25519"], room, session.id, session.session_key)
    await bot.turn()
    await bot.close()

    again = world.again(bot)
    assert await read(again, room, event_id) == "one"


async def test_a_broken_session_is_replaced_and_the_next_message_is_read(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    await ana.say(room, "one")
    await bot.turn()
    curve = ana.olm.account.identity_keys["curve25519"]
    for session in bot.olm.session_store[curve]:
        session.creation_time = session.creation_time.replace(year=2000)
    ana.olm.outbound_group_sessions.clear()
    bot.olm._mark_device_for_unwedging(ana.user_id, curve)
    assert bot.keys.status().broken_sessions == 1

    await bot.turn()
    await ana.turn()
    await ana.say(room, "two")
    await bot.turn()

    assert bot.keys.status().broken_sessions == 0
    assert bot.bodies() == ["one", "two"]
