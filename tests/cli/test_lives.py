"""A database that goes away is waited for; one that refuses us for good ends the start with a sentence."""

import logging
import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from bot.cli.running.lives import LONGEST_PAUSE, lives
from bot.errors import StartRefused
from bot.process.waits import DATABASE, Waits
from bot.store.lock import LockLost

GONE = 'connection failed: connection to server at "127.0.0.1", port 5432 failed: Connection refused'
STARTING = "connection failed: FATAL:  the database system is starting up"
FULL = "connection failed: FATAL:  sorry, too many clients already"
PASSWORD = 'connection failed: FATAL:  password authentication failed for user "relais"'
PASSWORD_FR = "connection failed: FATAL:  authentification par mot de passe échouée pour l'utilisateur « relais »"
NO_DATABASE = 'connection failed: FATAL:  database "relais" does not exist'


def failed(said: str) -> DBAPIError:
    return OperationalError("SELECT 1", None, psycopg.OperationalError(said))


class Database:
    """Fails with each of these in turn, then lets the bot live to its end. Notes the pauses between."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.pauses: list[float] = []

    async def live(self) -> None:
        if self._errors:
            raise self._errors.pop(0)

    async def rest(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def ended(*errors: Exception) -> tuple[Database, Waits]:
    database, waits = Database(*errors), Waits()
    await lives(database.live, waits, rest=database.rest)
    return database, waits


async def test_a_database_that_is_away_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        database, waits = await ended(*[failed(said) for said in (GONE, STARTING, FULL, GONE, GONE)], LockLost("gone"))
    assert waits.reason == "the database does not answer"
    assert database.pauses == sorted(database.pauses)
    assert (len(database.pauses), database.pauses[-1]) == (6, LONGEST_PAUSE)
    assert [record.message for record in caplog.records] == ["waiting: the database does not answer"]


async def test_a_full_disk_is_waited_for_and_called_that() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    _database, waits = await ended(OperationalError("COMMIT", None, full))
    assert waits.reason == "the disk of the database is full"


@pytest.mark.parametrize("said", [PASSWORD, PASSWORD_FR, NO_DATABASE])
async def test_a_database_that_never_let_us_in_ends_the_start(said: str) -> None:
    with pytest.raises(StartRefused, match=r"^The database refuses Relais: .*\. See RELAIS_DATABASE_URL\.$"):
        await ended(failed(GONE), failed(said))


async def test_one_that_did_is_waited_for_while_it_lets_nobody_in() -> None:
    """As while it is restored, or its administrator keeps everybody out."""
    _database, waits = await ended(LockLost("gone"), failed(NO_DATABASE), failed(PASSWORD))
    assert waits.reason is not None
    assert "password authentication failed" in waits.reason


async def test_a_fault_of_our_own_is_not_waited_for() -> None:
    with pytest.raises(ProgrammingError):
        await ended(ProgrammingError("SELECT", None, psycopg.errors.UndefinedColumn("column x does not exist")))


async def test_a_missing_right_ends_the_start() -> None:
    denied = psycopg.errors.InsufficientPrivilege("permission denied for schema public")
    with pytest.raises(StartRefused, match="permission denied for schema public"):
        await ended(ProgrammingError("CREATE TABLE", None, denied))


def test_what_is_over_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    waits = Waits()
    with caplog.at_level(logging.INFO):
        waits.over(DATABASE)
        waits.begin(DATABASE, "it is away")
        waits.begin(DATABASE, "it is away")
        waits.over(DATABASE)
        waits.over(DATABASE)
    assert [record.message for record in caplog.records] == ["waiting: it is away", "no longer: it is away"]
