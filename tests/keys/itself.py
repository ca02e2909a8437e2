"""Tests that prove themselves: the same body must fail on nio as it comes."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.keys.rooms import World

Body = Callable[[World, bool], Awaitable[None]]
Test = Callable[[World, bool], Awaitable[None]]


def fails_on_stock(how: type[BaseException], within: float = 120.0) -> Callable[[Body], Test]:
    """Runs the body with our device, and with nio's own, where it must end with that exception."""

    def decorate(body: Body) -> Test:
        @pytest.mark.parametrize("ours", [True, False], ids=["ours", "stock-fails"])
        async def test(world: World, ours: bool) -> None:
            if ours:
                await body(world, ours)
                return
            with pytest.raises(how):
                async with asyncio.timeout(within):
                    await body(world, ours)

        test.__doc__ = body.__doc__
        return test

    return decorate
