"""The promises of the house: what must hold in every file, whoever wrote it."""

import ast
import io
import os
import re
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.house import figures
from tests.house.trees import nodes

ROOT = Path(__file__).parents[1]
MADE = re.compile(r"node_modules|build|dist|data|__pycache__|.*\.egg-info|\.(?!ci$|github$).*")
"""Folders that tools make; of those with a dot only the automation's are ours."""

LOCKS = sorted((ROOT / "locks").glob("*.txt"))

INSTALLED = "/".join(("", "opt", "relais"))
"""Where `deploy/` says to install: the one path that it may name."""
MACHINE = re.compile(r"(?<![\w.$}-])/(?:home|Users|root|work|farm|opt|mnt)/\w")
REGISTRY = re.compile(r"pypi\.org|python[h]osted|npmjs\.(?:org|com)|deb\.debian|proxy\.golang")
LEFT_OPEN = re.compile(r"\b(?:noqa|TODO|FIXME|XXX)\b|type:\s*ignore|pragma: no cover")
SWITCHED_OFF = {"skip", "skipif", "xfail", "importorskip"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
BELOW_COMMANDS = ("nio", "aiohttp", "sqlalchemy", "sqlmodel", "alembic", "bot.store.database", "bot.matrix")


def files(*patterns: str, under: str = ".") -> list[Path]:
    """The project's files of these names, none that tools made."""
    folder = ROOT / under
    return [path for path in all_files() if folder in path.parents and any(map(path.match, patterns))]


@cache
def all_files() -> list[Path]:
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if not MADE.fullmatch(name)]
        found += [Path(folder, name) for name in names if name != ".git"]
    return sorted(found)


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, `from a import b` as `a.b`."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def importers(package: str, paths: list[Path]) -> list[str]:
    """The files that import the package or something in it."""
    return [str(path.relative_to(ROOT)) for path in paths if any(_is_in(name, package) for name in imports(path))]


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def shipped() -> list[Path]:
    return files("*.py", under="bot") + files("*.py", under="commands")


def clock_readings(path: Path) -> list[str]:
    """Where a file asks what time it is. `time.monotonic` measures and does not count."""
    lines = []
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and (_owner(node.value), node.attr) in CLOCKS:
            lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom):
            lines += [node.lineno for name in node.names if (node.module, name.name) in CLOCKS]
    return [f"{path.relative_to(ROOT)}:{line}" for line in lines]


def _owner(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def comments(path: Path) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in paths
        for line in path.read_text(encoding="utf-8", errors="ignore").splitlines()
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_a_machine_or_the_host_of_a_registry() -> None:
    everything = [path for path in files("*") if path.suffix not in (".png", ".svg", ".sqlite", ".pyc")]
    named = lines_with(MACHINE, everything)
    assert [line for line in named if not (line.startswith("deploy/") and INSTALLED in line)] == []
    assert lines_with(REGISTRY, everything) == []


def test_the_configuration_is_data_without_a_line_of_python() -> None:
    assert files("*.py", under="config") == []


def test_every_yaml_file_can_be_read() -> None:
    for path in files("*.yaml", "*.yml"):
        assert list(yaml.safe_load_all(path.read_text(encoding="utf-8"))), path


def test_only_the_ears_and_mouth_know_nio() -> None:
    strangers = [path for path in shipped() if "bot/matrix/" not in path.as_posix()]
    assert importers("nio", strangers) == []


def test_only_the_scheduler_knows_apscheduler() -> None:
    assert importers("apscheduler", [path for path in shipped() if path.name != "scheduler.py"]) == []


@pytest.mark.parametrize("package", BELOW_COMMANDS)
def test_commands_hold_no_sql_and_no_matrix(package: str) -> None:
    assert importers(package, files("*.py", under="commands")) == []


def test_only_the_gate_calls_what_a_command_declares_for_its_cards() -> None:
    """A verb is no card: `verb.handler` is the only other handler that is called."""
    declared = {"handler", "pick", "more", "take", "done"}
    called = []
    for path in [*files("*.py", under="bot/dispatch"), *files("*.py", under="commands")]:
        modules = {name.rpartition(".")[2] for name in imports(path)}
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in declared:
                owner = ast.unparse(node.func.value)
                if owner not in {"verb", "self._timers", *modules} and path.name != "gate.py":
                    called.append(f"{path.relative_to(ROOT)}:{node.lineno}: {owner}.{node.func.attr}")
    assert called == []


def test_every_function_of_a_command_has_a_type_of_its_own() -> None:
    """`Callable[..., T]` takes any function: what is wrong in its arguments shows when somebody writes to the bot."""
    loose = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files("*.py", under="bot/dispatch")
        for node in nodes(path)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) != "tuple" and "..." in ast.unparse(node.slice)
    ]
    assert loose == []


