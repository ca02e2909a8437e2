"""The homeserver of the tests: its limits, its end, and its end when the tests are killed."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp
import psutil
import pytest

from tests.servers import leftovers
from tests.servers.people import People
from tests.servers.process import Program
from tests.servers.synapse import CHECKOUT, Synapse, Wishes

pytestmark = pytest.mark.e2e

_KILLED_RUN = """
import asyncio
from tests.servers.synapse import Synapse

async def run():
    server = Synapse()
    await server.start()
    print(server.pid, server.folder, flush=True)
    await asyncio.Event().wait()

asyncio.run(run())
"""


async def test_limits_are_open_unless_strict_ones_are_wished(people: People) -> None:
    claire = await people.arrive("claire")
    room = await claire.create_room()
    await asyncio.gather(*[claire.say(room, "encore") for _ in range(12)])
    limits = {"rc_message": {"per_second": 1, "burst_count": 2}}
    async with (
        Synapse(Wishes(strict=True, more=limits, room_version="11")) as strict,
        People(strict.url, strict.shared_secret) as others,
    ):
        karim = await others.arrive("karim")
        room = await karim.create_room()
        assert (await karim.state(room, "m.room.create"))["room_version"] == "11"
        answers = [await _status(karim.client.access_token, strict.url, room, number) for number in range(5)]
    assert 429 in answers


async def test_a_restarted_homeserver_remembers() -> None:
    async with Synapse() as own, People(own.url, own.shared_secret) as people:
        claire = await people.arrive("claire")
        room = await claire.create_room()
        sent = await claire.say(room, "avant")
        await own.restart()
        assert sent in [event.event_id for event in await claire.messages(room)]
        folder, pid = own.folder, own.pid
    assert not folder.exists()
    assert not psutil.pid_exists(pid)


async def test_nothing_survives_a_test_run_that_is_killed() -> None:
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _KILLED_RUN, cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE
    )
    assert run.stdout is not None
    pid, folder = (await asyncio.wait_for(run.stdout.readline(), 60)).decode().split()
    assert psutil.pid_exists(int(pid))
    os.kill(run.pid, signal.SIGKILL)
    await run.wait()
    await asyncio.to_thread(psutil.wait_procs, _process(int(pid)), 10)
    assert not psutil.pid_exists(int(pid))
    leftovers.sweep()
    assert _gone(folder)


async def test_what_a_killed_run_left_is_ended_by_recorded_pid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "RECORDS", tmp_path / "records")
    mine = Program([sys.executable, "-c", "import time; time.sleep(60)"], folder=tmp_path)
    mine.start()
    leftovers.sweep()
    assert mine.running
    note = next((tmp_path / "records").iterdir())
    note.write_text(note.read_text().replace(f'"owner": {os.getpid()}', '"owner": 999999999'))
    leftovers.sweep()
    assert await mine.wait(within=10) != 0
    assert list((tmp_path / "records").iterdir()) == []


def _gone(folder: str) -> bool:
    return not Path(folder).exists()


def _process(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid)] if psutil.pid_exists(pid) else []


async def _status(token: str, homeserver: str, room: str, number: int) -> int:
    url = f"{homeserver}/_matrix/client/v3/rooms/{room}/send/m.room.message/{number}"
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.put(url, json={"msgtype": "m.text", "body": "encore"}, headers=headers) as response,
    ):
        return response.status
