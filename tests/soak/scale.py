"""A large installation beside a small one: `python -m tests.soak.scale [--postgres] [--resources N] …`.

Fills a database by chance, always the same, and measures what a start takes and holds (database, index, rooms and
their members; the homeserver's part comes on top), one command, and `relais import` of one row. Exit code 0 when every
limit is kept.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from bot import installation
from bot.communities.tables import Person, RoomBinding, Welcome
from bot.resources.tables import Resource, ResourceRevision
from bot.settings import Settings
from bot.store import schema
from bot.store.columns import columns
from bot.store.database import Database
from bot.volunteers.tables import Availability, Expert, ExpertTopic
from tests import first_start
from tests.chat import ANA, MORNING, Chat
from tests.homeserver import BOT
from tests.resources.search.bench import shuffled
from tests.resources.search.catalogues import shipped_documents
from tests.servers import leftovers
from tests.servers.postgres import Postgres
from tests.soak.large_start import person, room

START_SECONDS, START_MB, SLOWER, IMPORT_SECONDS = 10.0, 350.0, 1.3, 2.0
COMMANDS = 60
COMMUNITY = "numerique"
AT_ONCE = 5_000
LAUNCH = """
from bot.process.collection import uncollected
with uncollected():
    from tests.soak.large_start import main
main()
"""
"""A process that imports as `relais` does."""


@dataclass(frozen=True, slots=True)
class Size:
    rooms: int
    people: int
    resources: int
    experts: int


SETTINGS = Settings(homeserver="http://example.org", user_id=BOT)
SMALL = Size(rooms=10, people=200, resources=0, experts=20)


async def fill(database: Database, size: Size) -> None:
    """The shipped communities, with so many more rooms, people, resources and volunteers."""
    await schema.migrate(database)
    await installation.install(database, first_start.files(), clock=lambda: MORNING)
    await database.run(lambda connection: _fill(connection, size))


def _fill(connection: Connection, size: Size) -> None:
    slugs = [file.slug for file in first_start.files()]
    topics = {file.slug: [topic.slug for topic in file.topics] for file in first_start.files()}
    chance = random.Random(15)
    own = {person(number): slugs[number % len(slugs)] for number in range(size.people)}
    experts = dict(list(own.items())[: size.experts])
    _put(connection, Person, ({"mxid": who, "language": "fr", "stopped": False} for who in own))
    _put(connection, Welcome, ({"community": at, "person": who, "welcomed_at": MORNING} for who, at in own.items()))
    agreed = {"own_yes": True, "team_yes": True, "generalist": False, "crossing": False, "asked_at": MORNING}
    _put(connection, Expert, ({"community": at, "person": who, **agreed} for who, at in experts.items()))
    asked = ((at, who, topic) for who, at in experts.items() for topic in chance.sample(topics[at], 2))
    _put(connection, ExpertTopic, ({"community": at, "person": who, "topic": topic} for at, who, topic in asked))
    hours = {"open_cap": 2, "month_cap": 2, "paused": False, "unanswered": 0}
    _put(connection, Availability, ({"person": who, **hours} for who in experts))
    _put(connection, RoomBinding, (_binding(number, slugs[number % len(slugs)]) for number in range(size.rooms)))
    _put(connection, Resource, _resources(size.resources, slugs))
    revisions = columns(ResourceRevision)
    connection.execute(revisions.update().values(number=revisions.c.number + 1))


def _binding(number: int, slug: str) -> dict[str, Any]:
    where = {"room_id": room(number), "account": BOT, "community": slug, "kind": "public", "protection": "warn"}
    return where | {"linked_by": person(0), "linked_at": MORNING}


def _resources(number: int, slugs: list[str]) -> Iterator[dict[str, Any]]:
    for document, tokens in shuffled(list(shipped_documents()), number):
        fields = {name: value for name, value in asdict(document).items() if name not in ("id", "community")}
        more = {"tags": list(document.tags), "tokens": tokens, "community": slugs[document.id % len(slugs)]}
        rest = {"state": "published", "source": "ANAP", "interval_months": 12, "outdated": False, "revision": 1}
        yield fields | more | rest


def _put(connection: Connection, table: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            connection.execute(insert(columns(table)), some)
            some.clear()
    if some:
        connection.execute(insert(columns(table)), some)


# ── what is measured ──────────────────────────────────────────────────────────────────────────────────────


async def one_command(*databases: Database) -> list[float]:
    """Milliseconds of the processor for `!doc`, the median in each, asked in turn."""
    async with AsyncExitStack() as stack:
        later = MORNING.replace(hour=11)
        chats = [await stack.enter_async_context(Chat(database, started_at=later)) for database in databases]
        took: list[list[float]] = [[] for _ in chats]
        for _ in range(COMMANDS):
            for chat, times in zip(chats, took, strict=True):
                began = time.process_time()
                await chat.says(ANA, "!doc dossier patient")
                times.append(1000 * (time.process_time() - began))
    return [median(times[10:]) for times in took]


def import_one(address: str, folder: Path) -> float:
    """Seconds of `relais import` of one row, from the start of the process to its end."""
    sheet = folder / "one.csv"
    sheet.write_text(f"title,url\nUne de plus,https://example.org/une-de-plus-{time.time_ns()}\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    environment = kept | {"RELAIS_DATABASE_URL": address, "RELAIS_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "bot", "import", str(sheet), "--community", COMMUNITY]
    began = time.monotonic()
    subprocess.run(command, check=True, env=environment, capture_output=True)
    return time.monotonic() - began


def _started(address: str, size: Size) -> list[float]:
    command = [sys.executable, "-c", LAUNCH, address, str(size.rooms), str(size.people)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(word) for word in said.split()]


async def measure(size: Size, *, postgres: bool) -> bool:
    leftovers.sweep()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{leftovers.PREFIX}scale-")))
        if postgres:
            server = await stack.enter_async_context(Postgres())
            addresses = [server.fresh(), server.fresh()]
        else:
            addresses = [f"sqlite:///{folder / name}.sqlite" for name in ("small", "large")]
        databases = [Database(address) for address in addresses]
        for database, filling in zip(databases, (SMALL, size), strict=True):
            _say(f"{filling}")
            await fill(database, filling)
        seconds, members, most = _started(addresses[1], size)
        imported = import_one(addresses[1], folder)
        small, large = await one_command(*databases)
        for database in databases:
            await database.close()
    rows = [
        ("start (s)", seconds, START_SECONDS),
        ("most memory, members loaded (MB)", most, START_MB),
        ("import of one row (s)", imported, IMPORT_SECONDS),
        (f"one command, {small:.1f} ms in a small one, times", large / small, SLOWER),
    ]
    _say(f"members of all rooms: {members:.1f} s of the processor")
    for name, figure, limit in rows:
        _say(f"{name:<48}{figure:8.2f}   at most {limit:.1f}{'' if figure <= limit else '   NOT KEPT'}")
    return all(figure <= limit for _name, figure, limit in rows)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.scale")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--rooms", type=int, default=1_000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--resources", type=int, default=100_000)
    parser.add_argument("--experts", type=int, default=10_000)
    wishes = parser.parse_args()
    size = Size(wishes.rooms, wishes.people, wishes.resources, wishes.experts)
    return 0 if asyncio.run(measure(size, postgres=wishes.postgres)) else 1


if __name__ == "__main__":
    sys.exit(main())
