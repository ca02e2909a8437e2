"""The files of phrases: under `== what it must do`, one phrase a line. Every one was seen while building."""

from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"


def rows(name: str) -> list[tuple[str, str]]:
    """What a phrase must do, and the phrase."""
    found, meant = [], ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            meant = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            found.append((meant, line))
    return found
