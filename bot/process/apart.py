"""Has one task done by a process that ends with it: the bot carries neither its libraries nor its memory."""

import asyncio
import json
import logging
import os
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from typing import Any

logger = logging.getLogger(__name__)


class NotMade(Exception):
    """There is no result; the reason is in the log."""


async def made(
    command: Sequence[str], task: Mapping[str, Any], *, what: str, within: float, **environment: str
) -> bytes:
    """What the command writes when it reads the task as JSON. Raises NotMade.

    `what` it makes is for the log; `within` are the seconds that it may take. It runs in an empty folder of its own.
    """
    with tempfile.TemporaryDirectory(prefix=f"relais-{what}-") as folder:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=folder, env=_environment(folder) | environment
        )
        try:
            async with asyncio.timeout(within):
                result, complaint = await process.communicate(json.dumps(task).encode())
        except TimeoutError:
            logger.warning("a %s was not made within %.0f s", what, within)
            raise NotMade from None
        finally:
            await _end(process)
    if process.returncode != 0 or not result:
        reason = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("a %s could not be made (exit code %s): %.200s", what, process.returncode, reason)
        raise NotMade
    return result


def _environment(folder: str) -> dict[str, str]:
    """Ours without any setting, for those hold secrets; what is at home for the command is the folder."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    return ours | {"HOME": folder, "MPLCONFIGDIR": folder}


async def _end(process: Process) -> None:
    """Leave no process behind, also when the bot is stopped meanwhile."""
    if process.returncode is None:
        process.kill()
        await process.wait()
