"""How the process tells what it does: one line an event, for people on a terminal, as JSON elsewhere."""

import asyncio
import logging
import sys
from collections import Counter
from typing import Any

import structlog
from structlog.typing import ExcInfo

from bot.cli.tracebacks import told

logger = logging.getLogger(__name__)

MINUTE = 60.0
KINDS = 1000
"""Complaints that are remembered before those of more than a minute ago are forgotten."""

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
    # Of what is malformed nio logs all that stands in it: who sent it, and what it says.
    logging.getLogger("nio").setLevel(logging.CRITICAL + 1)


class OncePerMinute(logging.Filter):
    """The same complaint is written once a minute; the next time it says how often it came meanwhile.

    A complaint with a reference of its own is never the same as another.
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
        """What was complained of once is not remembered for ever."""
        if len(self._last) >= KINDS:
            self._last = {kind: at for kind, at in self._last.items() if now - at < MINUTE or kind in self._more}


def _traceback(exc_info: ExcInfo) -> str:
    return told(exc_info[1])


def unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For the event loop: its own way shows the task, and with it what its error says."""
    logger.error("%s", context["message"], exc_info=context.get("exception"))
