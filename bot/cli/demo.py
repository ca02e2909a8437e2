"""`relais demo`: runs the demonstration of the checkout from which this program runs."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import StartRefused

CHECKOUT = Path(__file__).parents[2]

PlayOnlyOption = Annotated[bool, typer.Option("--play-only", help="Stop after the conversation.")]


def demo(play_only: PlayOnlyOption = False) -> None:
    """Show people talking to the bot, on a real homeserver."""
    if not (CHECKOUT / "tests" / "demo").is_dir() and not (CHECKOUT / "tests" / "demo.py").is_file():
        raise StartRefused(
            "The demonstration is not part of the installed program: get the sources of Relais "
            "(git clone, or the source archive of this version) and run `make demo` there."
        )
    command = [sys.executable, "-m", "tests.demo", *["--play-only"] * play_only]
    raise typer.Exit(_run(command))


def _run(command: list[str]) -> int:
    with subprocess.Popen(command, cwd=CHECKOUT) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue  # The child has received Ctrl-C too, and ends what it started.
