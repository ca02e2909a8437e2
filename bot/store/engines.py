"""How a database is opened: its address, its driver, and the settings of SQLite's connections."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StartRefused
from bot.store import postgresql
from bot.store.connections import BUSY_SECONDS

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
SETTING = "RELAIS_DATABASE_URL"
"""Where the address comes from, for the sentence that refuses it."""
BUSY_PAUSE = 0.02
"""Seconds between two looks whether another process still writes."""

AWAY = "the database does not answer"

_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL)


def may_pass(error: Exception) -> bool:
    """Whether a second try may succeed: the server is gone or busy, or undid one of two conflicting transactions.

    Of SQLite's results these are SQLITE_BUSY and SQLITE_FULL.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, NoConnection)
    return error.connection_invalidated or _sqlite_code(error) in _PASSING or postgresql.may_pass(error)


def reason_to_wait(error: Exception) -> str:
    """What an error that may pass is called where people are told what we wait for."""
    full = isinstance(error, DBAPIError) and _sqlite_code(error) == sqlite3.SQLITE_FULL
    return "the disk of the database is full" if full else AWAY


def _sqlite_code(error: DBAPIError) -> int:
    """SQLite's primary result code, 0 for the error of another database."""
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def truncate_log(engine: Engine) -> bool:
    """Empty the log without waiting for readers, because other writes wait for us. False when somebody reads it."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA busy_timeout=0")
        try:
            busy, _frames, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    return not busy


def driven_url(address: str, named: str = SETTING) -> URL:
    """The address with the driver that Relais uses. Raises StartRefused for anything but SQLite and PostgreSQL."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StartRefused(f"{named} must look like sqlite:///path or postgresql://…") from None
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise StartRefused(f"{named}: {url.get_backend_name()} is neither sqlite nor postgresql.")
    return url.set(drivername=driver)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database."""
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(url.database or "") if in_file else None


def engine_of(url: URL, *, read_only: bool) -> Engine | AsyncEngine:
    """An engine that has not connected yet. Creates SQLite's file; raises StartRefused when it cannot be made."""
    if url.get_backend_name() != "sqlite":
        return postgresql.engine(url)
    return _sqlite_to_read(url) if read_only else _sqlite(url)


def _sqlite(url: URL) -> Engine:
    if (file := file_of(url)) is not None:
        _make(file)
    engine = create_engine(
        url, hide_parameters=True, max_overflow=-1, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _sqlite_to_read(url: URL) -> Engine:
    # Without a log beside it nobody has the file open: then SQLite need not make one to read it.
    logged = Path(f"{url.database}-wal").exists()
    query = {"mode": "ro", "uri": "true"} | ({} if logged else {"immutable": "1"})
    engine = create_engine(url.set(database=f"file:{quote(url.database or '')}", query=query), hide_parameters=True)
    event.listen(engine, "connect", _read_sqlite)
    return engine


def _make(file: Path) -> None:
    """Create an empty file that only our user can read: one made by SQLite could be read by everybody."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StartRefused(f"The database file {file} cannot be written ({error.strerror}).") from None


def _read_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """SQLite opens a file at the first statement that needs it: let that be now."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA schema_version")
    cursor.close()


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Overwrite what is deleted, enforce references. Each transaction sets whether it waits for the disk."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def is_busy(error: OperationalError) -> bool:
    """Whether another connection writes just now."""
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
