"""`relais backup` and `relais restore` at a terminal: nothing is lost, nothing is replaced, nothing is said twice."""

import asyncio
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli import restore
from bot.cli.files import archive
from bot.clock import utc_now
from bot.communities.tables import Person
from bot.errors import StartRefused
from bot.events.events import Invited, MessageReceived
from bot.mailbox.receiving import inbox
from bot.mailbox.receiving.inbox import Arrival
from bot.mailbox.tables import OutboxMessage, Timer, UnreadableEvent
from bot.matrix import session
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.identity import cross_signing
from bot.matrix.keys.room_keys import room_key_export
from bot.matrix.session import Session
from bot.settings import Settings
from bot.store.database import Database
from tests.cli.conftest import Operator
from tests.keys.crowd import ROOM, Crowd, Speaker, sync_answer

ME = "@bot:relais.test"
DEVICE = "PHONE"


@pytest.fixture
def lived(relais: Operator, tmp_path: Path) -> Operator:
    """A bot that has run: it has said something in an encrypted room, and more was under way."""
    data = tmp_path / "data"
    session.keep(Settings(data_dir=data), Session("http://h", ME, DEVICE, "token"))
    cross_signing.save(data, cross_signing.new_identity(ME))
    speaker = Speaker(Crowd(2), data)
    asyncio.run(speaker.speak())
    speaker.device.close()
    asyncio.run(_fill(f"sqlite:///{data / 'relais.sqlite'}"))
    return relais


async def _fill(address: str) -> None:
    database = Database(address)
    now = utc_now()
    said = MessageReceived(event_id="$1", room_id=ROOM, sender="@ana:relais.test", sent_at=now, text="!doc secret")
    invited = Invited(
        event_id="invite", room_id="!new:relais.test", sender="@ana:relais.test", sent_at=now, direct=False
    )
    async with database.transaction() as tx:
        tx.add(Person(mxid="@ana:relais.test", language="en"))
        tx.add_all(
            [_row("answer", "pending", "message"), _row("old", "sent", "message"), _row("join", "pending", "join")]
        )
        tx.add(Timer(account=ME, kind="reminder", item="1", due_at=now - timedelta(minutes=1)))
        tx.add(UnreadableEvent(account=ME, event_id="$2", room_id=ROOM, session_id="s", position=1, noted_at=now))
        await inbox.keep(tx, ME, [Arrival(said, 1), Arrival(invited, 2)], now=now)
        await inbox.move(tx, ME, since="s1", turn=1)
    await database.close()


def _row(key: str, status: str, kind: str) -> OutboxMessage:
    return OutboxMessage(
        account=ME,
        key=key,
        txn_id=key,
        lane=ROOM,
        room_id=ROOM,
        kind=kind,
        content={"text": "what was to be said"},
        status=status,
        device_id=DEVICE,
        entered_at=utc_now(),
    )


