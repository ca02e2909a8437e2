"""What is logged tells where something failed, never what somebody wrote."""

import asyncio
import io
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import create_engine, text

from bot.cli.running import logs
from bot.cli.running.tracebacks import formatted
from bot.errors import Refused


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


FLOWER = "rhodo" + "dendron"


def misread() -> None:
    try:
        int(FLOWER)
    except ValueError as error:
        raise RuntimeError(FLOWER) from error


def unheard() -> None:
    try:
        {"": 0}[FLOWER]
    except KeyError:
        misread()


def refused() -> None:
    raise Refused(403, "M_FORBIDDEN", FLOWER)


def unfound() -> None:
    sqlite3.connect(":memory:").execute(f"SELECT {FLOWER}")


def unwritten() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text(f"SELECT {FLOWER}"))


def taken() -> None:
    raise psycopg.errors.UniqueViolation(f"duplicate key value\nDETAIL:  Key (person)=({FLOWER}) already exists.")


def several() -> None:
    raise ExceptionGroup(FLOWER, [OSError(28, FLOWER), ValueError(FLOWER)])


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (misread, ["ValueError", "RuntimeError", "in misread"]),
        (unheard, ["KeyError", "ValueError", "RuntimeError"]),
        (refused, ["bot.errors.Refused (403 M_FORBIDDEN)"]),
        (unfound, ["sqlite3.OperationalError (SQLITE_ERROR)"]),
        (unwritten, ["sqlalchemy.exc.OperationalError (SQLITE_ERROR)"]),
        (taken, ["psycopg.errors.UniqueViolation (23505)"]),
        (several, ["ExceptionGroup", "OSError (ENOSPC)", "ValueError"]),
    ],
)
def test_an_error_is_named_with_its_code_and_never_in_words_that_may_be_somebody_s(
    fails: Callable[[], None], said: list[str]
) -> None:
    written = ""
    try:
        fails()
    except Exception as error:
        written = formatted(error)
    assert FLOWER not in written
    assert all(words in written for words in said), written


async def test_a_task_that_nobody_waits_for_fails_without_its_words(
    root: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    logs.set_up()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.unhandled)
    loop.call_exception_handler({"message": "Task exception was never retrieved", "exception": ValueError(FLOWER)})
    assert "never retrieved" in stderr.getvalue()
    assert "ValueError" in stderr.getvalue()
    assert FLOWER not in stderr.getvalue()


def test_complaints_with_references_of_their_own_are_all_written() -> None:
    once = logs.OncePerMinute()
    records = [
        logging.LogRecord("bot", logging.ERROR, __file__, 1, "failed, reference %s", (reference,), None)
        for reference in ("AB-CDE", "FG-HIJ", "AB-CDE")
    ]
    assert [once.filter(record) for record in records] == [True, True, False]


def test_what_is_no_complaint_is_always_written() -> None:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "ready", (), None)
    once = logs.OncePerMinute()
    assert [once.filter(record), once.filter(record)] == [True, True]
