"""The file that `relais backup` writes: a ZIP archive whose first page says what it holds."""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel, ValidationError

from bot.errors import StartRefused
from bot.version import OWN

FORMAT = 1
PAGE, DATABASE, IDENTITY, ROOM_KEYS = "about.json", "relais.sqlite", "identity.json", "room-keys.jsonl"
PARTS = (DATABASE, IDENTITY, ROOM_KEYS)
_BROKEN = (BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, NotImplementedError, UnicodeDecodeError)


class Head(BaseModel, frozen=True):
    """The part of the first page that every version of Relais can read."""

    format: int = FORMAT
    relais: str = OWN


class About(Head, frozen=True):
    """The first page. `made_at` is ISO 8601, `schema_version` that of the database."""

    made_at: str
    account: str
    schema_version: str
    room_keys: int


def write(file: Path, about: About, parts: Path) -> None:
    """Write the archive, readable by our user only, to the disk; `parts` is the folder that holds its parts."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            archive.writestr(PAGE, about.model_dump_json(indent=1))
            for name in PARTS:
                archive.write(parts / name, name)
        out.flush()
        os.fsync(out.fileno())


class Archive:
    """An open archive whose first page was read."""

    def __init__(self, file: Path, archive: ZipFile) -> None:
        self._file = file
        self._archive = archive
        self.about = self._page()

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(self._archive.getinfo(name).file_size for name in PARTS)

    def unpack(self, folder: Path, step: Callable[[int], None]) -> None:
        """Write its parts into a folder; `step` gets the number of bytes just written. Raises what `opened` raises."""
        for name in PARTS:
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out, self._archive.open(name) as packed:
                while block := packed.read(2**20):
                    out.write(block)
                    step(len(block))
                out.flush()
                os.fsync(out.fileno())

    def _page(self) -> About:
        names = set(self._archive.namelist())
        if PAGE not in names:
            raise StartRefused(f"{self._file} is an archive of something else: no `relais backup` made it.")
        page = self._archive.read(PAGE)
        try:
            if (head := Head.model_validate_json(page)).format > FORMAT:
                raise newer(self._file, head)
            about = About.model_validate_json(page)
        except ValidationError:
            raise _damaged(self._file) from None
        if not names.issuperset(PARTS):
            raise _damaged(self._file)
        return about


def newer(file: Path, about: Head) -> StartRefused:
    """The error for an archive from a later Relais."""
    return StartRefused(f"{file} was made by Relais {about.relais}, this is {OWN}: install that version, then restore.")


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Open an archive for the block. Raises StartRefused when it is no archive, damaged or unreadable."""
    try:
        with ZipFile(file) as archive:
            yield Archive(file, archive)
    except _BROKEN:
        raise _damaged(file) from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        if error.filename != str(file):
            raise
        raise StartRefused(f"{file} cannot be read: {error.strerror}.") from None


def _damaged(file: Path) -> StartRefused:
    return StartRefused(f"{file} is damaged, or no backup of Relais. Nothing was restored: take another one.")


def folder_of(file: Path) -> Path:
    """The folder of a new file. Raises StartRefused when the file exists or the folder does not."""
    if file.exists():
        raise StartRefused(f"{file} is there already: name another file. A backup never replaces one.")
    folder = file.absolute().parent
    if not folder.is_dir():
        raise StartRefused(f"There is no folder {folder} to write {file.name} into.")
    return folder
