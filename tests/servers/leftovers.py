"""What is still running after a killed test run, known by recorded pid, and its end."""

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

RECORDS = Path(__file__).parents[2] / "build" / "servers"
"""One small file for each program that runs beside the tests, in the checkout that started it."""

PREFIX = "relais-"
"""What the temporary folders of the servers are called; no other folder is ever removed."""


@dataclass(frozen=True, slots=True)
class Record:
    """A program, its owner (a test run) and its folder. `born` tells a reused pid from the old one."""

    pid: int
    born: float
    owner: int
    owner_born: float
    folder: str


def record(pid: int, folder: Path) -> Path:
    """Notes that this process owns `pid` and `folder`. Remove the file returned when the program ends."""
    RECORDS.mkdir(parents=True, exist_ok=True)
    owner = os.getpid()
    note = Record(pid, psutil.Process(pid).create_time(), owner, psutil.Process(owner).create_time(), str(folder))
    path = RECORDS / f"{pid}.json"
    path.write_text(json.dumps(asdict(note)), encoding="utf-8")
    return path


def sweep() -> None:
    """Ends the programs whose test run is gone and removes their folders."""
    for path in RECORDS.glob("*.json"):
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            note = Record(**json.loads(path.read_text(encoding="utf-8")))
            if _alive(note.owner, note.owner_born):
                continue
            if _alive(note.pid, note.born):
                _end(note.pid)
            _remove(Path(note.folder))
            path.unlink(missing_ok=True)


def _alive(pid: int, born: float) -> bool:
    try:
        process = psutil.Process(pid)
        return bool(abs(process.create_time() - born) < 1 and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _end(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.kill()
        process.wait(5)


def _remove(folder: Path) -> None:
    if folder.name.startswith(PREFIX) and folder.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(folder, ignore_errors=True)
