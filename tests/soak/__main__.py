"""`python -m tests.soak [--scale 0.1] [--seed 1] [--on postgres] [trial …]`: runs the trials and prints one table."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable

from tests.e2e.town import Town
from tests.servers import leftovers
from tests.servers.people import People
from tests.servers.process import DidNotStart
from tests.servers.synapse import Synapse
from tests.soak import courtesy, hostile, meetups, outages, standby, trials, votes
from tests.soak.trials import Result, Scale

TRIALS = trials.TRIALS | meetups.TRIALS | hostile.TRIALS | votes.TRIALS
DATABASES = ("sqlite", "postgres")
OUTAGES = outages.OUTAGES | standby.OUTAGES | courtesy.OUTAGES

_ROW = "{:<46} {:>6} {:>8} {:>5} {:>6} {:>8} {:>6}  {:<3}  {}\n"


def main() -> int:
    """Exit code 0 only if nothing was lost, nothing was said twice, and nothing took too long."""
    parser = argparse.ArgumentParser(prog="tests.soak", description="The full counts of crashes, races and load.")
    parser.add_argument(
        "trials", nargs="*", metavar="trial", help=f"of {', '.join(TRIALS | OUTAGES)}; all of them by default"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="a fraction of the full counts")
    parser.add_argument("--pace", type=float, default=5.0, help="commands in a second during an outage")
    parser.add_argument("--seed", type=int, default=1, help="what chance does; the same again for the same number")
    parser.add_argument("--on", choices=DATABASES, help=f"only this database for {', '.join(OUTAGES)}; both by default")
    wishes = parser.parse_args()
    if unknown := set(wishes.trials) - TRIALS.keys() - OUTAGES.keys():
        parser.error(f"there is no trial {sorted(unknown)[0]}")
    scales = [
        Scale(wishes.scale, wishes.pace, wishes.seed, database == "postgres")
        for database in DATABASES
        if wishes.on in (None, database)
    ]
    results = asyncio.run(_run(wishes.trials or [*TRIALS, *OUTAGES], scales))
    _print_table(results)
    return 0 if all(result.passed for result in results) else 1


async def _run(names: list[str], scales: list[Scale]) -> list[Result]:
    """The outages on each database, everything else once."""
    leftovers.sweep()
    results: list[Result] = []
    if in_a_town := [name for name in names if name in TRIALS]:
        async with Synapse() as synapse:
            results += [await _timed(name, TRIALS[name].__doc__, _one(name, synapse, scales[0])) for name in in_a_town]
    for outage in [OUTAGES[name] for name in names if name in OUTAGES]:
        places = [scale for scale in scales if scale.postgres or outage is not outages.database_away]
        for scale in places:
            try:
                results.append(await _timed(scale.on(outage.__name__), outage.__doc__, outage(scale)))
            except FileNotFoundError as missing:
                _say(f"{scale.on(outage.__name__)}: LEFT OUT. {missing}\n")
    return results


async def _timed(name: str, what: str | None, trial: Awaitable[Result]) -> Result:
    began = time.monotonic()
    _say(f"{name}: {(what or '').strip()}\n")
    result = await trial
    _say(f"{name}: {'passed' if result.passed else 'FAILED'} after {time.monotonic() - began:.0f} s\n")
    return result


async def _one(name: str, synapse: Synapse, scale: Scale) -> Result:
    async with People(synapse.url, synapse.shared_secret) as people, Town.founded(people, synapse.url) as town:
        try:
            await town.bot.start()
            return await TRIALS[name](town, scale)
        except DidNotStart:
            _say(town.bot.printed[-4_000:])
            raise


def _print_table(results: list[Result]) -> None:
    _say("\n" + _ROW.format("what", "asked", "answered", "lost", "twice", "seconds", "limit", "ok", ""))
    for result in results:
        found, ok = result.found, "yes" if result.passed else "NO"
        counts = (found.asked, found.answered, found.lost, found.repeated)
        _say(_ROW.format(result.what, *counts, _short(result.seconds), _short(result.limit), ok, result.note))


def _short(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f}"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
