"""Keeps the garbage collector away from what stays until the process ends: modules, and the index of resources."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect nothing in the block, and never look at what it made: it stays.

    Each collection walks all objects that there are, and a start makes hundreds of thousands: a third of its time.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if on:
            gc.enable()
