"""The date grammar against tables of what people type, with answers worked out by hand."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.time.when import Reading, Unsure, read

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 10, tzinfo=PARIS)
MONDAY = datetime(2027, 7, 5, 14, 30, tzinfo=PARIS)
CASES = Path(__file__).parent / "when_cases"


def _cases(name: str) -> list[tuple[str, str]]:
    """Each text with its expected answer, written as in the table."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.partition("|") for line in lines if not line.startswith("#")]
    return [(text.strip(), _normal(answer)) for text, _, answer in rows]


def _normal(answer: str) -> str:
    return " | ".join(part.strip() for part in answer.split("|")).rstrip(" |")


def _written(reading: Reading | Unsure) -> str:
    """An answer as the tables write it."""
    if isinstance(reading, Unsure):
        return "?"
    seconds = ":%S" if reading.start and reading.start.second else ""
    form = "%Y-%m-%d" if reading.all_day else f"%Y-%m-%d %H:%M{seconds}"
    start = f"{reading.start:{form}}" if reading.start else "?"
    end = f"{reading.end:{form}}" if reading.end else ""
    not_on = ", ".join(f"{day}" for day in reading.not_on)
    return _normal(f"{start} | {end} | {reading.rrule or ''} | {not_on}")


def _misread(names: tuple[str, ...], now: datetime) -> list[str]:
    """The rows of these tables that are read otherwise, each with what was read instead."""
    return [
        f"{name}: {text} → {found}, not {answer}"
        for name in names
        for text, answer in _cases(f"{name}.txt")
        if (found := _written(read(text, now=now, zone=PARIS))) != answer
    ]


def test_the_grammar_reads_what_people_type() -> None:
    assert _misread(("fr", "en", "more", "blind", "typed", "fresh", "wards", "kinds"), NOW) == []


def test_the_grammar_reads_the_same_words_another_day() -> None:
    assert _misread(("monday",), MONDAY) == []


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(_cases("fr.txt")) >= 300
    assert len(_cases("en.txt")) >= 150
