"""The key store: nio's tables in one private SQLite file of one process, written in whole batches."""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import peewee
from nio.crypto import GroupSessionStore, InboundGroupSession, OlmAccount, OlmDevice, Session, TrustState
from nio.store import SqliteStore

from bot.matrix.keys.errors import KeysDamaged, KeysLost, KeyStoreFailed
from bot.matrix.keys.files import create_private, hold, release, write_private

_DATABASE = "keys.sqlite"
_PICKLE_KEY = "keys.pickle"
_LOCK = "keys.lock"
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a ratchet that went back to sleep one step early repeats a key
    "foreign_keys": 1,
    "secure_delete": 1,
}
# nio's table has one row for a session id: whoever sends somebody else's room key first would take it.
_ROOM_KEYS = """CREATE TABLE IF NOT EXISTS room_keys (
    account_id INTEGER NOT NULL, room_id TEXT NOT NULL, sender_key TEXT NOT NULL, session_id TEXT NOT NULL,
    fp_key TEXT NOT NULL, chain TEXT NOT NULL, session BLOB NOT NULL, backup TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, room_id, sender_key, session_id)) WITHOUT ROWID"""


class KeyStore(SqliteStore):
    """Opened by `open_store`. Trust is answered from memory; every write of a batch is one transaction."""

    may_create = False
    lock = -1
    _account_id: int | None = None

    def _create_database(self) -> peewee.SqliteDatabase:
        return peewee.SqliteDatabase(self.database_path, pragmas=_PRAGMAS, timeout=1)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.database.execute_sql(_ROOM_KEYS)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """All writes inside are one transaction. Raises KeyStoreFailed when they could not be saved."""
        try:
            with self.database.atomic():
                yield
        except (peewee.DatabaseError, sqlite3.Error) as error:
            raise KeyStoreFailed(f"The key store cannot be written: {error}") from error

    def load_account(self) -> OlmAccount | None:
        """The device's account. Raises KeysLost if there is none and the device is not new."""
        account = super().load_account()
        if account is None and not self.may_create:
            raise KeysLost(
                f"The keys of device {self.device_id} are not in {self.store_path}. "
                "They cannot be made again: the bot needs a new device."
            )
        return account

    def save_account(self, account: OlmAccount) -> None:
        self.database.execute_sql(
            "INSERT INTO accounts (user_id, device_id, shared, account) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (user_id, device_id) "
            "DO UPDATE SET shared = excluded.shared, account = excluded.account",
            (self.user_id, self.device_id, account.shared, account.pickle(self.pickle_key)),
        )

    def save_session(self, curve_key: str, session: Session) -> None:
        times = (_written(session.creation_time), _written(session.use_time))
        self.database.execute_sql(
            "INSERT OR REPLACE INTO olmsessions "
            "(creation_time, last_usage_date, sender_key, account_id, session, session_id) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (*times, curve_key, self.account_id, session.pickle(self.pickle_key), session.id),
        )

    def drop_session(self, session: Session) -> None:
        """Forgets an Olm session that newer ones have replaced."""
        self.database.execute_sql("DELETE FROM olmsessions WHERE session_id = ?", (session.id,))

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """Saves a room key in place of a worse one of the same session, as not backed up yet."""
        self.database.execute_sql(
            "INSERT OR REPLACE INTO room_keys "
            "(account_id, room_id, sender_key, session_id, fp_key, chain, session) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.account_id,
                session.room_id,
                session.sender_key,
                session.id,
                session.ed25519,
                json.dumps(session.forwarding_chain),
                session.pickle(self.pickle_key),
            ),
        )

    def load_inbound_group_sessions(self) -> GroupSessionStore:
        sessions = GroupSessionStore()
        query = "SELECT session, fp_key, sender_key, room_id, chain FROM room_keys WHERE account_id = ?"
        for pickle, fp_key, sender_key, room_id, chain in self._rows(query, self.account_id):
            sessions.add(self._room_key(pickle, fp_key, sender_key, room_id, chain))
        return sessions

    def _room_key(self, pickle: bytes, fp_key: str, sender_key: str, room_id: str, chain: str) -> InboundGroupSession:
        return InboundGroupSession.from_pickle(pickle, fp_key, sender_key, room_id, self.pickle_key, json.loads(chain))

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return list(self.database.execute_sql(query, values).fetchall())

    def save_device_keys(self, device_keys: Mapping[str, Mapping[str, OlmDevice]]) -> None:
        with self.database.atomic():
            for devices in device_keys.values():
                for device in devices.values():
                    self._save_device(device)

    def _save_device(self, device: OlmDevice) -> None:
        row = self.database.execute_sql(
            "INSERT INTO devicekeys (device_id, user_id, display_name, deleted, account_id) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id, user_id, device_id) DO UPDATE "
            "SET deleted = excluded.deleted, display_name = excluded.display_name RETURNING id",
            (device.id, device.user_id, device.display_name, device.deleted, self.account_id),
        ).fetchone()
        for kind, key in device.keys.items():
            self.database.execute_sql(
                "INSERT OR REPLACE INTO keys (key_type, key, device_id) VALUES (?, ?, ?)", (kind, key, row[0])
            )

    @property
    def account_id(self) -> int:
        if self._account_id is None:
            query = "SELECT id FROM accounts WHERE user_id = ? AND device_id = ?"
            row = self.database.execute_sql(query, (self.user_id, self.device_id)).fetchone()
            self._account_id = int(row[0])
        return self._account_id

    # Trust, from memory: `load_device_keys` has put it on the devices.

    def is_device_verified(self, device: OlmDevice) -> bool:
        return bool(device.trust_state is TrustState.verified)

    def is_device_blacklisted(self, device: OlmDevice) -> bool:
        return bool(device.trust_state is TrustState.blacklisted)

    def is_device_ignored(self, device: OlmDevice) -> bool:
        return bool(device.trust_state is TrustState.ignored)

    # Which room keys are in the server's backup of that version.

    def not_backed_up(self, version: str, limit: int) -> list[InboundGroupSession]:
        """Room keys that the backup does not have yet, at most so many."""
        query = (
            "SELECT session, fp_key, sender_key, room_id, chain FROM room_keys "
            "WHERE account_id = ? AND backup != ? LIMIT ?"
        )
        return [self._room_key(*row) for row in self._rows(query, self.account_id, version, limit)]

    def mark_backed_up(self, version: str, sessions: list[InboundGroupSession]) -> None:
        with self.batch():
            for session in sessions:
                self.database.execute_sql(
                    "UPDATE room_keys SET backup = ? "
                    "WHERE account_id = ? AND room_id = ? AND sender_key = ? AND session_id = ?",
                    (version, self.account_id, session.room_id, session.sender_key, session.id),
                )

    def close(self) -> None:
        """Closes the file and releases its lock."""
        self.database.close()
        release(self.lock)
        self.lock = -1


