"""What was read and has not been written since: for the small tables that every event asks for."""

from collections.abc import Hashable, Iterable
from typing import Any

MOST = 10_000
"""Values of one table; more are forgotten all together."""
UNKNOWN = object()


class Memory:
    """Values by table and key. A table that is written is forgotten, so that the next reader asks the database.

    Only a process that is alone with its database may remember; that is so on SQLite, where the data folder is locked.
    """

    def __init__(self) -> None:
        self.moment = 0
        """Counts the writes: what a reader saw holds for the moment at which it began."""
        self._values: dict[str, dict[Hashable, Any]] = {}
        self._written_at: dict[str, int] = {}

    def recall(self, table: str, key: Hashable) -> Any:
        """The value, or UNKNOWN."""
        return self._values.get(table, {}).get(key, UNKNOWN)

    def keep(self, table: str, key: Hashable, value: Any, *, seen_at: int) -> None:
        """Remember what a reader saw, unless the table was written after it began."""
        if self._written_at.get(table, 0) > seen_at:
            return
        values = self._values.setdefault(table, {})
        if len(values) >= MOST:
            values.clear()
        values[key] = value

    def forget(self, tables: Iterable[str]) -> None:
        """These were written, or a write to them was undone."""
        self.moment += 1
        for table in tables:
            self._written_at[table] = self.moment
            self._values.pop(table, None)
