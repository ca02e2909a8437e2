"""SQLite's connections: kept open between transactions, each for one way of keeping what is written."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

BUSY_SECONDS = 30
"""Seconds for which another process may write."""


@dataclass(frozen=True, slots=True)
class Way:
    """How transactions of a kind are kept and begun. By default SQLite locks at the first write, after the reads it
    rests on, and concurrent updates get lost."""

    pragmas: tuple[str, ...]
    begin: str


_AT_ONCE, _IN_TIME = "PRAGMA busy_timeout=0", f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}"
READING = Way((_IN_TIME,), "BEGIN")
REPEATABLE = Way((_AT_ONCE, "PRAGMA synchronous=NORMAL"), "BEGIN IMMEDIATE")
LASTING = Way((_AT_ONCE, "PRAGMA synchronous=FULL"), "BEGIN IMMEDIATE")
WAITING = Way((_IN_TIME, "PRAGMA synchronous=FULL"), "BEGIN IMMEDIATE")
"""Only this one holds up the thread while another process writes."""


class Connections:
    """Begins and ends transactions. SQLAlchemy's pool would look after a connection at each of them for longer than
    most statements take, and a listener that begins them makes it announce all that each statement does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: defaultdict[Way, list[Connection]] = defaultdict(list)

    def begin(self, way: Way) -> Connection:
        """A connection in a transaction. Raises OperationalError when another process writes."""
        connection = self._idle[way].pop() if self._idle[way] else self._opened(way)
        _tell(connection, way.begin)
        return connection

    def end(self, connection: Connection, way: Way) -> None:
        """What was not kept is undone."""
        if connection.closed or connection.invalidated:
            connection.close()
            return
        connection.rollback()
        _driver_of(connection).rollback()  # SQLAlchemy does not know of a transaction in which it was asked nothing
        self._idle[way].append(connection)

    def close(self) -> None:
        """None of them is in use any more."""
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
