"""`python -m tests.lifecycles`: writes the page of all state machines from their tables."""

from pathlib import Path
from typing import Any

import bot
from bot import nouns
from bot.lifecycle import Lifecycle

PAGE = Path(bot.__file__).with_name("lifecycles.md")
HEAD = """# Lifecycles

How things go from one status to another, who moves them, and what may be in the way. What has no arrow is refused.
Each diagram is printed from its table: after a change, `python -m tests.lifecycles` writes this page anew.
"""


def found() -> list[Lifecycle[Any, Any, Any]]:
    """Those that the nouns name on their pages, by what they are about."""
    return sorted((one for noun in nouns.NOUNS for one in noun.lifecycles), key=lambda one: one.noun)


def page() -> str:
    """The page as it should be."""
    diagrams = [f"\n## {one.noun.capitalize()}\n\n```mermaid\n{one.diagram()}\n```\n" for one in found()]
    return HEAD + "".join(diagrams)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
