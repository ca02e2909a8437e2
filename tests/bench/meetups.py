"""Thousands of reminders due the same minute: how late the last one is, and whether others wait for it.

`python -m tests.bench.meetups [number]`, 10,000 by default.
"""

import asyncio
import os
import sys

from tests.meetups_soak import Burst, due_the_same_minute, in_a_new_chat

DUE = 10_000
SLOWER = 2.0
"""A command in another room is answered within so many times its usual time."""


def _say(burst: Burst, due: int) -> None:
    sys.stdout.write(
        f"{due} reminders due the same minute, no limit of rate: {burst.sent} sent, "
        f"lateness p50 {burst.p50:.1f} s, p99 {burst.p99:.1f} s (load {os.getloadavg()[0]:.1f})\n"
        f"a command in another room: {burst.usual * 1000:.0f} ms, meanwhile {burst.meanwhile * 1000:.0f} ms "
        f"({burst.meanwhile / burst.usual:.1f} times as long, at most {SLOWER:.0f})\n"
    )


def main() -> int:
    """Exit code 0 when all were sent and nobody else waited."""
    due = int(sys.argv[1]) if len(sys.argv) > 1 else DUE
    burst = asyncio.run(in_a_new_chat(lambda chat: due_the_same_minute(chat, due)))
    _say(burst, due)
    return 0 if burst.sent == due and burst.meanwhile <= SLOWER * burst.usual else 1


if __name__ == "__main__":
    sys.exit(main())
