"""Hours are read as people write them, and said so that they can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.time.hours import OFFICE_HOURS, Hours, Span
from bot.time.hours_text import parse_hours, say_hours

WORKING_WEEK = range(5)
WEEK = range(7)
MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 2, 4, 5, 6

SPANS = st.builds(
    lambda weekday, start, length: Span(weekday, start, start + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
HOURS = st.lists(SPANS, min_size=1, max_size=12).map(Hours.of)


def hours(*parts: tuple[range | list[int], str, str]) -> Hours:
    def minutes(clock: str) -> int:
        hour, minute = clock.split(":")
        return int(hour) * 60 + int(minute)

    return Hours.of(Span(day, minutes(start), minutes(end)) for days, start, end in parts for day in days)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("lun-ven 8h30-18h30", OFFICE_HOURS),
        ("Lundi–vendredi 8 h 30 – 18 h 30", OFFICE_HOURS),
        ("du lundi au vendredi de 8h30 à 18h30", OFFICE_HOURS),
        ("mon-fri 8:30-18:30", OFFICE_HOURS),
        ("Monday to Friday from 8:30 to 18:30", OFFICE_HOURS),
        ("en semaine 8h30-18h30", OFFICE_HOURS),
        ("weekdays 08:30-18:30", OFFICE_HOURS),
        ("8h30-18h30", OFFICE_HOURS),
        ("LUN\xa0-\xa0VEN\xa08h30\u202f-\u202f18h30", OFFICE_HOURS),
        ("lun-ven 9-18", hours((WORKING_WEEK, "9:00", "18:00"))),
        ("nuit 21h-7h", hours((WEEK, "21:00", "31:00"))),
        ("toutes les nuits de 21 h à 7 h", hours((WEEK, "21:00", "31:00"))),
        ("nuit lun-ven 21h-7h", hours((WORKING_WEEK, "21:00", "31:00"))),
        ("night 9-7", hours((WEEK, "9:00", "31:00"))),
        ("lun-ven 21h-7h", hours((WORKING_WEEK, "21:00", "31:00"))),
        ("lun mer 9h-12h", hours(([MONDAY, WEDNESDAY], "9:00", "12:00"))),
        ("lundi et mercredi, 9h-midi", hours(([MONDAY, WEDNESDAY], "9:00", "12:00"))),
        ("lun. mer. 9h-12h 14h-18h", hours(([0, 2], "9:00", "12:00"), ([0, 2], "14:00", "18:00"))),
        ("mar 8h-12h, ven 14h-18h", hours(([TUESDAY], "8:00", "12:00"), ([FRIDAY], "14:00", "18:00"))),
        ("ven-lun 10h-11h", hours(([FRIDAY, SATURDAY, SUNDAY, MONDAY], "10:00", "11:00"))),
        ("week-end 10h-16h", hours(([SATURDAY, SUNDAY], "10:00", "16:00"))),
        ("tous les jours 0h-24h", hours((WEEK, "0:00", "24:00"))),
        ("every day 18h-minuit", hours((WEEK, "18:00", "24:00"))),
        ("lun minuit-8h", hours(([MONDAY], "0:00", "8:00"))),
        ("lun 9h-5h", hours(([MONDAY], "9:00", "29:00"))),
        ("lun 21-7", hours(([MONDAY], "21:00", "31:00"))),
        ("lun 8h-8h", hours(([MONDAY], "8:00", "32:00"))),
        ("lun 9h-12h, lun 11h-14h", hours(([MONDAY], "9:00", "14:00"))),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, read: Hours) -> None:
    assert parse_hours(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "lundi",
        "lun-ven",
        "9h",
        "lun 9h",
        "lun 9h-",
        "9h-12h mardi",
        "lun 25h-26h",
        "lun 24h30-25h",
        "lun 9h60-12h",
        "lun 9h 12h",
        "lun 9h-12h-14h",
        "peut-être lun 9h-12h",
        "pas le lundi 9h-12h",
        "sauf lundi 9h-12h",
        "lun-ven-dim 9h-12h",
        "-lun 9h-12h",
        "9-5",
        "mon-fri 9-5",
        "Monday to Friday from 9 to 5",
        "9h-12h" * 1000,
    ],
)
def test_what_is_not_sure_is_not_read(written: str) -> None:
    assert parse_hours(written) is None


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        (
            "lun-ven 8h30-18h30",
            "du lundi au vendredi de 8 h 30 à 18 h 30",
            "Monday to Friday from 8:30 to 18:30",
        ),
        ("nuit 21h-7h", "toutes les nuits de 21 h 00 à 7 h 00", "every night from 21:00 to 7:00"),
        (
            "lun mer 9h-12h",
            "lundi et mercredi de 9 h 00 à 12 h 00",
            "Monday and Wednesday from 9:00 to 12:00",
        ),
        (
            "lun mar mer ven 9h-12h 14h-17h, sam 10h-11h",
            "du lundi au mercredi et vendredi de 9 h 00 à 12 h 00 et de 14 h 00 à 17 h 00, samedi de 10 h 00 à 11 h 00",
            "Monday to Wednesday and Friday from 9:00 to 12:00 and from 14:00 to 17:00, Saturday from 10:00 to 11:00",
        ),
        ("tous les jours 0h-24h", "tous les jours de 0 h 00 à 24 h 00", "every day from 0:00 to 24:00"),
    ],
)
def test_hours_are_said_in_both_languages(written: str, french: str, english: str) -> None:
    read = parse_hours(written)
    assert read is not None
    assert say_hours(read, "fr").replace("\xa0", " ") == french
    assert say_hours(read, "en") == english


@given(HOURS, st.sampled_from(["fr", "en"]))
def test_what_is_said_is_read_back_the_same(week: Hours, language: str) -> None:
    assert parse_hours(say_hours(week, language)) == week


@given(st.text(alphabet="lunmarve0123456789h:-, àetnuit") | st.text())
def test_any_text_is_hours_or_not(text: str) -> None:
    read = parse_hours(text)
    assert read is None or read.spans


def test_hours_are_never_empty_or_out_of_order() -> None:
    with pytest.raises(ValueError, match="not empty"):
        Hours(())
    with pytest.raises(ValueError, match="ordered"):
        Hours((Span(1, 0, 60), Span(0, 0, 60)))


@pytest.mark.parametrize(("weekday", "start", "end"), [(7, 0, 1), (-1, 0, 1), (0, 1440, 1441), (0, 5, 5), (0, 0, 1441)])
def test_a_span_that_cannot_be_is_refused(weekday: int, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span"):
        Span(weekday, start, end)
