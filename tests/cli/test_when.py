"""`relais when` answers in JSON, for a person and for a program."""

import json

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.when import when

app = typer.Typer()
app.command()(when)
NOW = ["--now", "2026-11-25T10:00:00+01:00", "--zone", "Europe/Paris"]


def _run(arguments: list[str], lines: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(app, arguments, input=lines)
    return done.exit_code, done.stdout, done.stderr


def test_a_text_is_answered_with_offsets() -> None:
    code, out, _ = _run(["1er mardi 14h 1h30", *NOW])
    assert code == 0
    assert json.loads(out) == {
        "text": "1er mardi 14h 1h30",
        "start": "2026-12-01T14:00:00+01:00",
        "end": "2026-12-01T15:30:00+01:00",
        "rrule": "FREQ=MONTHLY;BYDAY=1TU",
    }


def test_a_date_alone_starts_at_midnight_and_has_no_end() -> None:
    answer = json.loads(_run(["5/1", *NOW])[1])
    assert (answer["start"], answer["end"]) == ("2027-01-05T00:00:00+01:00", None)


@pytest.mark.parametrize("text", ["mardi ou mercredi", "45 min", "30 février", "bonjour"])
def test_what_is_not_sure_is_null(text: str) -> None:
    assert json.loads(_run([text, *NOW])[1]) == {"text": text, "start": None, "end": None, "rrule": None}


def test_each_line_of_a_program_has_its_own_present() -> None:
    presents = ("2026-11-25T10:00:00+01:00", "2027-07-01T10:00")
    lines = "\n\n".join(json.dumps({"text": "demain 9h", "now": present}) for present in presents)
    code, out, _ = _run(["--zone", "Europe/Paris"], lines)
    starts = [json.loads(line)["start"] for line in out.splitlines()]
    assert (code, starts) == (0, ["2026-11-26T09:00:00+01:00", "2027-07-02T09:00:00+02:00"])


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["demain", "--zone", "Europe/Lutece"], ""),
        (["demain", "--now", "hier"], ""),
        ([], "not json\n"),
        ([], '{"now": "2026-11-25T10:00"}\n'),
        ([], '{"text": "demain", "now": 5}\n'),
        ([], '["demain"]\n'),
        ([], "[" * 100_000 + "\n"),
        ([], '{"text": "demain \\ud83d"}\n'),
    ],
)
def test_bad_input_is_refused_in_one_sentence(arguments: list[str], lines: str) -> None:
    code, out, err = _run(arguments, lines)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert err.strip().endswith(".")
