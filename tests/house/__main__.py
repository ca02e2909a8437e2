"""`python -m tests.house`: how the house is kept, as a table."""

import asyncio
import sys

from bot import nouns
from tests.house import figures
from tests.house.lived import counts


def main() -> None:
    """Print each figure with what it should be."""
    found = asyncio.run(counts())
    median, ninetieth = figures.function_lengths()
    rows = [
        ("files that a noun is announced in, outside its folder and its commands", figures.most_announced(), "1"),
        ("files that name practice sheets outside their folders", len(figures.beside("sheets", "fiche")), "1"),
        ("places that import a table from outside its noun", len(figures.strangers()), "0"),
        ("!doc: Menu.read / addressed / fold", f"{found.read} / {found.addressed} / {found.fold}", "1 / 1 / ≤ 8"),
        (
            "✅ on an offer: statements of the answer / until all is kept",
            f"{found.yes_answering} / {found.yes}",
            "≤ 35",
        ),
        ("erasing somebody who has used all there is: statements", found.erasure, "one mechanism"),
        ("Callable[..., …] in what commands declare", len(figures.untyped_handlers()), "0"),
        ("lines of a function: median / ninth decile", f"{median} / {ninetieth}", "6 / 14"),
        ("lines of bot/ and commands/", figures.lines("bot", "commands"), "fewer"),
        ("nouns", len(nouns.NOUNS), ""),
        ("folders with more than 20 files", ", ".join(figures.crowded_folders(20)) or "none", "none"),
    ]
    width = max(len(name) for name, _value, _goal in rows)
    sys.stdout.writelines(f"{name:{width}}  {value!s:>12}  {goal}".rstrip() + "\n" for name, value, goal in rows)


if __name__ == "__main__":
    main()
