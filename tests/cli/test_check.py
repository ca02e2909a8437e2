"""`relais check` says what is wrong in one sentence each, and changes nothing."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.communities import file as communities
from bot.store.database import Database
from tests.cli.conftest import Done, Operator

NOWHERE = {"homeserver": "http://127.0.0.1:9", "user_id": "@relais:example.org", "password": "hunter2-s3cr3t"}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(part): part.read_bytes() for part in folder.rglob("*") if part.is_file()}


def problems(done: Done) -> list[str]:
    return [line.removeprefix("!!  ") for line in done.err.splitlines()]


def test_it_says_where_things_stand(relais: Operator, tmp_path: Path) -> None:
    done = relais("check", **NOWHERE)
    for fact in (
        "ok  community files: 5 in ",
        f"ok  data folder: {tmp_path / 'data'}\n",
        "ok  backup: none was made",
        "ok  search: SQLite has FTS5",
        f"ok  database: {tmp_path / 'data' / 'relais.sqlite'}\n",
        "that of this Relais",
        " MB\n",
        "ok  the community files and the database agree",
    ):
        assert fact in done.out


def test_a_silent_homeserver_is_the_only_problem(relais: Operator) -> None:
    done = relais("check", **NOWHERE)
    said = "The homeserver http://127.0.0.1:9 cannot be reached: see RELAIS_HOMESERVER, and the network."
    assert (done.code, problems(done)) == (2, [said])
    assert NOWHERE["password"] not in done.out + done.err


def test_it_changes_nothing(relais: Operator, tmp_path: Path) -> None:
    before = contents(tmp_path)
    relais("check", **NOWHERE)
    assert contents(tmp_path) == before


def test_before_the_first_start_it_makes_nothing(newcomer: Operator, tmp_path: Path) -> None:
    done = newcomer("check", **NOWHERE)
    assert "which the first start will make" in done.out
    assert contents(tmp_path) == {}
    assert not (tmp_path / "data").exists()


def test_a_database_of_a_newer_version_is_said(relais: Operator, tmp_path: Path) -> None:
    asyncio.run(told(tmp_path / "data" / "relais.sqlite", "UPDATE alembic_version SET version_num = '9999'"))
    done = relais("check", **NOWHERE)
    assert problems(done)[0].startswith("The database is of version 9999, which this Relais does not know")


def test_differences_of_files_and_database_are_counted(relais: Operator, tmp_path: Path) -> None:
    one = "(SELECT min(id) FROM resource WHERE community = 'rse')"
    asyncio.run(told(tmp_path / "data" / "relais.sqlite", f"DELETE FROM resource WHERE id = {one}"))
    asyncio.run(told(tmp_path / "data" / "relais.sqlite", f"UPDATE resource SET title = 'Autre' WHERE id = {one}"))
    done = relais("check", **NOWHERE)
    assert "community rse: resources 1 missing from the database, 1 changed there" in done.out


async def told(file: Path, statement: str) -> None:
    database = Database(f"sqlite:///{file}")
    await database.run(lambda connection: connection.execute(text(statement)))
    await database.close()


def test_a_community_file_is_named_with_its_line(relais: Operator, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    shipped = (communities.shipped() / "rse.yaml").read_text(encoding="utf-8")
    (tmp_path / "files" / "rse.yaml").write_text(f"colour: red\n{shipped}", encoding="utf-8")
    done = relais("check", communities="files", **NOWHERE)
    assert problems(done)[0].startswith("files/rse.yaml, line 1: “colour” is not a key that stands here; ")
    assert len(problems(done)) == 2  # the other one: nowhere


def test_a_community_that_nobody_knows_is_not_served(relais: Operator, tmp_path: Path) -> None:
    done = relais("check", serves="rse,rsee", **NOWHERE)
    assert problems(done)[0].startswith("RELAIS_SERVES: there is no community “rsee”; there are gestion, immobilier")
    copied = "INSERT INTO community (slug, name, language, time_zone, created_at) "
    copied += "SELECT 'chat', name, language, time_zone, created_at FROM community WHERE slug = 'rse'"
    asyncio.run(told(tmp_path / "data" / "relais.sqlite", copied))
    assert "ok  serves: rse, chat" in relais("check", serves="rse,chat", **NOWHERE).out


def test_a_python_without_full_text_is_said(relais: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.check.fts5_available", lambda: False)
    assert "has no FTS5" in problems(relais("check", **NOWHERE))[0]


def test_a_data_folder_that_takes_nothing_is_said(relais: Operator, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = relais("check", data_dir="file/data", **NOWHERE)
    assert f"The data folder {tmp_path / 'file' / 'data'} cannot be written: see RELAIS_DATA_DIR." in problems(done)


def test_a_database_that_cannot_be_made_is_said(relais: Operator, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = relais("check", database_url=f"sqlite:///{tmp_path}/file/relais.sqlite", **NOWHERE)
    assert f"The database file {tmp_path}/file/relais.sqlite cannot be made: see RELAIS_DATABASE_URL." in problems(done)


@pytest.mark.postgres
def test_a_postgresql_is_checked_and_its_password_is_not_shown(relais: Operator, postgres_url: str) -> None:
    assert relais("migrate", "--to", postgres_url).code == 0
    done = relais("check", database_url=postgres_url.replace("postgres@", "postgres:hunter2-s3cr3t@"), **NOWHERE)
    assert "ok  database: postgresql://postgres@/relais_" in done.out
    assert "the community files and the database agree" in done.out
    assert "hunter2" not in done.out + done.err
