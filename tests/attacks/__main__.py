"""`python -m tests.attacks`: the table of attacks."""

import sys
import textwrap

from tests.attacks.table import rows

WIDTHS = (26, 50, 50)


def main() -> None:
    count = 0
    for module, _name, row in rows():
        if row is None:
            continue
        count += 1
        kind = module.__name__.rpartition("test_")[2].replace("_", " ")
        _line(f"{count}. {row.who}", row.tries, row.instead, kind)
    sys.stdout.write(f"\n{count} attacks\n")


def _line(who: str, tries: str, instead: str, kind: str) -> None:
    columns = [textwrap.wrap(text, width) for text, width in zip((who, tries, instead), WIDTHS, strict=True)]
    for index in range(max(map(len, columns))):
        cells = [column[index] if index < len(column) else "" for column in columns]
        padded = "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
        sys.stdout.write(f"{padded}  {kind if index == 0 else ''}".rstrip() + "\n")


if __name__ == "__main__":
    main()
