"""The bot's keys before a client that nobody here wrote, which trusts only signed devices."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import nio
import pytest
import pytest_asyncio

from bot.matrix.keys import identity
from bot.matrix.keys.errors import KeysDamaged, RecoveryRefused
from bot.matrix.keys.identity import establish
from bot.matrix.keys.secret_storage import written
from tests.keys.rooms import Ours, World
from tests.keys.test_identity import new_login
from tests.keys.test_late import hold_room_keys, read
from tests.servers.client import at
from tests.strict_client import Seen, StrictPerson

Arrive = Callable[..., Awaitable[StrictPerson]]
NO_SHIELD = {"colour": 0, "reason": None}


@pytest_asyncio.fixture
async def arrive(world: World) -> AsyncIterator[Arrive]:
    """Makes strict people, who are gone at the end."""
    async with AsyncExitStack() as stack:

        async def one(name: str, **more: Any) -> StrictPerson:
            account = more.pop("account", None) or await world.people.account(name)
            person = await StrictPerson.arrive(world.synapse.url, account, **more)
            stack.push_async_callback(person.close)
            return person

        yield one


async def signed_bot(world: World) -> Ours:
    bot = await world.ours("bot")
    await establish(bot.device, bot.api, bot.folder)
    return bot


@asynccontextmanager
async def running(bot: Ours) -> AsyncIterator[None]:
    """The smallest engine: joins where invited, answers every command with its own words."""
    task = asyncio.create_task(_run(bot))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _run(bot: Ours) -> None:
    while True:
        response = await bot.sync(hold=500)
        await bot.keys.after_sync()
        for room in response.rooms.invite:
            await bot.api.request("POST", at("join", room), {})
        for room, joined in response.rooms.join.items():
            for event in joined.timeline.events:
                await _answer(bot, room, event)


async def _answer(bot: Ours, room: str, event: Any) -> None:
    if isinstance(event, nio.RoomMessageText) and event.sender != bot.user_id and event.body.startswith("!"):
        relation = {"m.in_reply_to": {"event_id": event.event_id}}
        await bot.say(room, f"heard {event.body}", **{"m.relates_to": relation})


async def bot_joined(person: StrictPerson, bot: Ours) -> None:
    await person.until(lambda seen: seen.type == "m.room.member" and seen.sender == bot.user_id)


async def known_as_signed(person: StrictPerson, bot: Ours) -> None:
    """Until the news of a device has reached the client: before, it gives it no key, and nobody can help that."""
    async with asyncio.timeout(15):
        while True:
            device = await person.ask("device", userId=bot.user_id, deviceId=bot.account.device_id)
            if device["signedByOwner"]:
                return
            await asyncio.sleep(0.1)


async def opened(person: StrictPerson, event_id: str) -> Seen:
    """The event, once it is decrypted."""
    return await person.until(lambda seen: seen.event_id == event_id and seen.type != "m.room.encrypted")


async def asked(person: StrictPerson, room: str, text: str) -> Seen:
    """The answer to a command."""
    event_id = await person.say(room, text)
    return await person.until(
        lambda seen: (
            (seen.relates_to or {}).get("m.in_reply_to", {}).get("event_id") == event_id
            and (seen.unreadable is not None or bool(seen.body))
        )
    )


@pytest.mark.parametrize("direct", [False, True], ids=["room", "direct chat"])
async def test_a_command_is_answered_and_the_answer_is_trusted(world: World, arrive: Arrive, direct: bool) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    async with running(bot):
        room = await ana.create_room(bot.user_id, direct=direct)
        await bot_joined(ana, bot)
        answer = await asked(ana, room, "!ping")
    assert (answer.body, answer.unreadable, answer.encrypted) == ("heard !ping", None, True)
    assert await ana.ask("shield", room=room, event=answer.event_id) == NO_SHIELD
    device = await ana.ask("device", userId=bot.user_id, deviceId=bot.account.device_id)
    assert device == {"signedByOwner": True, "needsApproval": False}


async def test_a_bot_that_is_not_signed_is_neither_read_nor_told_anything(world: World, arrive: Arrive) -> None:
    """What the identity is for."""
    bot, ana = await world.ours("bot"), await arrive("ana")
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    await ana.say(room, "!ping")
    await bot.turn()
    (unread,) = bot.unread()
    assert bot.keys.withheld(room, unread.session_id) in ("m.unverified", "m.unauthorised")
    event_id = await bot.say(room, "pong")
    assert (await ana.until(lambda seen: seen.event_id == event_id and seen.unreadable is not None)).unreadable


async def test_an_edit_a_reaction_and_a_thread_pass_both_ways(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    said = await ana.say(room, "one")
    thread = {"rel_type": "m.thread", "event_id": said}
    replace = {"rel_type": "m.replace", "event_id": said}
    new = {"msgtype": "m.text", "body": "two"}
    await ana.say(room, "in the thread", **{"m.relates_to": thread})
    await ana.say(room, "* two", **{"m.new_content": new, "m.relates_to": replace})
    react = {"m.relates_to": {"rel_type": "m.annotation", "event_id": said, "key": "✅"}}
    await ana.send(room, "m.reaction", react)
    await bot.turn()
    relations = {e.body: e.source["content"].get("m.relates_to") for e in bot.events if hasattr(e, "body")}
    assert relations == {"one": None, "in the thread": thread, "* two": replace}
    assert [event.key for event in bot.events if isinstance(event, nio.ReactionEvent)] == ["✅"]

    card = await bot.say(room, "card")
    own = {"rel_type": "m.replace", "event_id": card}
    edited = await bot.say(room, "* new card", **{"m.new_content": new, "m.relates_to": own})
    inside = await bot.say(room, "answer", **{"m.relates_to": thread})
    reaction = await bot.send(room, "m.reaction", react)
    seen = [await opened(ana, event_id) for event_id in (edited, inside, reaction)]
    assert [event.relates_to for event in seen] == [own, thread, react["m.relates_to"]]
    assert [event.unreadable for event in seen] == [None, None, None]
    assert seen[2].type == "m.reaction"


async def test_a_restart_in_the_middle_loses_no_command(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    async with running(bot):
        room = await ana.create_room(bot.user_id)
        await bot_joined(ana, bot)
        await asked(ana, room, "!one")
    token = bot.since
    await bot.close()
    while_away = await ana.say(room, "!two")
    again = world.again(bot)
    again.since = token
    async with running(again):
        answer = await ana.until(
            lambda seen: (
                (seen.relates_to or {}).get("m.in_reply_to", {}).get("event_id") == while_away and bool(seen.body)
            )
        )
        assert answer.body == "heard !two"
        assert (await asked(ana, room, "!three")).body == "heard !three"


async def test_a_key_that_comes_late_opens_what_waited_for_it(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    event_id = await ana.say(room, "!ping")
    held = await hold_room_keys(bot)
    assert len(bot.unread()) == 1
    assert await read(bot, room, event_id) is None
    bot.olm.receive(held)
    assert len(bot.keys.take_arrived()) == 1
    assert await read(bot, room, event_id) == "!ping"


async def test_a_lost_key_is_given_again_when_asked_for(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    event_id = await ana.say(room, "!ping")
    await hold_room_keys(bot)  # and never taken: lost
    (unread,) = bot.unread()
    assert await bot.keys.request(unread.source, room)
    async with asyncio.timeout(15):
        while not bot.keys.take_arrived():
            await bot.turn()
            await asyncio.sleep(0.1)
    assert await read(bot, room, event_id) == "!ping"


async def test_a_new_device_of_a_member_reads_what_is_said_from_then_on(world: World, arrive: Arrive) -> None:
    bot = await signed_bot(world)
    account = await world.people.account("ana")
    ana = await arrive("ana", account=account)
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    await bot.turn()
    await bot.say(room, "before")
    phone = await world.settled(world.device(await new_login(world, account)))
    await bot.turn()
    await bot.say(room, "after")
    await phone.turn()
    assert phone.bodies() == ["after"]
    assert (await ana.until(lambda seen: seen.body == "after")).unreadable is None


async def test_a_lost_store_recovered_is_the_same_bot_to_everybody(world: World, arrive: Arrive) -> None:
    bot, ana = await world.ours("bot"), await arrive("ana")
    made = await establish(bot.device, bot.api, bot.folder)
    async with running(bot):
        room = await ana.create_room(bot.user_id)
        await bot_joined(ana, bot)
        await asked(ana, room, "!before")
    await bot.close()
    shutil.rmtree(bot.folder)

    heir = await world.settled(world.device(await new_login(world, bot.account)))
    with pytest.raises(RecoveryRefused):
        await establish(heir.device, heir.api, heir.folder, recovery_key=written(bytes(32)))
    back = await establish(heir.device, heir.api, heir.folder, recovery_key=made.recovery_key)
    assert back.recovered
    assert await identity.remove_device(heir.api, heir.user_id, bot.account.device_id, bot.account.password)
    await known_as_signed(ana, heir)
    async with running(heir):
        answer = await asked(ana, room, "!after")
    assert answer.body == "heard !after"
    assert await ana.ask("shield", room=room, event=answer.event_id) == NO_SHIELD
    device = await ana.ask("device", userId=heir.user_id, deviceId=heir.account.device_id)
    assert device == {"signedByOwner": True, "needsApproval": False}
    gone = await ana.ask("device", userId=bot.user_id, deviceId=bot.account.device_id)
    assert gone["signedByOwner"] is None


async def test_a_damaged_store_is_refused_and_its_identity_stays_good(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    await bot.close()
    (bot.folder / "keys.sqlite").write_bytes(b"not a database" * 1000)
    with pytest.raises(KeysDamaged):
        world.again(bot)
    device = await ana.ask("device", userId=bot.user_id, deviceId=bot.account.device_id)
    assert device["signedByOwner"]


async def test_after_a_reset_the_new_identity_has_signed_the_device(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    async with running(bot):
        room = await ana.create_room(bot.user_id)
        await bot_joined(ana, bot)
        await asked(ana, room, "!ping")
    await identity.reset(bot.device, bot.api, bot.folder, password=bot.account.password)
    device = await ana.ask("device", userId=bot.user_id, deviceId=bot.account.device_id)
    assert device["signedByOwner"]


async def test_the_bots_own_recovery_key_opens_everything_in_another_client(world: World, arrive: Arrive) -> None:
    """An operator may log in as the bot with Element, and give it the recovery key."""
    bot, ana = await world.ours("bot"), await world.ours("ana")
    made = await establish(bot.device, bot.api, bot.folder)
    assert made.backup_version
    bot.keys.back_up_to(made.backup, made.backup_version)
    room = await world.room(ana, bot)
    await ana.say(room, "hello")
    await bot.turn()
    element = await arrive("bot", account=await new_login(world, bot.account), signs=False)
    opened = await element.ask("openRecovery", key=made.recovery_key)
    assert opened == {"ready": True, "trusted": True, "imported": 1, "total": 1}
