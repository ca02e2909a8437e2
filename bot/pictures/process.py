"""Has a chart drawn by another process, which ends with it (`drawing`)."""

import asyncio
import json
import logging
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

WITHIN = 20.0
"""Seconds that a picture may take; one takes about two."""
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("drawing.py")))


class NotDrawn(Exception):
    """There is no picture; the reason is in the log."""


async def draw(chart: Mapping[str, Any], *, command: Sequence[str] = COMMAND, within: float = WITHIN) -> bytes:
    """The PNG of a chart (`Chart.kept`). Raises NotDrawn."""
    with tempfile.TemporaryDirectory(prefix="relais-picture-") as folder:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=folder, env=_environment(folder)
        )
        try:
            async with asyncio.timeout(within):
                drawn, complaint = await process.communicate(json.dumps(chart).encode())
        except TimeoutError:
            logger.warning("a picture was not drawn within %.0f s", within)
            raise NotDrawn from None
        finally:
            await _end(process)
    if process.returncode != 0 or not drawn:
        reason = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("a picture could not be drawn (exit code %s): %.200s", process.returncode, reason)
        raise NotDrawn
    return drawn


def _environment(folder: str) -> dict[str, str]:
    """Ours without any setting, for those hold secrets.

    Matplotlib writes only into the folder, and reads no font but its own: a system may have thousands, or none.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    own = {"HOME": folder, "MPLCONFIGDIR": folder, "MPLBACKEND": "agg", "MPL_IGNORE_SYSTEM_FONTS": "1"}
    return ours | own | {"OPENBLAS_NUM_THREADS": "1"}


async def _end(process: Process) -> None:
    """Leave no process behind, also when the bot is stopped meanwhile."""
    if process.returncode is None:
        process.kill()
        await process.wait()
