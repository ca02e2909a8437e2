"""Prints the part of the lock that the application needs, hashes and all, without the tools that check it.

`python application_lock.py LOCK PYPROJECT`, run by a Python in which everything of the lock is installed.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def main(lock: str, pyproject: str) -> None:
    project = tomllib.loads(Path(pyproject).read_text(encoding="utf-8"))["project"]
    needed = closure(project["dependencies"])
    kept = [block for name, block in blocks(Path(lock).read_text(encoding="utf-8")) if name in needed]
    sys.stdout.write("".join(kept))


def closure(dependencies: Iterable[str]) -> set[str]:
    """The names of these requirements, and of all that they require on this system."""
    waiting = [Requirement(written) for written in dependencies]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += required_by(name, extra)
    return {name for name, _extra in seen}


def required_by(name: str, extra: str) -> Iterator[Requirement]:
    for written in requires(name) or []:
        requirement = Requirement(written)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def blocks(lock: str) -> Iterator[tuple[str, str]]:
    """Each package's name with its lines: pin, hashes, comments."""
    for block in re.split(r"^(?=[\w.-])", lock, flags=re.MULTILINE):
        if found := re.match(r"[\w.-]+", block):
            yield canonicalize_name(found[0]), block


if __name__ == "__main__":
    main(*sys.argv[1:])
