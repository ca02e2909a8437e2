"""Files that hold secrets: readable by our user only, written whole or not at all, locked by one process."""

import fcntl
import os
from pathlib import Path

from bot.matrix.keys.errors import KeysLocked


def write_private(path: Path, content: bytes) -> None:
    """Writes a file for this user only, whole or not at all, and on the disk when this returns."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def create_private(path: Path) -> None:
    """Creates a file for this user only; SQLite gives its WAL the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def hold(path: Path) -> int:
    """Takes the lock file for as long as this process lives or until `release`. Raises KeysLocked."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise KeysLocked(f"Another process uses the keys in {path.parent}.") from error
    return descriptor


def release(lock: int) -> None:
    """Releases a lock; a negative one is none."""
    if lock >= 0:
        os.close(lock)
