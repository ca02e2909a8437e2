"""Has a chart drawn by another process, which ends with it (`drawing`)."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.process import apart

WITHIN = 20.0
"""Seconds that a picture may take; one takes about two."""
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("drawing.py")))


async def draw(chart: Mapping[str, Any], *, command: Sequence[str] = COMMAND, within: float = WITHIN) -> bytes:
    """The PNG of a chart (`Chart.kept`). Raises NotMade.

    Matplotlib reads no font but its own: a system may have thousands, or none.
    """
    alone = {"MPLBACKEND": "agg", "MPL_IGNORE_SYSTEM_FONTS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return await apart.made(command, chart, what="picture", within=within, **alone)
