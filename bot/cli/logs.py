"""How the process tells what it does: one line an event, for people on a terminal, as JSON elsewhere."""

import asyncio
import logging
import sys
from typing import Any

import structlog
from structlog.typing import ExcInfo

from bot.cli.tracebacks import told

logger = logging.getLogger(__name__)

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
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("apscheduler", "alembic", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # Of what is malformed nio logs all that stands in it: who sent it, and what it says.
    logging.getLogger("nio").setLevel(logging.CRITICAL + 1)


def _traceback(exc_info: ExcInfo) -> str:
    return told(exc_info[1])


def unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For the event loop: its own way shows the task, and with it what its error says."""
    logger.error("%s", context["message"], exc_info=context.get("exception"))
