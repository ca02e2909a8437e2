"""SQLite's connections: kept open between transactions, a pool for each `Way` of locking and committing."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

BUSY_SECONDS = 30
"""Seconds that we wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Way:
    """How transactions of a kind are committed and begun. Those that write lock at once: by default SQLite locks at
    the first write, after the reads that it depends on, and concurrent updates get lost."""

    pragmas: tuple[str, ...]
    begin: str


_AT_ONCE, _IN_TIME = "PRAGMA busy_timeout=0", f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}"
READING = Way((_IN_TIME,), "BEGIN")
REPEATABLE = Way((_AT_ONCE, "PRAGMA synchronous=NORMAL"), "BEGIN IMMEDIATE")
LASTING = Way((_AT_ONCE, "PRAGMA synchronous=FULL"), "BEGIN IMMEDIATE")
WAITING = Way((_IN_TIME, "PRAGMA synchronous=FULL"), "BEGIN IMMEDIATE")
"""Only this one holds up the thread while another process writes."""


class Connections:
    """Begins and ends transactions, at less cost than SQLAlchemy: its pool takes longer over each of them than most
    statements, and a listener that begins them makes it emit events for every statement."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: defaultdict[Way, list[Connection]] = defaultdict(list)

    def begin(self, way: Way) -> Connection:
        """A connection in a transaction. Raises OperationalError when another process writes."""
        connection = self._idle[way].pop() if self._idle[way] else self._opened(way)
        _tell(connection, way.begin)
        return connection

    def end(self, connection: Connection, way: Way) -> None:
        """Roll back what was not committed, and keep the connection for the next transaction."""
        if connection.closed or connection.invalidated:
            connection.close()
            return
        connection.rollback()
        _driver_of(connection).rollback()  # SQLAlchemy's own does nothing when it ran no statement
        self._idle[way].append(connection)

    def close(self) -> None:
        """Close all connections; none may be in use."""
        for connection in (connection for idle in self._idle.values() for connection in idle):
            connection.close()
        self._idle.clear()

    def _opened(self, way: Way) -> Connection:
        connection = self._engine.connect()
        for pragma in way.pragmas:
            _tell(connection, pragma)
        return connection


def _tell(connection: Connection, statement: str) -> None:
    try:
        _driver_of(connection).execute(statement)
    except sqlite3.Error as error:
        connection.close()
        raise OperationalError(statement, None, error) from None


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
