"""Has a document printed by another process, which ends with it (`pdf`)."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.process import apart

WITHIN = 30.0
"""Seconds that a print may take; one takes about two."""
ROOT = Path(__file__).parents[2]
COMMAND = (
    sys.executable,
    "-I",
    "-c",
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bot.documents.pdf import main; main()",
)


async def printed(document: Mapping[str, Any], *, command: Sequence[str] = COMMAND, within: float = WITHIN) -> bytes:
    """The PDF of a document (`Document.kept`). Raises NotMade."""
    return await apart.made(command, document, what="print", within=within)
