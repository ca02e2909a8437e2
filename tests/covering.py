"""Which tests need not run everywhere: `python -m tests.covering` runs all of them, and writes two lists of names.

What is in `sqlite_alone.txt` runs on SQLite alone: other tests ask PostgreSQL all that these ask. What is in
`left_by_check.txt` is left out by `make check`: the others run nearly every function, in a tenth of the time. A test
that is new, or has another name, is in no list and runs everywhere: a stale list costs time and hides nothing.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType
from typing import Any

import pytest
from sqlalchemy import TextClause, event
from sqlalchemy.engine import Engine

FOLDER = "RELAIS_TEST_COVERING"
"""Where each worker writes what its tests do; set while the lists are made, and no list counts then."""
HERE = Path(__file__).parent
SQLITE_ALONE = HERE / "sqlite_alone.txt"
LEFT_BY_CHECK = HERE / "left_by_check.txt"
ALWAYS_BOTH = re.compile(r"tests/(?:store|mailbox)/|(?:two|both|twice|many|forty)\w*_at_once|meanwhile")
"""What is about the database itself, or about two who use it at the same time: that no statement shows."""
NEARLY = 0.96
"""The share of all functions that `make check` runs: the last of them take as long as all before."""
OURS = tuple(f"{HERE.parent / folder}{os.sep}" for folder in ("bot", "commands"))
_VALUES = re.compile(r"%\(\w+\)s(?:::[\w ]+)?")
_SET = re.compile(r" SET .* WHERE ")
_REPEATED = re.compile(r"(\((?:\?, )*\?\)|\?)(?:, \1)+")

Does = dict[str, set[str]]
"""What each test does, by its name without its parameters."""


def listed(file: Path) -> frozenset[str]:
    """The tests of a list; none while the lists are made."""
    return frozenset() if FOLDER in os.environ else frozenset(file.read_text(encoding="utf-8").split())


def name_of(node: str) -> str:
    """A test's name without its parameters."""
    return node.partition("[")[0]


def shape(statement: str) -> str:
    """A statement whatever its values are, however many of them it has, and whichever columns it sets."""
    return _REPEATED.sub(r"\1", _SET.sub(" SET … WHERE ", _VALUES.sub("?", " ".join(statement.split()))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Write what one test does, and how long it takes in seconds."""
    on_postgres = item.get_closest_marker("postgres") is not None
    done: set[str] = set()
    began = perf_counter()
    try:
        with _statements(done) if on_postgres else _functions(done):
            return (yield)
    finally:
        line = "\t".join([name_of(item.nodeid), str(int(on_postgres)), str(perf_counter() - began), *done])
        file = Path(os.environ[FOLDER], os.environ.get("PYTEST_XDIST_WORKER", "main"))
        with file.open("a", encoding="utf-8") as written:
            written.write(f"{line}\n")


@contextmanager
def _statements(done: set[str]) -> Iterator[None]:
    def note(_connection: object, _cursor: object, statement: str, _values: object, context: Any, _many: bool) -> None:
        if not (context.compiled and isinstance(context.compiled.statement, TextClause)):  # a test's own question
            done.add(shape(statement))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def _functions(done: set[str]) -> Iterator[None]:
    run: set[CodeType] = set()

    def note(frame: FrameType, _kind: str, _value: object) -> None:
        run.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        done.update(f"{code.co_filename}:{code.co_qualname}" for code in run if code.co_filename.startswith(OURS))


def needed(does: Does, seconds: dict[str, float], always: re.Pattern[str] | None = None, share: float = 1) -> set[str]:
    """Tests that do this share of all, in little time: always the one that does most of what is left in a second."""
    kept = {test for test in does if always and always.search(test)}
    everything = set().union(*does.values())
    left = everything.difference(*(does[test] for test in kept))
    chosen: list[str] = []
    while len(left) > len(everything) * (1 - share):
        chosen.append(max(sorted(does), key=lambda test: len(does[test] & left) / seconds[test]))
        left -= does[chosen[-1]]
    return kept.union(_without_the_superfluous(chosen, kept, does))


def _without_the_superfluous(chosen: list[str], kept: set[str], does: Does) -> list[str]:
    """Those chosen first may do nothing that those chosen later do not do too."""
    times = Counter(done for test in [*chosen, *kept] for done in does[test])
    for test in list(chosen):
        if all(times[done] > 1 for done in does[test]):
            chosen.remove(test)
            times.subtract(does[test])
    return chosen


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pytest_run = [sys.executable, "-m", "pytest", "-q", "-p", "tests.covering", "-n", "logical", "-m", "not e2e"]
        subprocess.run(pytest_run, env=os.environ | {FOLDER: folder}, check=True)
        does, seconds = _read(Path(folder), on_postgres=True)
        _write(SQLITE_ALONE, does, seconds, needed(does, seconds, ALWAYS_BOTH))
        does, seconds = _read(Path(folder), on_postgres=False)
        _write(LEFT_BY_CHECK, does, seconds, needed(does, seconds, share=NEARLY))


def _read(folder: Path, *, on_postgres: bool) -> tuple[Does, dict[str, float]]:
    does: Does = defaultdict(set)
    seconds: dict[str, float] = defaultdict(float)
    for file in folder.iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            test, kind, lasted, *done = line.split("\t")
            if int(kind) == on_postgres:
                does[test].update(done)
                seconds[test] += float(lasted)
    return does, seconds


def _write(file: Path, does: Does, seconds: dict[str, float], chosen: set[str]) -> None:
    file.write_text("".join(f"{test}\n" for test in sorted(does.keys() - chosen)), encoding="utf-8")
    lasts = sum(map(seconds.__getitem__, chosen))
    sys.stdout.write(f"{file.name}: not {len(chosen)} of {len(does)} tests, which last {lasts:.0f} s.\n")


if __name__ == "__main__":
    main()