def open_store(folder: Path, user_id: str, device_id: str, *, may_create: bool) -> KeyStore:
    """Opens the store of one device in the data folder, for this process alone.

    `may_create`: the homeserver knows no keys of the device yet, so creating a missing store loses none.
    Raises KeysLocked, KeysDamaged or KeysLost; none of them has changed a file that holds keys.
    """
    lock = hold(folder / _LOCK)
    try:
        store = _open(folder, user_id, device_id)
    except BaseException:
        release(lock)
        raise
    store.lock = lock
    store.may_create = may_create
    return store


def stored_room_keys(folder: Path) -> Iterator[InboundGroupSession]:
    """The room keys of every device that the folder ever had, without its lock: also while the bot runs.

    Raises sqlite3.Error, ValueError and KeysDamaged.
    """
    path = folder / _DATABASE
    if not path.exists():
        return
    key = _pickle_key(folder / _PICKLE_KEY, may_create=False)
    with closing(sqlite3.connect(path)) as connection:
        for pickle, *parts, chain in connection.execute(
            "SELECT session, fp_key, sender_key, room_id, chain FROM room_keys"
        ):
            yield InboundGroupSession.from_pickle(pickle, *parts, key, json.loads(chain))


def _open(folder: Path, user_id: str, device_id: str) -> KeyStore:
    path = folder / _DATABASE
    exists = path.exists() and path.stat().st_size > 0
    pickle_key = _pickle_key(folder / _PICKLE_KEY, may_create=not exists)
    if exists:
        _check(path)
    create_private(path)
    try:
        return KeyStore(user_id, device_id, str(folder), pickle_key, _DATABASE)
    except (peewee.DatabaseError, sqlite3.Error) as error:
        raise damaged(path, error) from error


def _check(path: Path) -> None:
    """Raises KeysDamaged if the file is corrupt, before anything may write to it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    if verdict != "ok":
        raise damaged(path, verdict)


def damaged(path: Path | str, why: object) -> KeysDamaged:
    """The error that names the damaged file and what to do."""
    return KeysDamaged(
        f"The key store {path} is damaged ({why}). Nothing was changed. Move it away and start with "
        "RELAIS_RECOVERY_KEY: the bot takes a new device and keeps its identity."
    )


def _pickle_key(path: Path, *, may_create: bool) -> str:
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    if not may_create:
        raise damaged(path, "it is missing and the keys cannot be read without it")
    key = secrets.token_urlsafe(32)
    write_private(path, key.encode())
    return key


def _written(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%d %H:%M:%S.%f"))
