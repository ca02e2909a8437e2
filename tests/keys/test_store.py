"""The key store: private, of one process, never made anew by itself, quick."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.errors import KeysDamaged, KeysLocked, KeysLost, KeyStoreFailed
from bot.matrix.keys.files import write_private


def opened_in(folder: Path, *, may_create: bool = True, device: str = "PHONE") -> OwnDevice:
    return OwnDevice("@bot:relais.test", device, folder, may_create=may_create)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".sqlite", ".pickle")}


def modes_in(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_its_files_are_for_its_user_alone(tmp_path: Path) -> None:
    opened = opened_in(tmp_path)
    modes = modes_in(tmp_path)
    opened.close()
    assert {"keys.sqlite", "keys.sqlite-wal", "keys.pickle"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_nothing_in_it_can_be_read_without_its_own_key(tmp_path: Path) -> None:
    opened = opened_in(tmp_path)
    opened.close()
    write_private(tmp_path / "keys.pickle", b"another")
    with pytest.raises(KeysDamaged):
        opened_in(tmp_path)


def test_a_second_process_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    opened = opened_in(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(KeysLocked):
        opened_in(tmp_path)
    assert contents(tmp_path) == before
    opened.close()
    opened_in(tmp_path).close()


def test_the_same_device_comes_back(tmp_path: Path) -> None:
    first = opened_in(tmp_path)
    identity = first.olm.account.identity_keys
    first.close()
    second = opened_in(tmp_path, may_create=False)
    second.close()
    assert second.olm.account.identity_keys == identity


@pytest.mark.parametrize("device", ["PHONE", "OTHER"])
def test_the_keys_of_a_known_device_are_never_made_anew(tmp_path: Path, device: str) -> None:
    if device == "OTHER":
        opened_in(tmp_path).close()
    with pytest.raises(KeysLost, match=device):
        opened_in(tmp_path, may_create=False, device=device)


@pytest.mark.parametrize("start", [0, 2000])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, start: int) -> None:
    opened_in(tmp_path).close()
    with (tmp_path / "keys.sqlite").open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 3000)
    before = contents(tmp_path)
    with pytest.raises(KeysDamaged, match="damaged"):
        opened_in(tmp_path)
    assert contents(tmp_path) == before


def test_a_missing_pickle_key_is_told_and_no_other_is_made(tmp_path: Path) -> None:
    opened_in(tmp_path).close()
    (tmp_path / "keys.pickle").unlink()
    with pytest.raises(KeysDamaged, match=r"keys\.pickle"):
        opened_in(tmp_path)
    assert not (tmp_path / "keys.pickle").exists()


def test_a_batch_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    opened = opened_in(tmp_path)
    other = sqlite3.connect(tmp_path / "keys.sqlite")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KeyStoreFailed), opened.store.batch():
        opened.olm.save_account()
    other.close()
    opened.close()


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "identity.json"
    write_private(path, b"{}")
    write_private(path, json.dumps({"a": 1}).encode())
    assert path.read_text() == '{"a": 1}'
    assert [entry.name for entry in tmp_path.iterdir()] == ["identity.json"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