def asked(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def test_what_was_lost_comes_back_and_nothing_is_said_twice(lived: Operator, tmp_path: Path) -> None:
    made = lived("backup", "kept.zip")
    assert made.code == 0, made.err
    assert "1 room keys" in made.out
    assert (tmp_path / "kept.zip").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".relais-*"))
    (tmp_path / "data").rename(tmp_path / "lost")

    back = lived("restore", "kept.zip")
    assert back.code == 0, back.err
    assert "not sent any more: 1" in back.out
    assert f"message, for {ROOM}" in back.out
    assert "not answered any more: 2" in back.out
    assert "maybe again: 1" in back.out

    data = tmp_path / "data"
    database = data / "relais.sqlite"
    assert {path.name for path in data.iterdir()} == {
        "relais.sqlite",
        "identity.json",
        room_key_export.FILE,
        "relais.lock",
    }
    assert {path.stat().st_mode & 0o777 for path in data.iterdir()} == {0o600}
    assert asked(database, "SELECT mxid, language FROM person") == [("@ana:relais.test", "en")]
    assert asked(database, "SELECT key, status FROM outbox ORDER BY key") == [
        ("answer", "set aside"),
        ("join", "pending"),
        ("old", "sent"),
    ]
    for table in ("inbox", "sync_state", "unreadable"):
        assert asked(database, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert b"what was to be said" not in _without_old(database.read_bytes())
    lost = cross_signing.load(tmp_path / "lost", ME)
    assert lost is not None
    assert cross_signing.load(data, ME) == lost


def _without_old(raw: bytes) -> bytes:
    """The rows that were sent, and the one that joins, keep here what the test put into them."""
    return raw.replace(b"what was to be said", b"", 2)


def test_the_new_device_reads_what_the_old_one_could_read(lived: Operator, tmp_path: Path) -> None:
    data = tmp_path / "data"
    speaker = Speaker(Crowd(2), data)
    event = asyncio.run(speaker.speak("before"))
    assert lived("backup", "kept.zip").code == 0  # while the keys are in use
    speaker.device.close()
    data.rename(tmp_path / "lost")
    assert lived("restore", "kept.zip").code == 0

    new = OwnDevice(ME, "OTHER", data, may_create=True)
    assert room_key_export.take_in(new, data) == DEVICE
    assert room_key_export.take_in(new, data) == DEVICE  # cut off before it was marked
    room_key_export.taken(data)
    assert room_key_export.take_in(new, data) is None
    answer = sync_answer([event])
    reader = Speaker(Crowd(1), data, device=new)
    reader.keys.take(answer)
    new.close()
    assert answer["rooms"]["join"][ROOM]["timeline"]["events"][0]["content"]["body"] == "before"


@pytest.mark.postgres
def test_a_backup_goes_to_postgresql_and_comes_back(lived: Operator, postgres_url: str, tmp_path: Path) -> None:
    assert lived("backup", "kept.zip").code == 0
    (tmp_path / "data").rename(tmp_path / "lost")
    back = lived("restore", "kept.zip", database_url=postgres_url)
    assert back.code == 0, back.err
    assert not (tmp_path / "data" / "relais.sqlite").exists()
    session.keep(Settings(data_dir=tmp_path / "data"), Session("http://h", ME, "OTHER", "token"))
    assert lived("backup", "again.zip").code == 0
    with zipfile.ZipFile("again.zip") as packed:
        packed.extract("relais.sqlite", tmp_path / "again")
    assert asked(tmp_path / "again" / "relais.sqlite", "SELECT mxid FROM person") == [("@ana:relais.test",)]
    (tmp_path / "data").rename(tmp_path / "lost too")
    refused = lived("restore", "again.zip")
    assert refused.code == 2
    assert "RELAIS_DATABASE_URL is not empty" in refused.sentence


def test_a_backup_is_whole_while_the_bot_writes(
    lived: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "data" / "relais.sqlite"
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("CREATE TABLE ballast (x)")
        writer.executemany("INSERT INTO ballast VALUES (zeroblob(4000))", [()] * 3_000)
        writer.commit()

    class Writing(sqlite3.Connection):
        """Somebody writes between any two steps of the copy."""

        steps = 0

        def backup(self, *args: Any, **named: Any) -> None:
            progress = named.pop("progress")

            def writes(*figures: int) -> None:
                with closing(sqlite3.connect(database)) as writer:
                    writer.execute(f"UPDATE person SET language = 'x{Writing.steps}'")
                    writer.commit()
                Writing.steps += 1
                assert Writing.steps < 50, "it begins again at every write"
                progress(*figures)

            super().backup(*args, **named, progress=writes)

    connect = sqlite3.connect
    monkeypatch.setattr("bot.store.snapshot.sqlite3.connect", lambda file: connect(file, factory=Writing))
    made = lived("backup", "kept.zip")
    monkeypatch.undo()
    assert made.code == 0, made.err
    assert Writing.steps > 1
    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        packed.extract("relais.sqlite", tmp_path / "out")
    assert asked(tmp_path / "out" / "relais.sqlite", "SELECT language FROM person") == [("en",)]


def test_what_cannot_be_backed_up_is_said_in_a_sentence(lived: Operator, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_bytes(b"precious")
    assert "is there already" in lived("backup", "there.zip").sentence
    assert (tmp_path / "there.zip").read_bytes() == b"precious"
    assert "no folder" in lived("backup", "nowhere/kept.zip").sentence
    nobody = lived("backup", "kept.zip", data_dir=str(tmp_path / "elsewhere"))
    assert (nobody.code, "identity is not in" in nobody.sentence) == (2, True)
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_leaves_no_half_backup(lived: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    ended = lived("backup", "kept.zip")
    assert ended.code == 1
    assert ended.sentence == "No backup was made: No space left on device: kept.zip."
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
    assert not (tmp_path / "data" / "last-backup").exists()


def test_a_full_disk_leaves_no_half_restore(lived: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lived("backup", "kept.zip").code == 0
    (tmp_path / "data").rename(tmp_path / "lost")

    async def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device", "relais.sqlite")

    monkeypatch.setattr(restore, "_settled", full)
    ended = lived("restore", "kept.zip")
    assert (ended.code, ended.sentence) == (1, "No space left on device: relais.sqlite.")
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"relais.lock"}
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert lived("restore", "kept.zip").code == 0


def damaged(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 0xFF]) + raw[middle + 1 :]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda raw: raw[: len(raw) // 2], "is damaged"),
        (damaged, "is damaged"),
        (lambda raw: b"", "is damaged"),
        (lambda raw: raw.replace(b'"format": 1', b'"format": 2'), "was made by Relais"),
    ],
    ids=["cut short", "one bit", "empty", "newer"],
)
def test_a_bad_archive_is_refused_and_changes_nothing(
    lived: Operator, tmp_path: Path, harm: Callable[[bytes], bytes], sentence: str
) -> None:
    assert lived("backup", "kept.zip").code == 0
    (tmp_path / "data").rename(tmp_path / "lost")
    whole = tmp_path / "kept.zip"
    if sentence == "was made by Relais":
        _repack(whole, harm)
    else:
        whole.write_bytes(harm(whole.read_bytes()))
    refused = lived("restore", "kept.zip")
    assert refused.code == 2
    assert sentence in refused.sentence
    assert not (tmp_path / "data").exists() or {path.name for path in (tmp_path / "data").iterdir()} <= {"relais.lock"}


def _repack(file: Path, harm: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(file, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, harm(part) if name == archive.PAGE else part)


def test_what_cannot_be_restored_is_said_in_a_sentence(lived: Operator, tmp_path: Path) -> None:
    assert lived("backup", "kept.zip").code == 0
    in_use = lived("restore", "kept.zip")
    assert (in_use.code, "it holds session.json" in in_use.sentence) == (2, True)
    (tmp_path / "data").rename(tmp_path / "lost")
    assert "cannot be read: No such file" in lived("restore", "nothing.zip").sentence
    other = lived("restore", "kept.zip", user_id="@other:relais.test")
    assert f"is a backup of {ME}" in other.sentence
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "relais.sqlite").write_bytes(b"x")
    assert "it holds relais.sqlite" in lived("restore", "kept.zip", user_id=ME).sentence
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as packed:
        packed.writestr("beach.jpg", b"")
    assert "archive of something else" in lived("restore", "photos.zip").sentence


def test_a_newer_database_is_refused_by_the_name_of_its_relais(lived: Operator, tmp_path: Path) -> None:
    assert lived("backup", "kept.zip").code == 0
    (tmp_path / "data").rename(tmp_path / "lost")
    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        about = archive.About.model_validate_json(packed.read(archive.PAGE))
    with pytest.raises(StartRefused, match="install that version"):
        restore._require_fit(Settings(), tmp_path / "kept.zip", about.model_copy(update={"schema_version": "9999"}))
