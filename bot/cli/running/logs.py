"""Logging: one line for each event, for people on a terminal, as JSON elsewhere."""

import asyncio
import logging
import sys
from collections import Counter
from typing import Any

import structlog
from structlog.typing import ExcInfo

from bot.cli.running.tracebacks import formatted

logger = logging.getLogger(__name__)

MINUTE = 60.0
KINDS = 1000
"""Kinds of complaints that are remembered before those of more than a minute ago are forgotten."""

SHARED = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def set_up(level: int = logging.INFO) -> None:
    """Log to standard error."""
    terminal = sys.stderr.isatty()
    last = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*SHARED],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_traceback),
            last,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(OncePerMinute())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("apscheduler", "alembic", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # nio logs malformed events whole: their sender and their text.
    logging.getLogger("nio").setLevel(logging.CRITICAL + 1)


class OncePerMinute(logging.Filter):
    """Writes the same complaint once a minute; the next one says how often it came meanwhile.

    Complaints with different references are different.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, str], float] = {}
        self._more: Counter[tuple[str, str]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        kind = (record.name, record.getMessage())
        if record.created - self._last.get(kind, 0) < MINUTE:
            self._more[kind] += 1
            return False
        if more := self._more.pop(kind, 0):
            record.msg, record.args = f"{kind[1]} (and {more} more since)", ()
        self._forget(record.created)
        self._last[kind] = record.created
        return True

    def _forget(self, now: float) -> None:
        """Forget complaints of more than a minute ago when there are too many."""
        if len(self._last) >= KINDS:
            self._last = {kind: at for kind, at in self._last.items() if now - at < MINUTE or kind in self._more}


def _traceback(exc_info: ExcInfo) -> str:
    return formatted(exc_info[1])


def unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The event loop's exception handler: the default one would log the task, and with it the error's text."""
    logger.error("%s", context["message"], exc_info=context.get("exception"))
