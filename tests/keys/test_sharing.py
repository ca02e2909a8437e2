"""Who gets a room's key, and when it changes."""

import asyncio
from typing import Any

import pytest

from bot.errors import MatrixError
from bot.matrix.keys.errors import KeysNotShared
from bot.matrix.keys.room_keys.sharing import Trust
from tests.keys.rooms import Ours, World
from tests.servers.client import at


def session_of(device: Ours, room: str) -> str:
    return str(device.olm.outbound_group_sessions[room].id)


async def test_a_member_who_left_gets_no_key_of_what_is_said_afterwards(world: World) -> None:
    bot, ana, ben = await world.ours("bot"), await world.ours("ana"), await world.ours("ben")
    room = await world.room(bot, ana, ben)
    await bot.say(room, "to all")
    before = session_of(bot, room)

    await ben.api.request("POST", at("rooms", room, "leave"), {})
    await bot.turn()
    await bot.say(room, "to ana")

    assert session_of(bot, room) != before
    await ana.turn()
    await ben.turn()
    assert ana.bodies() == ["to all", "to ana"]
    assert not any(key == session_of(bot, room) for _, key in ben.keys.take_arrived())


async def test_who_leaves_while_the_key_is_on_its_way_does_not_hold_the_key_used(world: World) -> None:
    between = await world.between()
    bot, ana, ben = await world.ours("bot", url=between.url), await world.ours("ana"), await world.ours("ben")
    room = await world.room(bot, ana, ben)

    async def ben_leaves() -> None:
        await ben.api.request("POST", at("rooms", room, "leave"), {})
        await bot.sync()

    between.before("/sendToDevice", ben_leaves)
    await bot.say(room, "to ana")
    await ana.turn()
    await ben.turn()
    assert ana.bodies() == ["to ana"]
    assert session_of(bot, room) not in {key for _, key in ben.keys.take_arrived()}


async def test_who_left_in_a_gap_of_the_timeline_gets_no_key(world: World) -> None:
    """With lazily loaded members, a sync that skips events does not tell who left."""
    bot, ana, ben = await world.ours("bot"), await world.ours("ana"), await world.ours("ben")
    room = await world.room(bot, ana, ben)
    await bot.say(room, "to all")
    await ben.api.request("POST", at("rooms", room, "leave"), {})
    for number in range(5):
        await ana.say(room, str(number))
    response = await bot.sync(timeline=1)
    assert response.rooms.join[room].timeline.limited
    before = session_of(bot, room)

    await bot.say(room, "to ana")

    assert session_of(bot, room) != before
    assert ben.user_id not in bot.device.rooms[room].users


