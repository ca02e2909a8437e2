"""The bot's keys before a client that nobody here wrote, which trusts only signed devices; e2e has the whole bot."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import nio
import pytest_asyncio

from bot.matrix.keys.identity.identity import establish
from tests.keys.rooms import Ours, World
from tests.keys.test_identity import new_login
from tests.keys.test_late import hold_room_keys, read
from tests.servers.client import at
from tests.strict_client import Seen, StrictPerson

Arrive = Callable[..., Awaitable[StrictPerson]]


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


async def bot_joined(person: StrictPerson, bot: Ours) -> None:
    await person.until(lambda seen: seen.type == "m.room.member" and seen.sender == bot.user_id)


async def opened(person: StrictPerson, event_id: str) -> Seen:
    """The event, once it is decrypted."""
    return await person.until(lambda seen: seen.event_id == event_id and seen.type != "m.room.encrypted")


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


async def test_a_lost_key_is_given_again_when_asked_for(world: World, arrive: Arrive) -> None:
    bot, ana = await signed_bot(world), await arrive("ana")
    room = await ana.create_room(bot.user_id)
    await bot.api.request("POST", at("join", room), {})
    await bot_joined(ana, bot)
    event_id = await ana.say(room, "!ping")
    await hold_room_keys(bot)  # and never taken: lost
    (unread,) = bot.unread()
    assert await bot.keys.request(unread.source, room)
    async with asyncio.timeout(60):
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
