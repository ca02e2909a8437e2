"""Every pattern of the program and how it is asked, and texts that a slow one would be slow on."""

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from types import ModuleType

import bot
import commands
from bot.dispatch.answer.budget import bounded
from bot.errors import OverBudget
from tests.house.trees import forget, nodes

LONGEST = 1_000
"""Characters of a hostile text: a quadratic pattern takes a hundred times as long as it need."""
FLOOR = 0.0005
"""Seconds for so many below which nothing grows."""
HOPELESS = 0.1
"""Seconds of the processor after which one is not waited for."""
TRIES = 3
MOST = 3.0
"""Twice the text may take this many times as long: a linear pattern takes two, a quadratic one four."""
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")
WORD = "aa"
"""What is put into a pattern when it is used."""
_ANYWHERE = "search"
"""For a pattern that nobody is seen to ask: the way that looks everywhere."""
_LITERAL = re.compile(r"[^\W\d_]+|\d+|[^\w\s\\()\[\]{}|?*+^$]")
_ESCAPES = re.compile(r"\\.|\(\?<?[:=!]|\(\?P<\w+>|\[[^\]]*\]|\{[^}]*\}")


@dataclass(frozen=True)
class Asked:
    """A pattern, where it is, and the method by which it is asked."""

    where: str
    pattern: re.Pattern[str]
    method: str

    def run(self, text: str) -> None:
        if self.method in ("match", "fullmatch", "search"):
            getattr(self.pattern, self.method)(text)
        else:
            for _found in self.pattern.finditer(text):
                pass


@cache
def everything() -> list[Asked]:
    """Patterns kept by a module, in whatever it keeps, and those written where they are used."""
    read = {module: nodes(Path(inspect.getfile(module))) for module in modules()}
    uses = {module: _uses(within) for module, within in read.items()}
    found = [one for module, within in read.items() for one in _inline(module, within)]
    for module in read:
        found += _kept(module, uses)
    forget()  # what is measured next would count the collector's way through all that
    return list({(one.pattern, one.method): one for one in found}.values())


def modules() -> list[ModuleType]:
    found = [
        info.name for root in (bot, commands) for info in pkgutil.walk_packages(root.__path__, f"{root.__name__}.")
    ]
    names = [name for name in found if not name.endswith("__main__") and ".migrations" not in name]
    return [importlib.import_module(name) for name in names]


def _uses(within: Iterable[ast.AST]) -> set[tuple[str, str]]:
    """`NAME.method(…)`, and `NAME.method` passed on."""
    return {
        (node.value.id, node.attr)
        for node in within
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS
    }


def _kept(module: ModuleType, uses: dict[ModuleType, set[tuple[str, str]]]) -> Iterator[Asked]:
    """A name with an underscore is asked in its own module only."""
    for name, value in vars(module).items():
        asking = uses[module] if name.startswith("_") else set().union(*uses.values())
        for pattern, method in _within(value):
            methods = {method} if method else {method for asked, method in asking if asked == name} or {_ANYWHERE}
            yield from (Asked(f"{module.__name__}.{name}", pattern, method) for method in sorted(methods))


def _within(value: object) -> Iterator[tuple[re.Pattern[str], str]]:
    owner = getattr(value, "__self__", None)
    if isinstance(value, re.Pattern):
        yield value, ""
    elif isinstance(owner, re.Pattern):
        yield owner, str(getattr(value, "__name__", _ANYWHERE))
    elif isinstance(value, dict):
        yield from (found for part in value.values() for found in _within(part))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (found for part in value for found in _within(part))


def _inline(module: ModuleType, within: Sequence[ast.AST]) -> Iterator[Asked]:
    """`re.sub("…", …)` and `re.compile(f"…")` in a function; what is put into a pattern is a word."""
    if not any(_is_of_re(node) for node in within):
        return
    functions = [node for node in within if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]
    for node in (node for function in functions for node in ast.walk(function) if _is_of_re(node)):
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Attribute)
        method = node.func.attr if node.func.attr in METHODS else _ANYWHERE
        flags = re.IGNORECASE if "IGNORECASE" in ast.dump(node) else 0
        for text in _texts(node.args[0], module):
            yield Asked(f"{module.__name__}:{node.lineno}", re.compile(text, flags), method)


