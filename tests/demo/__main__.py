"""`python -m tests.demo [--play-only]`: the play, then the rooms stay open for whoever wants to join."""

import argparse
import asyncio
import signal
import sys

from tests.demo import stage as stages
from tests.demo.scenes import PLAY
from tests.demo.screen import Screen
from tests.demo.stage import Stage
from tests.servers.process import DidNotStart


def main() -> int:
    """Exit code 0 only if every expected answer arrived."""
    parser = argparse.ArgumentParser(prog="tests.demo", description="People talk to Relais on a real homeserver.")
    parser.add_argument("--play-only", action="store_true", help="end after the conversation")
    wishes = parser.parse_args()
    try:
        return asyncio.run(_show(play_only=wishes.play_only))
    except DidNotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


async def _show(*, play_only: bool) -> int:
    screen = Screen()
    screen.title("Relais, a chat bot for communities of practice, on a homeserver of its own")
    async with stages.raised(screen) as stage:
        for scene in PLAY:
            screen.title((scene.__doc__ or "").strip())
            await scene(stage)
        _sum_up(stage)
        if not play_only:
            await _stay_open(stage)
    return 1 if stage.missing else 0


def _sum_up(stage: Stage) -> None:
    stage.screen.title("In the end")
    if not stage.missing:
        stage.screen.good(f"all {stage.answers} expected answers arrived, each once")
        return
    for what in stage.missing:
        stage.screen.bad(what)


async def _stay_open(stage: Stage) -> None:
    account = await stages.guest(stage)
    stage.screen.title("Join them with Element (desktop, or any Matrix client that may use an address without https)")
    for what, value in (
        ("homeserver", stage.synapse.url),
        ("user", account.user_id),
        ("password", account.password),
    ):
        stage.screen.fact(what, value)
    stage.screen.note("Accept the invitations and write !aide. Ctrl-C ends everything that was started.")
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
