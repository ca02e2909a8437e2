"""How long two volunteers among many take to choose: `python -m tests.help.bench [volunteers]`, 10,000 by default."""

import asyncio
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.store import schema
from bot.store.database import Database
from bot.time.hours_text import parse_hours
from bot.time.working_time import WorkingTime
from bot.volunteers.rules.routing import Need, Volunteer, choose
from tests.chat import MORNING, Chat
from tests.expert_soak import choice_time
from tests.volunteers.engagements import Engagement, loads_of

PARIS = ZoneInfo("Europe/Paris")
SHIFTS = ("lun-ven 9h-18h", "lun-ven 9h-17h", "nuit 21h-7h", "lun mer 9h-12h", "tous les jours 0h-24h")
RULES, WHOLE = 50.0, 200.0
"""Milliseconds that the rules alone may take, and with what they need read from the database."""


def rules(count: int) -> float:
    """Milliseconds to choose among so many who all know the topic; the best of seven."""
    shifts = [WorkingTime(PARIS, hours) for text in SHIFTS if (hours := parse_hours(text))]
    need = Need("interoperability", "@requester:example.org", ancestors=("software",))
    volunteers = {
        f"e{n}": Volunteer(f"e{n}", shifts[n % len(shifts)], frozenset({f"topic {n % 20}", need.topic, "software"}))
        for n in range(count)
    }
    asked_at = MORNING - timedelta(days=1)
    offers = [Engagement(f"e{n * 7 % count}", asked_at, MORNING, is_open=True) for n in range(count // 5)]

    def seconds() -> float:
        started = time.process_time()
        choose(need, volunteers, loads_of(offers, now=MORNING, zone=PARIS), size=2, now=MORNING)
        return time.process_time() - started

    return min(seconds() for _ in range(7)) * 1000


async def whole(count: int) -> float:
    """Milliseconds to read so many from the database and to choose among those who know the topic."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'bench.sqlite')}")
        await schema.migrate(database)
        async with Chat(database) as chat:
            took = await choice_time(chat.database, experts=count, requests=count // 5)
        await database.close()
    return took


def main() -> int:
    """Exit code 0 when both promises are kept."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    alone, read = rules(count), asyncio.run(whole(count))
    sys.stdout.write(
        f"two of {count} volunteers: {alone:.0f} ms by the rules alone (at most {RULES:.0f}), "
        f"{read:.0f} ms with what is read from the database (at most {WHOLE:.0f})\n"
    )
    return 0 if alone < RULES and read < WHOLE else 1


if __name__ == "__main__":
    sys.exit(main())
