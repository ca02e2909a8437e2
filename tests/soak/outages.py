"""What the machine does to a bot: the database goes away, the disk fills, the clock is moved."""

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.servers import leftovers
from tests.servers.listening import NothingOfTheKind
from tests.soak.place import Crowd, Place, seconds_until, waits
from tests.soak.trials import Outage, Result, Scale, counted
from tests.traffic import Found

BACK_WITHIN = 5.0
"""Seconds from the database's return to a bot that is ready."""
ROOM_AGAIN = 10.0
"""Seconds from a disk that has room again to an answer: the pause of the unit, and a start."""
UNMOVED = 3.0
"""Seconds that anybody waits for an answer while the clock is moved."""
LOOKED_FOR = 70.0
"""Seconds after which the bot has looked for what is due, though no alarm of its own rang."""
QUIET = 5.0
"""Seconds between two disturbances."""


async def database_away(scale: Scale) -> Result:
    """PostgreSQL stopped for 15 s three times, once by kill -9, and Synapse restarted twice; people ask."""
    async with Place.opened(scale) as place:
        assert place.postgres is not None
        crowd, back = await Crowd.arrived(place.town, scale), []
        async with crowd.asking() as tally:
            for turn in range(3):
                await asyncio.sleep(QUIET)
                await place.postgres.go_away(kill=turn == 1)
                await asyncio.sleep(scale.of(15))
                await place.postgres.come_back()
                back.append(await seconds_until(place.ready_at, "ready"))
                if turn < 2:
                    await asyncio.sleep(QUIET)
                    await place.synapse.restart()
            await asyncio.sleep(QUIET)
        note = f"3 × {scale.of(15)} s away, Synapse restarted twice, {place.supervisor.starts} start(s)"
        result = await counted("PostgreSQL away and back", tally, place.town, note)
    return replace(result, seconds=max(back), limit=BACK_WITHIN)


async def disk_full(scale: Scale) -> Result:
    """The disk with the data folder has no room for 15 s, while people ask."""
    with _small_disk() as disk:
        async with Place.opened(scale, data_dir=str(disk / "data")) as place:
            crowd = await Crowd.arrived(place.town, scale)
            async with crowd.asking() as tally:
                await asyncio.sleep(QUIET)
                with _filled(disk):
                    await asyncio.sleep(scale.of(15))
                person, room = crowd.people[0], crowd.rooms[0]
                took = await place.seconds_until_answered(person, room)
                await asyncio.sleep(QUIET)
            note = f"{scale.of(15)} s on a tmpfs, {place.supervisor.starts} start(s)"
            result = await counted(scale.on("disk full"), tally, place.town, note)
    return replace(result, seconds=took, limit=ROOM_AGAIN)


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A file system in memory of 32 MB. Raises CalledProcessError for those who may not mount one."""
    with tempfile.TemporaryDirectory(prefix=f"{leftovers.PREFIX}disk-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m,mode=0700", "relais-soak", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def _filled(disk: Path) -> Iterator[None]:
    """Nothing more can be written there during the block."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        ballast.unlink()


async def clock_moved(scale: Scale) -> Result:
    """The clock put forward by an hour, back, back by an hour, and right again, while people ask; somebody
    wants to be reminded once in the hour that is skipped."""
    clock = Path(tempfile.mkdtemp(prefix=f"{leftovers.PREFIX}clock-")) / "offset"
    clock.write_text("+0", encoding="ascii")
    async with Place.opened(scale, environment=_moved_by(clock)) as place:
        crowd = await Crowd.arrived(place.town, scale)
        person, room, mark = crowd.people[0], crowd.rooms[0], crowd.people[0].mark()
        await place.town.asks(person, room, "!rappel dans 30 minutes changer les filtres")
        async with crowd.asking() as tally:
            for offset, seconds in (("+3600", LOOKED_FOR), ("+0", QUIET), ("-3600", scale.of(60)), ("+0", QUIET)):
                clock.write_text(offset, encoding="ascii")
                await asyncio.sleep(seconds)
        result = await counted(scale.on("clock +1 h, -1 h"), tally, place.town, f"{place.supervisor.starts} start(s)")
        slowest = (await waits(tally, place.town.operator))[-1]
        with suppress(NothingOfTheKind):
            await person.join(await person.invited(within=5.0, since=mark))
        reminders = [event for event in person.heard(since=mark) if "filtres" in event.body and not event.reply_to]
    found = _and_reminded(result.found, len(reminders))
    return replace(result, found=found, seconds=slowest, limit=UNMOVED)


def _and_reminded(found: Found, times: int) -> Found:
    return Found(
        found.asked + 1, found.answered + (times > 0), found.lost + (times == 0), found.repeated + max(0, times - 1)
    )


def _moved_by(file: Path) -> dict[str, str]:
    """What makes a process take its time of day from the offset in a file."""
    library = os.environ.get("RELAIS_TEST_FAKETIME") or next(map(str, Path("/usr/lib").glob("*/faketime/*MT.so.1")), "")
    if not library:
        raise FileNotFoundError("Install libfaketime, or name it in RELAIS_TEST_FAKETIME.")
    return {
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


OUTAGES: dict[str, Outage] = {"database": database_away, "disk": disk_full, "clock": clock_moved}
