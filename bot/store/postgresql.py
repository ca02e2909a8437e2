"""PostgreSQL's side of the store: how it is reached, which of its failures pass, and how a silent server is left."""

import re
import socket
from contextlib import suppress
from functools import partial
from math import inf
from time import monotonic
from weakref import WeakSet

import psycopg
from sqlalchemy import Dialect, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = {
    "connect_timeout": 3,  # seconds
    "tcp_user_timeout": 5_000,  # milliseconds for what was sent to be acknowledged
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}
"""How long libpq waits for a server that is not there any more; an address may say otherwise."""

TRUSTED_SECONDS = 2.0
"""A connection that was in use so lately counts as open."""

_MISSING_RIGHTS = "42501"
_PASSING = ("08", "53", "57P", "25006", "40001", "40P01")
"""SQLSTATEs, or how they begin: connection lost, resources used up, shut down or starting, read-only as long as the
server is a replica, and one of two conflicting transactions (PostgreSQL, appendix A)."""
_FINAL = re.compile(r"password|mot de passe|pg_hba\.conf|does not exist|n'existe pas|not permitted to log in")
"""A server that refuses a connection says why in its own language, and libpq passes on no SQLSTATE. What is not
recognised passes: to wait for what never comes is less bad than to end for what was about to."""


def engine(url: URL) -> AsyncEngine:
    """An engine that has not connected yet."""
    patience = {name: value for name, value in PATIENCE.items() if name not in url.query}
    engine = create_async_engine(url, hide_parameters=True, pool_size=5, max_overflow=5, connect_args=patience)
    event.listen(engine.sync_engine, "checkin", _rests)
    event.listen(engine.sync_engine, "checkout", partial(_is_alive, engine.dialect))
    return engine


def _rests(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = monotonic()


def _is_alive(dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection that has rested whether the server is still there; the pool opens another if it is not.

    One that was in use just now is not asked: that would take as long as a statement, and its loss may pass.
    """
    if monotonic() - record.info.get("rests_since", inf) > TRUSTED_SECONDS:
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


def may_pass(error: DBAPIError) -> bool:
    """Whether the server was gone or busy, or undid one of two conflicting transactions."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error.orig, psycopg.OperationalError) and refusal(error) is None
    return str(state).startswith(_PASSING)


def refusal(error: DBAPIError) -> str | None:
    """What the server says when it refuses a connection, or lacks a right, for good; None for any other failure."""
    if getattr(error.orig, "sqlstate", None) == _MISSING_RIGHTS:
        return str(error.orig).splitlines()[0]
    said = re.search(r"FATAL: +(.*)", str(error.orig))
    return said[1] if said and _FINAL.search(said[1]) else None


class Sockets:
    """The connections of an engine, to cut them all when the server falls silent."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._open: WeakSet[psycopg.AsyncConnection] = WeakSet()
        event.listen(engine.sync_engine, "connect", self._opened)

    def _opened(self, connection: DBAPIConnection, _record: object) -> None:
        self._open.add(connection.driver_connection)

    def cut(self) -> None:
        """End every connection at once, so that nobody waits for an answer.

        To cancel whoever waits would take seconds: psycopg then asks the silent server to end the statement.
        """
        for connection in list(self._open):
            if not connection.closed:
                with socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as ours:
                    _shut(ours)


def _shut(ours: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        ours.shutdown(socket.SHUT_RDWR)
