"""Whatever goes wrong, an operator reads one sentence: no traceback, no secret, and the right exit code."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Operator

SECRET = "hunter2-s3cr3t"
ACCOUNT = {"homeserver": "http://127.0.0.1:9", "user_id": "@relais:example.org"}


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["search", "--community", "rse", "x"], {"databas_url": "x"}, "sets RELAIS_DATABAS_URL"),
        (["check"], {"listen": "8080", "password": SECRET}, "RELAIS_LISTEN: “8080” must look like 127.0.0.1:8080."),
        (["run"], {"password": SECRET}, "RELAIS_HOMESERVER is not set"),
        (["run"], {**ACCOUNT, "password_file": "nowhere"}, "RELAIS_PASSWORD_FILE names nowhere, which cannot be read."),
        (["run"], {**ACCOUNT, "password": SECRET, "listen": "x:y"}, "RELAIS_LISTEN: “x:y” must look like"),
        (["run"], {**ACCOUNT, "password": SECRET, "sends_per_second": "-1"}, "RELAIS_SENDS_PER_SECOND: "),
        (["migrate"], {"database_url": f"mysql://u:{SECRET}@h/d"}, "mysql is neither sqlite nor postgresql."),
        (["migrate"], {"database_url": f"u:{SECRET}"}, "RELAIS_DATABASE_URL must look like"),
        (["migrate"], {"database_url": f"postgresql://u:{SECRET}@h:port/d"}, "RELAIS_DATABASE_URL must look like"),
        (["migrate"], {"database_url": f"postgresql://u:{SECRET}@127.0.0.1:9/d"}, "The database does not answer: "),
        (["migrate"], {"database_url": "sqlite:////proc/no/relais.sqlite"}, "cannot be written"),
        (["migrate", "--to", f"postgresql://u:{SECRET}@127.0.0.1:9/d"], {}, "See --to."),
        (["migrate", "--to", f"oracle://u:{SECRET}@127.0.0.1:9/d"], {}, "--to: oracle is neither"),
        (
            ["run"],
            {**ACCOUNT, "password": SECRET, "data_dir": "/proc/relais"},
            "/proc/relais cannot be written",
        ),
        (
            ["search", "--community", "rse", "x"],
            {"communities": "nowhere", "data_dir": "new"},
            "there is no such folder",
        ),
    ],
)
def test_what_keeps_it_from_starting_is_one_sentence(
    relais: Operator, arguments: list[str], settings: dict[str, str], said: str
) -> None:
    done = relais(*arguments, **settings)
    assert done.code == 2
    assert said in done.err
    assert SECRET not in done.err + done.out
    assert "Traceback" not in done.err


def test_a_file_that_is_no_database_is_said(relais: Operator, tmp_path: Path) -> None:
    (tmp_path / "data" / "relais.sqlite").write_bytes(b"These are not the rows you are looking for. " * 100)
    for word in (["migrate"], ["check"], ["export", "--community", "rse"]):
        done = relais(*word)
        assert done.code == 2
        assert "The database does not answer: file is not a database." in done.err


@pytest.mark.parametrize("arguments", [["nope"], ["search"], ["import"], ["run", "--now"], ["search", "--limit", "0"]])
def test_arguments_that_do_not_read_exit_with_2(relais: Operator, arguments: list[str]) -> None:
    done = relais(*arguments)
    assert done.code == 2
    assert "Error: " in done.err


def test_a_fault_of_our_own_is_one_sentence_too(relais: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr("bot.cli.opening.require_community", broken)
    done = relais("search", "--community", "rse", "x")
    assert done.code == 1
    assert done.sentence.startswith("Relais failed, and should not have: KeyError at search.py, line ")
    assert SECRET not in done.err


def test_outside_of_a_checkout_the_demonstration_says_how_to_get_one(
    relais: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.cli.demo.CHECKOUT", tmp_path)
    done = relais("demo")
    assert done.code == 2
    assert "`make demo`" in done.sentence


def test_ctrl_c_is_quiet(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "search", "--community", "rse", "--json"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), "RELAIS_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("bilan\n")
        program.stdin.flush()
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        _out, err = program.communicate(timeout=20)
    assert err == ""
    assert program.returncode != 0
