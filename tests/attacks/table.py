"""The table of attacks, made from the tests themselves."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])
_ROW = "__attack__"


@dataclass(frozen=True, slots=True)
class Attack:
    """One row: `a stranger` · `forges the key of a room of ours` · `the bot opens a room of its own`."""

    who: str
    tries: str
    instead: str


def attack(*, who: str, tries: str, instead: str) -> Callable[[Test], Test]:
    """Declare that a test is an attack, in words that go on from one another: who, tries, instead."""

    def declare(test: Test) -> Test:
        setattr(test, _ROW, Attack(who, tries, instead))
        return test

    return declare


def rows(package: str = "tests.attacks") -> Iterator[tuple[ModuleType, str, Attack | None]]:
    """Every test of the folder with its row, None for one that declares none; module by module."""
    folder = importlib.import_module(package)
    for info in pkgutil.iter_modules(folder.__path__, f"{package}."):
        if not info.name.rpartition(".")[2].startswith("test_"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if name.startswith("test_") and callable(value):
                yield module, name, getattr(value, _ROW, None)
