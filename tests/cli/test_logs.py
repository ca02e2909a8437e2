"""What is logged tells where something failed, never what somebody wrote."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.cli import logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def root() -> Iterator[None]:
    logger = logging.getLogger()
    handlers, level = logger.handlers[:], logger.level
    yield
    logger.handlers[:], logger.level = handlers, level


@pytest.mark.parametrize("stderr", [Terminal(), io.StringIO()])
def test_an_error_is_logged_without_what_was_being_handled(
    root: None, monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO
) -> None:
    monkeypatch.setattr(sys, "stderr", stderr)
    logs.set_up()
    try:
        _handle("rhodo" + "dendron")
    except ZeroDivisionError as error:
        logging.getLogger("bot").error("handling failed", exc_info=error)
    assert "ZeroDivisionError" in stderr.getvalue()
    assert "rhododendron" not in stderr.getvalue()


def _handle(text: str) -> float:
    return len(text) / 0
