"""Outbox rows that this process has just committed: the sender has them at hand and need not read the database."""

from types import SimpleNamespace
from typing import Any, cast

from bot.mailbox.tables import OutboxMessage
from bot.mailbox.turns import HANDFUL

_EMPTY = dict.fromkeys(("parent", "answers", "asker", "about", "expires_at", "sent_at", "event_id", "failure"))


class FreshRows:
    """By lane, what waits there, as long as that is certain.

    It is certain from the moment that the sender begins to read a lane until `forget`: everything that is committed
    afterwards is given to `add`. A row that the sender reads and is given as well is sent twice under one transaction
    id, which is once.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[OutboxMessage]] = {}

    def add(self, lane: str, number: int, values: dict[str, Any]) -> None:
        """Add a row that was committed, in the order of its lane."""
        if lane in self._rows:
            self._rows[lane].append(cast(OutboxMessage, SimpleNamespace(**_EMPTY | values, id=number)))

    def take(self, lane: str) -> list[OutboxMessage] | None:
        """All rows that wait in a lane; None if the database must be read, as for a queue of which somebody may have
        most."""
        rows = self._rows.get(lane)
        self._rows[lane] = []
        return rows if rows is not None and len(rows) <= HANDFUL else None

    def forget(self, lane: str) -> None:
        """Something else waits in the lane, or something was not sent: read the database the next time."""
        self._rows.pop(lane, None)
