"""What the demonstration shows: who says what in which room, and what is being waited for."""

import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 100
_NAME = 8
_BOLD, _FAINT, _BLUE, _GREEN, _RED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[32m", "\x1b[31m", "\x1b[0m"


class Screen:
    """Prints as things happen. Colours and moving lines only on a terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stdout.isatty()
        self._room = ""

    def title(self, text: str) -> None:
        """A new scene."""
        self._room = ""
        self._print(f"\n{self._in(_BOLD, text)}")

    def note(self, text: str) -> None:
        """What a spectator should know."""
        for line in textwrap.wrap(text, WIDTH - 2):
            self._print(f"  {self._in(_FAINT, line)}")

    def said(self, room: str, name: str, text: str) -> None:
        """Somebody's message, under the name of its room."""
        if room != self._room:
            self._print(f"\n  {self._in(_BLUE, f'# {room}')}")
            self._room = room
        for number, line in enumerate(text.split("\n")):
            self._line(name if number == 0 else "", line)

    def _line(self, name: str, text: str) -> None:
        lead = f"  {self._in(_BOLD, f'{name:>{_NAME}}')} │ "
        for part in textwrap.wrap(text, WIDTH - _NAME - 6, break_long_words=False, break_on_hyphens=False) or [""]:
            self._print(lead + part)
            lead = f"  {'':>{_NAME}} │ "

    def good(self, text: str) -> None:
        self._print(f"  {self._in(_GREEN, '✓')} {text}")

    def bad(self, text: str) -> None:
        self._print(f"  {self._in(_RED, '✗')} {text}")

    def progress(self, text: str) -> None:
        """A line that the next one replaces; elsewhere than on a terminal it is left out."""
        if self._terminal:
            _write(f"\r\x1b[K  {self._in(_FAINT, text)}")

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Something that takes a few seconds."""
        began = time.monotonic()
        self.progress(f"{what} …")
        if not self._terminal:
            _write(f"  {what} …\n")
        yield
        self._print(f"  {what}: ready after {time.monotonic() - began:.0f} s")

    def fact(self, name: str, value: str) -> None:
        """Something to be copied."""
        self._print(f"  {name:>12}  {self._in(_BOLD, value)}")

    def _print(self, text: str) -> None:
        """Over what `progress` left on the line."""
        _write(f"\r\x1b[K{text}\n" if self._terminal else f"{text}\n")

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._terminal else text


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
