"""`python -m tests.lifecycles`: writes the page of all state machines from their tables."""

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import bot
from bot.lifecycle import Lifecycle

PAGE = Path(bot.__file__).with_name("lifecycles.md")
HEAD = """# Lifecycles

How things go from one status to another, who moves them, and what may be in the way. What has no arrow is refused.
Each diagram is printed from its table: after a change, `python -m tests.lifecycles` writes this page anew.
"""


def found() -> list[Lifecycle[Any, Any, Any]]:
    """Every table in the rules of a noun, by name."""
    modules = [name for _finder, name, _is_folder in pkgutil.walk_packages(bot.__path__, "bot.") if ".rules." in name]
    values = [value for name in modules for value in vars(importlib.import_module(name)).values()]
    return sorted({id(one): one for one in values if isinstance(one, Lifecycle)}.values(), key=lambda one: one.noun)


def page() -> str:
    """The page as it should be."""
    diagrams = [f"\n## {one.noun.capitalize()}\n\n```mermaid\n{one.diagram()}\n```\n" for one in found()]
    return HEAD + "".join(diagrams)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
