"""`python -m tests.bench.keys [rounds]`: how long keys hold the event loop, in a crowd and when much arrives."""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.keys.crowd import Crowd, Speaker, sync_answer

DEVICES, EVENTS = 200, 200
LONGEST_BLOCK = 50.0
"""Milliseconds at a time in which a room key is shared with that many devices."""
HANDLED_IN = 60.0
"""Milliseconds in which that many encrypted events are read."""


async def longest_block(done: asyncio.Event) -> float:
    """The longest time in milliseconds that the event loop was held by others."""
    longest, last = 0.0, time.perf_counter()
    while not done.is_set():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1000


async def sharing(folder: Path) -> tuple[float, float]:
    """Milliseconds until all devices have a first key, and the longest block in it."""
    bot, done = Speaker(Crowd(DEVICES), folder), asyncio.Event()
    watch = asyncio.create_task(longest_block(done))
    await asyncio.sleep(0)
    started = time.perf_counter()
    await bot.speak()
    whole = (time.perf_counter() - started) * 1000
    done.set()
    longest = await watch
    bot.device.close()
    return whole, longest


async def reading(folder: Path) -> float:
    """Milliseconds of this thread in which one answer of `/sync` with that many events is taken in."""
    bot = Speaker(Crowd(1), folder)
    answer = sync_answer([await bot.speak(f"!doc numéro {number}") for number in range(EVENTS)])
    started = time.thread_time()
    bot.keys.take(answer)
    taken = (time.thread_time() - started) * 1000
    bot.device.close()
    return taken


async def _run(rounds: int) -> bool:
    shared, read = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            shared.append(await sharing(Path(one)))
            read.append(await reading(Path(other)))
    whole, blocks = (statistics.median(column) for column in zip(*shared, strict=True))
    handled = statistics.median(read)
    sys.stdout.write(
        f"a room key for {DEVICES} devices, median of {rounds}: {whole:.0f} ms, "
        f"longest block {blocks:.1f} ms (at most {LONGEST_BLOCK:.0f})\n"
        f"{EVENTS} encrypted events, median of {rounds}: {handled:.1f} ms (at most {HANDLED_IN:.0f})\n"
    )
    return blocks < LONGEST_BLOCK and handled <= HANDLED_IN


def main() -> int:
    """Exit code 0 when both promises are kept."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    return 0 if asyncio.run(_run(rounds)) else 1


if __name__ == "__main__":
    sys.exit(main())
