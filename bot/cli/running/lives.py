"""How the bot goes on when the database goes away: it waits, then begins anew in the same process."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.errors import StartRefused
from bot.process.waits import DATABASE, Waits
from bot.store import postgresql
from bot.store.engines import AWAY, SETTING, may_pass, reason_to_wait
from bot.store.lock import LockLost

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 1.0
STEADY = 30.0
"""Seconds of life after which the database counts as having been well."""


async def lives(
    live: Callable[[], Awaitable[None]], waits: Waits, *, rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Call `live` again whenever the database goes away, after a pause that grows.

    Raises StartRefused when the database has never let us in and says that it will not.
    """
    clock = asyncio.get_running_loop().time
    lived, pause = False, FIRST_PAUSE
    while True:
        began = clock()
        try:
            return await live()
        except (LockLost, DBAPIError, NoConnection) as error:
            waits.begin(DATABASE, _passing(error, lived=lived))
            lived = lived or isinstance(error, LockLost)
        pause = FIRST_PAUSE if clock() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
        await rest(pause)


def _passing(error: Exception, *, lived: bool) -> str:
    """The reason to wait for. Raises StartRefused, or the error itself, when it is none."""
    if not isinstance(error, DBAPIError):
        return AWAY
    said = postgresql.refusal(error)
    if said is None and not may_pass(error):
        raise error
    if said is not None and not lived:
        raise StartRefused(f"The database refuses Relais: {said.rstrip('.')}. See {SETTING}.")
    return f"the database refuses Relais ({said})" if said else reason_to_wait(error)
