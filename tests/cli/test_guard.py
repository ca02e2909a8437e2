"""`relais guard` names rules, never values."""

import json

import typer
from typer.testing import CliRunner

from bot.cli.guard import guard

app = typer.Typer()
app.command()(guard)

LINES = "rien ici\nla patiente 2 60 01 2A 999 999 26\nIPP 8001234567, NIR 155089999999919\n"


def test_each_line_is_answered_by_its_rules() -> None:
    done = CliRunner().invoke(app, [], input=LINES)
    assert (done.exit_code, done.output) == (0, "1\t-\n2\tnir\n3\tnir,record_number\n")


def test_a_program_may_read_json() -> None:
    done = CliRunner().invoke(app, ["--json"], input=LINES)
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert rows[1:] == [{"line": 2, "rules": ["nir"]}, {"line": 3, "rules": ["nir", "record_number"]}]


def test_the_value_is_never_repeated() -> None:
    for arguments in ([], ["--json"]):
        assert "999" not in CliRunner().invoke(app, arguments, input=LINES).output


def test_bytes_that_are_no_text_are_answered_too() -> None:
    done = CliRunner().invoke(app, [], input=b"\xff\xfe\n155089999999919 \xe9\n")
    assert done.output == "1\t-\n2\tnir\n"
