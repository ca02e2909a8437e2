"""The days of an absence, as people say them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.volunteers.rules.absence import Unclear, days_away

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("du 4 au 26", date(2026, 11, 22), date(2026, 11, 26)),
        ("du 20 novembre au 26 novembre", date(2026, 11, 22), date(2026, 11, 26)),
        ("du 5 octobre au 3 janvier", date(2026, 11, 22), date(2027, 1, 3)),
        ("du 4 au 20", date(2026, 12, 4), date(2026, 12, 20)),
        ("jusqu'à vendredi", date(2026, 11, 22), date(2026, 11, 27)),
        ("jusqu'au 5 janvier", date(2026, 11, 22), date(2027, 1, 5)),
        ("demain", date(2026, 11, 23), date(2026, 11, 23)),
        ("from 20 to 26 November", date(2026, 11, 22), date(2026, 11, 26)),
    ],
)
def test_what_runs_already_is_meant_before_what_comes_later(said: str, first: date, last: date) -> None:
    assert days_away(said, now=NOW, zone=ZoneInfo("Europe/Paris")) == (first, last)


def test_days_that_nobody_can_tell_are_asked_for() -> None:
    assert days_away("un jour ou l'autre", now=NOW, zone=ZoneInfo("Europe/Paris")) is Unclear.UNREAD
