"""One start on a large database, in a process of its own that imports what `relais run` imports."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any, cast

import psutil

from bot import installation
from bot.cli import run
from bot.clock import utc_now
from bot.matrix.api import Api
from bot.matrix.rooms import Rooms
from bot.settings import Settings
from bot.store.database import Database
from tests.homeserver import BOT

assert run  # imported for its weight
SETTINGS = Settings(homeserver="http://example.org", user_id=BOT)


def person(number: int) -> str:
    return f"@agent{number}:hopital.example.org"


def room(number: int) -> str:
    return f"!salle{number}:hopital.example.org"


async def start(address: str, rooms: int, people: int) -> None:
    """Load what a start loads, then all rooms with their members, who are asked for when needed.

    Prints seconds from the start of the process, then processor seconds for the members, and the most megabytes.
    """
    database = Database(address)
    async with installation.opened(database):
        _library = await installation.prepare(SETTINGS, database, clock=utc_now)
        took, before = time.time() - psutil.Process().create_time(), time.process_time()
        _directory = joined(rooms, people)
        members = time.process_time() - before
        sys.stdout.write(f"{took:.2f} {members:.2f} {peak():.0f}")


def joined(rooms: int, people: int) -> Rooms:
    """The rooms, with their members, as the sync makes them."""
    directory = Rooms(cast(Api, None), BOT)
    each = max(1, people // max(1, rooms))
    for number in range(rooms):
        members = [person(number * each + one) for one in range(each)]
        directory.apply(room(number), events=[_joins(who) for who in members], summary={})
    return directory


def _joins(who: str) -> dict[str, Any]:
    content = {"membership": "join", "displayname": f"Agent {who[6:].partition(':')[0]}"}
    return {"type": "m.room.member", "state_key": who, "content": content}


def peak() -> float:
    """The most memory in MB that the process has held so far."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1_000


def main() -> None:
    asyncio.run(start(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
