"""People with a strict client around a real bot: what they do, and what they see of it."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from tests.e2e.bot_process import BotProcess
from tests.e2e.town import PATIENCE
from tests.servers.people import People
from tests.strict_client import Seen, StrictPerson


class Bot(Protocol):
    """Whoever has an account and a data folder: a process, or lives in this one."""

    user_id: str
    data: Path


async def arrived(homeserver: str, people: People, name: str) -> StrictPerson:
    """A new account at a strict client."""
    return await StrictPerson.arrive(homeserver, await people.account(name))


async def joined(person: StrictPerson, bot: Bot, room: str) -> None:
    """The bot is in the room, and the person's client knows that its device is signed.

    Before that a strict client gives it no key, and nobody can help that.
    """
    await person.until(
        lambda seen: seen.room_id == room and seen.type == "m.room.member" and seen.sender == bot.user_id,
        within=PATIENCE,
    )
    async with asyncio.timeout(PATIENCE):
        while not (await device(person, bot))["signedByOwner"]:
            await asyncio.sleep(0.1)


async def device(person: StrictPerson, bot: Bot) -> dict[str, bool | None]:
    """What the person's client thinks of the bot's device."""
    seen: dict[str, bool | None] = await person.ask("device", userId=bot.user_id, deviceId=device_id(bot))
    return seen


def device_id(bot: Bot) -> str:
    return str(json.loads((bot.data / "session.json").read_text(encoding="utf-8"))["device_id"])


async def room_with(person: StrictPerson, bot: BotProcess, *others: StrictPerson, direct: bool = False) -> str:
    """An encrypted room of the person with the bot in it."""
    room = await person.create_room(bot.user_id, *(other.user_id for other in others), direct=direct)
    for other in others:
        await other.join(room)
    await joined(person, bot, room)
    return room


async def asks(person: StrictPerson, room: str, text: str) -> Seen:
    """Somebody writes to the bot; returns its answer, readable."""
    return await answer(person, await person.say(room, text))


async def answer(person: StrictPerson, event_id: str) -> Seen:
    """The bot's answer to an event, opened. Raises TimeoutError."""
    return await person.until(lambda seen: _is_open(seen) and answered(seen) == event_id, within=PATIENCE)


def answered(seen: Seen) -> str | None:
    """The event that this one answers."""
    event_id = (seen.relates_to or {}).get("m.in_reply_to", {}).get("event_id")
    return str(event_id) if event_id else None


def _is_open(seen: Seen) -> bool:
    return seen.type == "m.room.message" and seen.unreadable is None and bool(seen.body)


def said_by(bot: BotProcess, room: str) -> Callable[[Seen], bool]:
    """Whether it is a readable message of the bot in this room."""
    return lambda seen: seen.room_id == room and seen.sender == bot.user_id and _is_open(seen)


async def killed_during_traffic(
    bot: BotProcess,
    person: StrictPerson,
    *,
    commands: int,
    kills: int,
    restart: Callable[[], Awaitable[None]] | None = None,
) -> list[int]:
    """Commands in an encrypted room while the bot dies; how many answers each has in the end, all readable.

    After each kill the next command is said while nobody listens. `restart`: of the homeserver, when half is said and
    the bot has just been killed and launched again.
    """
    room = await room_with(person, bot)
    asked = []
    for number in range(commands):
        asked.append(await person.say(room, "!ping"))
        if number % (commands // kills) == 1:
            await bot.kill()
            asked.append(await person.say(room, "!ping"))
            bot.launch()
            if restart is not None and number >= commands // 2:
                await restart()
                restart = None
            await bot.logged("ready")
    for event_id in asked:
        await answer(person, event_id)
    await asks(person, room, "!ping")
    return [answers(person, bot)[event_id] for event_id in asked]


def answers(person: StrictPerson, bot: Bot) -> Counter[str | None]:
    """How many messages of the bot answer each event."""
    return Counter(answered(seen) for seen in person.seen.values() if seen.sender == bot.user_id)
