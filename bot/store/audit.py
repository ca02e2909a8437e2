"""Which thing went from one status to another: logged and counted once it is committed, and naming nobody.

When and by whom stays in the thing's own row, which an erasure reaches; the log has its number and the party.
"""

import logging
from collections.abc import Collection

from bot.metrics import TRANSITIONS
from bot.store.database import Transaction
from bot.store.happenings import Happening

logger = logging.getLogger(__name__)


def moved(tx: Transaction, noun: str, item: object, before: str, after: str, *, by: Collection[str] = ()) -> None:
    """Note a step of a `Lifecycle` that this transaction takes."""
    happened(tx, noun, item, after, before=before)

    def record() -> None:
        TRANSITIONS.labels(noun, after).inc()
        who = f" by {', '.join(sorted(by))}" if by else ""
        logger.info("%s %s: %s to %s%s", noun, item, before, after, who)

    tx.after_commit.append(record)


def happened(tx: Transaction, noun: str, item: object, after: str, *, before: str = "") -> None:
    """Note what this transaction does with a thing, for the nouns that want something to follow from it."""
    tx.happenings.append(Happening(noun, str(item), before, after))


def excepted(tx: Transaction, noun: str, item: object, what: str, *, by: Collection[str]) -> None:
    """Note that somebody lets a thing be other than its rules ask. Why stands in its row."""
    happened(tx, noun, item, what)
    tx.after_commit.append(lambda: logger.info("%s %s: %s by %s", noun, item, what, ", ".join(sorted(by))))
