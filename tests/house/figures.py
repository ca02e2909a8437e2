"""Figures that are read from the code alone."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.house.trees import nodes

ROOT = Path(__file__).parents[2]
SHIPPED = ("bot", "commands")
HANDLED = ("bot/dispatch/menu", "bot/dispatch/answer")
"""Where commands find what they declare with."""


def files(*folders: str) -> list[Path]:
    """The Python files of folders of the project, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def lines(*folders: str) -> int:
    """How many lines the Python files of these folders have."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files(*folders))


def function_lengths() -> tuple[int, int]:
    """The median and the ninetieth percentile of the lines of a function, from `def` to its end."""
    found = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in files(*SHIPPED)
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return round(statistics.median(found)), found[len(found) * 9 // 10]


def untyped_handlers() -> list[str]:
    """Where the command API says `Callable[..., …]`: a handler whose parameters nobody checks."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files(*HANDLED)
        for node in nodes(path)
        if isinstance(node, ast.Subscript) and ast.unparse(node).startswith("Callable[...")
    ]


def crowded_folders(limit: int) -> dict[str, int]:
    """The folders with more files than one looks through at once."""
    folders: dict[str, int] = {}
    for path in files(*SHIPPED):
        if path.name != "__init__.py" and "versions" not in path.parts:
            name = path.parent.relative_to(ROOT).as_posix()
            folders[name] = folders.get(name, 0) + 1
    return {name: count for name, count in folders.items() if count > limit}


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """What a file imports `from` where: pairs of module and name."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.module, name.name) for name in node.names)


def folder(path: Path) -> str:
    """The noun in whose folder a file is, empty for others."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "bot" and len(parts) > 2 else ""


def strangers() -> list[str]:
    """Where a table is imported from outside the folder of its noun."""
    return [
        f"{path.relative_to(ROOT)}: {module}.{name}"
        for path in files(*SHIPPED)
        for module, name in imports(path)
        if module.startswith("bot.") and module.endswith(".tables") and module.split(".")[1] != folder(path)
    ]


def most_announced() -> int:
    """In how many files of `bot/` a noun's page is imported, outside its own folder: of all nouns the most."""
    found: dict[str, set[Path]] = {}
    for path in files("bot"):
        for module, _name in imports(path):
            noun, _dot, page = module.removeprefix("bot.").partition(".")
            if page == "noun" and noun != folder(path):
                found.setdefault(noun, set()).add(path)
    return max(map(len, found.values()))


def beside(noun: str, word: str) -> list[str]:
    """The files that name a noun outside its folder and its commands, in `commands/<word>/`."""
    own = (f"bot/{noun}/", f"commands/{word}/")
    named = tuple(place.rstrip("/").replace("/", ".") for place in own)
    found = {path.relative_to(ROOT).as_posix(): {module for module, _name in imports(path)} for path in files(*SHIPPED)}
    return [
        path
        for path, modules in found.items()
        if not path.startswith(own) and any(f"{module}.".startswith(f"{one}.") for module in modules for one in named)
    ]
