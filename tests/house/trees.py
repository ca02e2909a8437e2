"""The code as trees, read and walked once for all that is asked of it."""

import ast
from functools import cache
from pathlib import Path


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a Python file."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


def forget() -> None:
    """Give back what they take: hundreds of megabytes."""
    nodes.cache_clear()