async def test_a_new_device_gets_the_key_in_use_and_not_what_was_said_before(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    await bot.say(room, "before")
    key = session_of(bot, room)
    phone = await world.settled(await world.second_device(ana))
    await bot.turn()

    await bot.say(room, "after")

    await phone.turn()
    assert session_of(bot, room) == key
    assert phone.bodies() == ["after"]


async def test_a_device_that_was_logged_out_holds_no_key_of_what_follows(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    phone = await world.settled(await world.second_device(ana))
    await bot.turn()
    await bot.say(room, "before")
    key = session_of(bot, room)

    await phone.api.request("POST", at("logout"), {})
    await bot.turn()
    await bot.say(room, "after")

    assert session_of(bot, room) != key


async def test_a_quiet_room_can_be_written_to_after_a_restart(world: World) -> None:
    """No sync of the new process has shown the room: stock nio says "No such room"."""
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    token = bot.since
    await bot.close()

    again = world.again(bot)
    await again.sync(since=token)
    assert await again.keys.is_encrypted(room)
    await again.say(room, "good morning")

    await ana.turn()
    assert ana.bodies() == ["good morning"]


async def test_of_a_room_never_seen_the_server_says_whether_it_is_encrypted(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    secret, plain = await world.room(bot, ana), await world.room(bot, ana, encrypted=False)
    fresh = await world.second_device(bot)
    assert await fresh.keys.is_encrypted(secret)
    assert not await fresh.keys.is_encrypted(plain)
    with pytest.raises(MatrixError):
        await fresh.keys.is_encrypted("!elsewhere:relais.test")


async def test_only_devices_signed_by_their_owner_get_keys_if_so_wished(world: World) -> None:
    bot, ana = await world.ours("bot", trust=Trust.CROSS_SIGNED), await world.ours("ana")
    room = await world.room(bot, ana)

    await bot.say(room, "secret")

    await ana.turn()
    assert ana.bodies() == []
    assert [event.session_id for event in ana.unread()] == [session_of(bot, room)]
    assert ana.keys.withheld(room, session_of(bot, room)) == "m.unverified"


async def test_a_relation_is_copied_in_clear_and_a_reaction_is_sent_in_clear(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    question = await ana.say(room, "!ping")
    relation = {"m.in_reply_to": {"event_id": question}}

    kind, sealed = await bot.keys.encrypt(
        room, "m.room.message", {"msgtype": "m.text", "body": "pong", "m.relates_to": relation}
    )
    assert kind == "m.room.encrypted"
    assert sealed["m.relates_to"] == relation
    assert "pong" not in str(sealed)
    reaction = {"m.relates_to": {"rel_type": "m.annotation", "event_id": question, "key": "✅"}}
    assert await bot.keys.encrypt(room, "m.reaction", reaction) == ("m.reaction", reaction)


async def test_a_device_without_keys_is_passed_over_and_gets_the_key_once_it_has_some(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    ben = world.device(await world.people.account("ben"))
    room = await world.room(bot, ana)
    await ana.api.request("POST", at("rooms", room, "invite"), {"user_id": ben.user_id})
    await ben.api.request("POST", at("join", room), {})
    await bot.turn()
    await bot.say(room, "early")

    await world.settled(ben)
    await bot.turn()
    await bot.say(room, "late")

    await ana.turn()
    await ben.turn()
    assert ana.bodies() == ["early", "late"]
    assert ben.bodies() == ["late"]


async def test_malformed_devices_of_one_member_do_not_keep_the_others_from_reading(world: World) -> None:
    """Stock nio drops the whole answer of a key query when one device in it has not the right form."""
    between = await world.between()
    bot, ana, ben = await world.ours("bot", url=between.url), await world.ours("ana"), await world.ours("ben")

    def spoil(answer: dict[str, Any]) -> None:
        if ben.user_id in answer.get("device_keys", {}):
            answer["device_keys"][ben.user_id] = {
                "A": None,
                "B": {"keys": 3},
                "C": {"keys": {"ed25519:C": []}},
            }
            answer["device_keys"][ben.user_id]["D"] = {"keys": {}, "user_id": 1, "device_id": "D"}
            answer["master_keys"] = {ben.user_id: []}

    between.rewrite("/keys/query", spoil)
    room = await world.room(bot, ana, ben)
    await bot.say(room, "hello")
    await ana.turn()
    assert ana.bodies() == ["hello"]


async def test_a_homeserver_that_does_not_answer_holds_up_nobody_else(world: World) -> None:
    between = await world.between()
    bot, ana, ben = await world.ours("bot", url=between.url), await world.ours("ana"), await world.ours("ben")

    def unreachable(answer: dict[str, Any]) -> None:
        if answer.get("device_keys", {}).pop(ben.user_id, None) is not None:
            answer["failures"] = {"far.example.org": {"status": 503}}

    between.rewrite("/keys/query", unreachable)
    room = await world.room(bot, ana, ben)
    asked = between.count("/keys/query")
    await bot.say(room, "hello")
    await bot.turn()
    await ana.turn()
    assert ana.bodies() == ["hello"]
    assert between.count("/keys/query") == asked
    assert ben.user_id in bot.olm.users_for_key_query


async def test_a_change_told_while_the_query_runs_is_asked_for_again(world: World) -> None:
    between = await world.between()
    bot, ana = await world.ours("bot", url=between.url), await world.ours("ana")
    room = await world.room(bot, ana)
    phone: list[Ours] = []

    async def phone_appears() -> None:
        phone.append(await world.settled(await world.second_device(ana)))
        await bot.sync()

    def of_before(answer: dict[str, Any]) -> None:
        answer["device_keys"][ana.user_id] = {}

    bot.olm.users_for_key_query.add(ana.user_id)
    between.before("/keys/query", phone_appears)
    between.rules[-1].rewrite = of_before
    await bot.say(room, "hello")

    await phone[0].turn()
    assert phone[0].bodies() == ["hello"]


async def test_nothing_is_sent_when_devices_cannot_be_asked_for(world: World) -> None:
    between = await world.between()
    bot, ana = await world.ours("bot", url=between.url), await world.ours("ana")
    room = await world.room(bot, ana)
    bot.olm.users_for_key_query.add(ana.user_id)
    between.fail("/keys/query", 502)
    with pytest.raises(KeysNotShared):
        await bot.say(room, "hello")
    between.rules.clear()
    await bot.say(room, "hello")
    await ana.turn()
    assert ana.bodies() == ["hello"]


async def test_many_may_speak_at_once(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    room = await world.room(bot, ana)
    await asyncio.gather(*(bot.say(room, str(number)) for number in range(10)), bot.turn(), bot.turn())
    await ana.turn()
    assert sorted(ana.bodies(), key=int) == [str(number) for number in range(10)]


async def test_the_failures_of_a_turn_are_told_and_end_with_their_cause(world: World) -> None:
    between = await world.between()
    bot, ana = await world.ours("bot", url=between.url), await world.ours("ana")
    between.fail("/keys/query", 503, times=1)
    await bot.turn()
    bot.olm.users_for_key_query.add(ana.user_id)
    await bot.turn()
    told = [(failure.step, failure.why) for failure in bot.failures]
    await bot.turn()
    assert told == [("query devices", "503 M_UNKNOWN")]
    assert bot.failures == []
