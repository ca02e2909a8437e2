"""Room keys in a backup: written from the old device, taken in by the new one at the first start after a restore."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from nio.crypto import InboundGroupSession

from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.errors import KeysDamaged
from bot.matrix.keys.files import create_private
from bot.matrix.keys.room_keys.backup import exported, import_room_keys
from bot.matrix.keys.store import damaged, stored_room_keys

FILE = "restored.jsonl"
_AT_ONCE = 200


def write(folder: Path, file: Path, *, device_id: str, step: Callable[[int], None]) -> int:
    """Writes every room key of the data folder, and the device's id, to a private file; returns how many.

    Also while the bot runs. Calls `step(1)` after each key. Raises KeysDamaged, OSError.
    """
    create_private(file)
    count = 0
    with file.open("w", encoding="utf-8") as out:
        out.write(json.dumps({"device_id": device_id}) + "\n")
        for key in _keys(folder):
            out.write(json.dumps(exported(key)) + "\n")
            step(1)
            count += 1
    return count


def _keys(folder: Path) -> Iterator[InboundGroupSession]:
    try:
        yield from stored_room_keys(folder)
    except (sqlite3.Error, ValueError) as error:
        raise damaged(folder / "keys.sqlite", error) from error


def read(file: Path) -> tuple[str, list[dict[str, object]]]:
    """The device that had the keys, and the keys. Raises KeysDamaged."""
    try:
        first, *keys = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        return str(first["device_id"]), keys
    except (ValueError, KeyError, TypeError) as error:
        raise KeysDamaged(f"{file} is damaged: restore once more, into an empty data folder.") from error


def take_in(device: OwnDevice, folder: Path) -> str | None:
    """Takes in the keys that a restore left for the new device; returns the old device's id, None if there are none.

    The file stays until `taken`, so that a start that was interrupted takes them in again. Raises KeysDamaged.
    """
    file = folder / FILE
    if not file.exists():
        return None
    before, keys = read(file)
    for first in range(0, len(keys), _AT_ONCE):
        import_room_keys(device.olm, keys[first : first + _AT_ONCE])
    return before


def taken(folder: Path) -> None:
    """Removes the file: the keys are in the store of the new device."""
    (folder / FILE).unlink(missing_ok=True)
