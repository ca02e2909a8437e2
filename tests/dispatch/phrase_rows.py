"""The files of phrases: under `== what it must do`, one phrase a line; a quarter was not seen while building."""

from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"
EVERY = 4


def rows(name: str) -> list[tuple[str, str]]:
    """What a phrase must do, and the phrase."""
    found, meant = [], ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            meant = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            found.append((meant, line))
    return found


def split(name: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The phrases to build with, and those held out."""
    every = rows(name)
    return [row for number, row in enumerate(every) if number % EVERY != EVERY - 1], every[EVERY - 1 :: EVERY]