def _is_of_re(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    if not (isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"):
        return False
    return called.attr in (*METHODS, "compile")


def _texts(node: ast.expr, module: ModuleType) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, module), *_texts(node.orelse, module)]
    if isinstance(node, ast.BinOp):
        return [left + right for left in _texts(node.left, module) for right in _texts(node.right, module)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(_part(part, module) for part in node.values)]
    if isinstance(node, ast.Call):
        return [WORD]
    assert isinstance(node, ast.Name), f"a pattern in {module.__name__} that cannot be read: {ast.unparse(node)}"
    return [str(getattr(module, node.id))]


def _part(part: ast.expr, module: ModuleType) -> str:
    """A piece of an f-string: itself, a text that the module keeps, else a word."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    named = part.value.id if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name) else ""
    kept = getattr(module, named, None)
    return kept if isinstance(kept, str) else WORD


# ── hostile texts ─────────────────────────────────────────────────────────────────────────────────────────

UNITS = (
    *(
        " ",
        "\n",
        "a",
        "1",
        ".",
        ",",
        "-",
        "'",
        '"',
        "«",
        "“",
        "(",
        "@",
        "!",
        "?",
        ":",
        "/",
        "_",
        "\u00a0",
        "\u200b",
        "é",
    ),
    *(
        "a ",
        "1 ",
        "a.",
        "1.",
        "a-",
        "1-",
        "1,",
        "1/",
        "@a",
        "@a:",
        "« a",
        "“a”",
        "http://a",
        "a/",
        ", ",
        "\na",
        "1h",
        "a1",
    ),
)
OPENED, WITHIN = ('"', "«", "“", "("), (" ", "\n", "a", "1", "a ")
"""What is opened and never closed, and what may stand in it."""
END = "\x01"
"""What no pattern wants, so that each must try all that it can."""
MOST_LITERALS = 8


def shapes(pattern: re.Pattern[str]) -> Iterator[str]:
    """A beginning, and something again and again: of what people write, and of what the pattern itself names."""
    own = literals(pattern)
    units = dict.fromkeys([*UNITS, *own, *(f"{word} " for word in own), *(f"{word}1" for word in own)])
    yield from (f"{start}\0{unit}" for start in ("", *own[:1]) for unit in units)
    yield from (f"{start}\0{unit}" for start in OPENED for unit in WITHIN)


def text(shape: str, size: int) -> str:
    start, _zero, unit = shape.partition("\0")
    return start + unit * (size // len(unit)) + END


def literals(pattern: re.Pattern[str]) -> list[str]:
    found = dict.fromkeys(_LITERAL.findall(_ESCAPES.sub(" ", pattern.pattern)))
    words = list(found)
    return words[:: max(1, len(words) // MOST_LITERALS)][:MOST_LITERALS]


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────


def growth(run: Callable[[str], object], shape: str, *, longest: int = LONGEST, floor: float = FLOOR) -> float:
    """How many times as long twice the text takes: 0 when it takes no time to speak of."""
    once = spent(run, text(shape, longest))
    if once < floor or once == inf:
        return 0.0 if once < floor else inf
    ratio = inf
    for _try in range(TRIES):
        ratio = min(ratio, _ratio(run, shape, longest))
        if ratio < MOST:
            break
    return ratio


def _ratio(run: Callable[[str], object], shape: str, size: int) -> float:
    twice = spent(run, text(shape, 2 * size))
    return inf if twice == inf else twice / spent(run, text(shape, size))


def spent(run: Callable[[str], object], on: str) -> float:
    began = time.thread_time()
    try:
        with bounded(HOPELESS):
            run(on)
    except OverBudget:
        return inf
    return time.thread_time() - began
