"""A task that is to end does."""

import asyncio

import pytest

from bot.process import ending


async def test_a_task_that_takes_the_first_cancellation_for_another_error_ends_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As one whose database driver raises its own error while it is cancelled."""
    monkeypatch.setattr(ending, "AGAIN_AFTER", 0.0)
    cancelled = 0

    async def goes_on() -> None:
        nonlocal cancelled
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled += 1
                if cancelled == 2:
                    raise

    task = asyncio.create_task(goes_on())
    await asyncio.sleep(0)
    await ending.end([task])
    assert (task.cancelled(), cancelled) == (True, 2)
