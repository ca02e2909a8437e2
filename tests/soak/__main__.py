"""`python -m tests.soak [--scale 0.1] [trial …]`: runs the trials and prints one table."""

import argparse
import asyncio
import sys
import time

from tests.e2e.town import Town
from tests.servers import leftovers
from tests.servers.people import People
from tests.servers.process import DidNotStart
from tests.servers.synapse import Synapse
from tests.soak import hostile, meetups, trials
from tests.soak.trials import Result, Scale

TRIALS = trials.TRIALS | meetups.TRIALS | hostile.TRIALS

_ROW = "{:<42} {:>9} {:>9} {:>6} {:>9}   {}\n"


def main() -> int:
    """Exit code 0 only if nothing was lost and nothing was said twice."""
    parser = argparse.ArgumentParser(prog="tests.soak", description="The full counts of crashes, races and load.")
    parser.add_argument("trials", nargs="*", metavar="trial", help=f"of {', '.join(TRIALS)}; all of them by default")
    parser.add_argument("--scale", type=float, default=1.0, help="a fraction of the full counts")
    wishes = parser.parse_args()
    if unknown := set(wishes.trials) - TRIALS.keys():
        parser.error(f"there is no trial {sorted(unknown)[0]}")
    results = asyncio.run(_run(wishes.trials or list(TRIALS), Scale(wishes.scale)))
    _print_table(results)
    return 0 if all(result.passed for result in results) else 1


async def _run(names: list[str], scale: Scale) -> list[Result]:
    leftovers.sweep()
    results = []
    async with Synapse() as synapse:
        for name in names:
            began = time.monotonic()
            _say(f"{name}: {(TRIALS[name].__doc__ or '').strip()}\n")
            results.append(await _one(name, synapse, scale))
            _say(f"{name}: {'passed' if results[-1].passed else 'FAILED'} after {time.monotonic() - began:.0f} s\n")
    return results


async def _one(name: str, synapse: Synapse, scale: Scale) -> Result:
    async with People(synapse.url, synapse.shared_secret) as people, Town.founded(people, synapse.url) as town:
        try:
            await town.bot.start()
            return await TRIALS[name](town, scale)
        except DidNotStart:
            _say(town.bot.printed[-4_000:])
            raise


def _print_table(results: list[Result]) -> None:
    _say("\n" + _ROW.format("what", "expected", "seen", "lost", "repeated", ""))
    for result in results:
        found = result.found
        _say(_ROW.format(result.what, found.asked, found.answered, found.lost, found.repeated, result.note))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