def test_somebody_is_written_to_in_one_way() -> None:
    """`tell` knows their language, and what is said where they cannot be reached; whoever makes an address does not."""
    address = "bot/mailbox/direct_chats.py"
    written = [
        path.relative_to(ROOT).as_posix()
        for path in shipped()
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "dm:" in node.value
    ]
    assert written == [address]
    used = {
        path.relative_to(ROOT).as_posix()
        for path in shipped()
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "direct_chats.lane"
    }
    sends = {"bot/communities/tell.py"}
    carries = {"bot/mailbox/sending/outbox.py", "bot/mailbox/sending/delivery.py"}
    recognises = {"bot/meetups/reminders.py", "bot/privacy/privacy.py", "bot/dispatch/watch/upgrades.py"}
    assert used == sends | carries | recognises


def test_no_community_is_named_in_the_code() -> None:
    slugs = {path.stem for path in files("*.yaml", under="config/communities")}
    assert slugs
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in shipped()
        for node in nodes(path)
        if isinstance(node, ast.Constant) and node.value in slugs
    ]
    assert named == []


@pytest.mark.parametrize(
    ("name", "places"),
    [
        # sharing: for nio, which shows none; profile: our own
        ("displayname", {"bot/matrix/rooms.py", "bot/matrix/keys/room_keys/sharing.py", "bot/matrix/profile.py"}),
        ("m.room.canonical_alias", {"bot/matrix/rooms.py"}),
        ("m.room.name", {"bot/matrix/rooms.py", "bot/help/exchange/private_room.py"}),  # the second gives one
        ("m.room.topic", set()),
    ],
)
def test_names_that_people_give_come_in_at_one_place(name: str, places: set[str]) -> None:
    """There they are made harmless, so that nobody who repeats one can forget it."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in shipped()
        for node in nodes(path)
        if isinstance(node, ast.Constant) and node.value == name
    }
    assert readers == places


@pytest.mark.parametrize("name", ["display_name", "user_name", "named_room_name", "canonical_alias", "topic"])
def test_no_name_is_taken_from_an_object_of_nio(name: str) -> None:
    readers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files("*.py", under="bot/matrix")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr == name
    ]
    known = {"display_name": "bot/matrix/keys/store.py", "topic": "bot/matrix/requests.py"}  # a device's; our own
    assert {reader.partition(":")[0] for reader in readers} <= {known.get(name)}


def test_one_file_reads_the_clock() -> None:
    readings = [place for path in shipped() for place in clock_readings(path)]
    assert {place.partition(":")[0] for place in readings} <= {"bot/clock.py"}


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "dt = datetime.date.today()",
        "time.time()",
        "from time import time",
        "schedule(clock=time.time)",
    ],
)
def test_every_way_to_read_the_clock_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "late.py").write_text(line)
    assert clock_readings(tmp_path / "late.py") == ["late.py:1"]


def test_functions_are_short() -> None:
    median, ninetieth = figures.function_lengths()
    assert median <= 6
    assert ninetieth <= 14


def test_a_noun_is_announced_in_one_file() -> None:
    assert figures.most_announced() == 1


def test_no_desk_names_practice_sheets() -> None:
    """What others do with a noun, such as thanks or exports, it declares on its page and on its cards.

    Only what builds on it names it: of a team's trial comes a sheet.
    """
    built_on_it = ["bot/teams/sheet.py", "commands/equipe/later.py"]
    assert figures.beside("sheets", "fiche") == ["bot/nouns.py", *built_on_it]


def test_no_file_is_longer_than_one_idea() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_no_folder_has_more_files_than_one_looks_through() -> None:
    assert figures.crowded_folders(20) == {}


def test_nothing_is_left_open_or_silenced() -> None:
    silenced = [
        f"{path.relative_to(ROOT)}: {comment}"
        for path in files("*.py")
        if LEFT_OPEN.search(path.read_text(encoding="utf-8"))
        for comment in comments(path)
        if LEFT_OPEN.search(comment)
    ]
    assert silenced == []


def test_no_test_is_switched_off() -> None:
    off = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files("*.py", under="tests")
        if any(word in path.read_text(encoding="utf-8") for word in SWITCHED_OFF)
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in SWITCHED_OFF and _owner(node.value) in ("pytest", "mark")
    ]
    assert off == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_its_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert len(packages) > 20
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert [line for line in text.splitlines() if "://" in line or line.startswith(("-", "file:"))] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    assert [lock.name for lock in LOCKS] == ["requirements.txt", "synapse.txt"]
    locked = {name for lock in LOCKS for name in re.findall(r"^([\w.-]+)==", lock.read_text(), re.MULTILINE)}
    asked = [re.split(r"[\[<>=]", wish)[0] for wish in _dependencies()]
    assert [name for name in asked if name.lower() not in locked] == []


def _dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = project["dependency-groups"]
    wishes: list[str] = project["project"]["dependencies"]
    return wishes + [wish for group in groups.values() for wish in group]


def test_what_can_be_made_is_explained_to_contributors() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    explained = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert len(explained) > 8
    assert [name for name in explained if f"`make {name}" not in contributing] == []
