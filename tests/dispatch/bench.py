"""How long from an event to the outbox row that answers it? `python -m tests.dispatch.bench [folder]`."""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bot.store import schema
from bot.store.database import Database
from tests.chat import ANA, Chat

LINES = ("!aide", "!doc messagerie sécurisée", "!moi", "!dco messagerie", "oui")
ROUNDS = 60


async def measure(folder: Path) -> dict[str, list[float]]:
    """Milliseconds for each line, from the event's being heard until its answer is kept."""
    database = Database(f"sqlite:///{folder / 'bench.sqlite'}")
    await schema.migrate(database)
    took: dict[str, list[float]] = {line: [] for line in LINES}
    async with Chat(database) as chat:
        kept: list[float] = []
        wake = chat.outgoing.wake

        def note(lane: str) -> None:
            kept.append(perf_counter())
            wake(lane)

        chat.outbox._wake = note
        for _ in range(ROUNDS):
            for line in LINES:
                kept.clear()
                began = perf_counter()
                await chat.says(ANA, line)
                took[line].append((kept[0] - began) * 1000)
    await database.close()
    return took


def main() -> None:
    parent = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        took = asyncio.run(measure(Path(folder)))
    for line, times in took.items():
        slowest = statistics.quantiles(times, n=20)[-1]
        sys.stdout.write(f"{line:30} median {statistics.median(times):6.2f} ms   p95 {slowest:6.2f} ms\n")
    everything = [time for times in took.values() for time in times]
    sys.stdout.write(f"{'all':30} median {statistics.median(everything):6.2f} ms\n")


if __name__ == "__main__":
    main()
