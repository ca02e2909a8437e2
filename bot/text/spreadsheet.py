"""Tables as files that a spreadsheet opens without running anything of what people wrote in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence


def written(rows: Iterable[Sequence[object]], *, separator: str = ",", end: str = "\n") -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would read as a formula."""
    return f"'{cell}" if re.match(r"'*[=+\-@\t\r]", cell) else cell
