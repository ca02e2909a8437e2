"""Ends tasks for certain."""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_AFTER = 0.5
"""Seconds after which a task that goes on is cancelled again."""


async def end(tasks: Iterable["asyncio.Future[Any]"]) -> None:
    """Cancel tasks until all have ended.

    Once is not enough: who waits for a database that goes away at that moment may get the database's error instead of
    the cancellation, and tries again.
    """
    left = ours = set(tasks)
    while left := {task for task in left if not task.done()}:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=AGAIN_AFTER)
    await asyncio.gather(*ours, return_exceptions=True)  # whoever wanted their errors has them
