"""A cache of what was read from the small tables that every event needs, until they are written."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

MOST = 10_000
"""Values cached of one table; when one more comes, all are dropped."""
UNKNOWN = object()


class Memory:
    """Values by table and key. Writing a table drops its values, so that the next reader asks the database.

    On SQLite the process is alone with its database, since the data folder is locked. On PostgreSQL others write too:
    there a transaction first calls `look` with the versions of all tables.
    """

    def __init__(self) -> None:
        self.moment = 0
        """Counts the writes: a reader's values are those of the moment at which it began."""
        self._values: dict[str, dict[Hashable, Any]] = {}
        self._written_at: dict[str, int] = {}
        self._versions: dict[str, int] = {}

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

    def look(self, versions: Mapping[str, int]) -> None:
        """Drop the values of the tables that are no longer of the version that was seen last."""
        if changed := [name for name, number in versions.items() if self._versions.get(name) != number]:
            self.forget(changed)
            self._versions.update(versions)

    def forget(self, tables: Iterable[str]) -> None:
        """Drop the values of tables that were written, or in which a write was undone."""
        self.moment += 1
        for table in tables:
            self._written_at[table] = self.moment
            self._values.pop(table, None)
