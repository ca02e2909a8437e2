"""Whether the bot goes on: what it hears is handled, and the homeserver is asked for more."""

import time
from collections.abc import Callable

from bot.metrics import REGISTRY

HUNG = 300.0
"""Seconds of no progress after which the process is to be replaced: longer than any request or handling may take."""


class Progress:
    """`healthy`: whether the last sync succeeded; `age`: seconds since then; `at_work`: rooms that are in hand.

    While the homeserver is away nothing goes on, and nobody would be helped by another process.
    """

    def __init__(
        self,
        healthy: Callable[[], bool],
        age: Callable[[], float],
        at_work: Callable[[], int],
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._healthy = healthy
        self._age = age
        self._at_work = at_work
        self._seconds = seconds
        self._handled = 0.0
        self._moved_at = seconds()

    @property
    def goes_on(self) -> bool:
        """To be asked every few seconds."""
        handled = REGISTRY.get_sample_value("relais_handling_seconds_count") or 0.0
        if handled != self._handled or not self._at_work() or not self._healthy():
            self._handled, self._moved_at = handled, self._seconds()
        hung = self._healthy() and self._age() > HUNG
        return not hung and self._seconds() - self._moved_at < HUNG
