"""When digests are due, and what people write to have them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from bot.digest.rules.rhythm import MONTHLY, WEEKLY, is_missed, may_leave, next_after
from bot.digest.rules.wish import ALL, MEETUPS, RESOURCES, read_wish

PARIS = ZoneInfo("Europe/Paris")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@given(
    some.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes)),
    some.sampled_from(["Europe/Paris", "America/Martinique", "Pacific/Noumea", "Pacific/Marquesas"]),
    some.sampled_from([WEEKLY, MONTHLY]),
)
def test_the_next_digest_is_the_first_tuesday_at_ten_to_come_by_the_reader_s_clock(
    moment: datetime, zone: str, rhythm: str
) -> None:
    due = next_after(moment, ZoneInfo(zone), rhythm)
    local = due.astimezone(ZoneInfo(zone))
    assert (local.isoweekday(), local.hour, local.minute) == (2, 10, 0)
    assert timedelta() < due - moment <= timedelta(days=7 if rhythm == WEEKLY else 36, hours=1)
    assert rhythm == WEEKLY or local.day <= 7


def test_the_hour_stays_ten_across_both_changes_of_the_clocks() -> None:
    for tuesday in (datetime(2027, 3, 23, 10, tzinfo=PARIS), datetime(2027, 10, 26, 10, tzinfo=PARIS)):
        following = next_after(tuesday, PARIS, WEEKLY)
        assert (following.astimezone(PARIS).hour, following.astimezone(UTC).hour) == (
            10,
            8 if tuesday.month == 3 else 9,
        )


def test_a_late_digest_leaves_by_day_within_a_day_and_later_waits_for_the_next() -> None:
    due = datetime(2027, 1, 5, 10, tzinfo=PARIS)
    table = {0: (True, False), 9: (True, False), 11: (False, False), 23: (True, False), 25: (False, True)}
    found = {
        hours: (may_leave(due, now := due + timedelta(hours=hours), PARIS), is_missed(due, now)) for hours in table
    }
    assert found == table


def test_what_people_write_is_what_they_are_sent() -> None:
    """What, kind, words of a topic, rhythm."""
    table = {
        "": (ALL, "", "", WEEKLY),
        "tout mensuel": (ALL, "", "", MONTHLY),
        "rencontres": (MEETUPS, "", "", WEEKLY),
        "Formations": (MEETUPS, "formation", "", WEEKLY),
        "aux rencontres d’information": (MEETUPS, "information", "", WEEKLY),
        "ressources interopérabilité chaque mois": (RESOURCES, "", "interoperabilite", MONTHLY),
        "les nouvelles ressources sur le DPI": (RESOURCES, "", "dpi", WEEKLY),
        "retours d'expérience sur le DPI": (MEETUPS, "retex", "dpi", WEEKLY),
        "training, every month": (MEETUPS, "formation", "", MONTHLY),
        "DPI en privé": (ALL, "", "dpi", WEEKLY),
        "coffee break": (MEETUPS, "café", "", WEEKLY),
    }
    found = {text: (read.wish, read.topic_words) for text in table for read in [read_wish(text)]}
    assert {text: (w.what, w.kind, words, w.rhythm) for text, (w, words) in found.items()} == table
    assert read_wish("ressources dans le salon").in_room


def test_a_territory_at_the_end_of_what_people_write_is_no_topic() -> None:
    """What, kind, words of a topic, codes of territories."""
    table = {
        "Grand Est": (ALL, "", "", ["R44"]),
        "formations en Bretagne chaque mois": (MEETUPS, "formation", "", ["R53"]),
        "ressources interopérabilité région Grand Est": (RESOURCES, "", "interoperabilite", ["R44"]),
        "rencontres 29": (MEETUPS, "", "", ["29"]),
        "rencontres en Alsace": (MEETUPS, "", "", ["67", "68"]),
        "réunions": (MEETUPS, "", "", []),
        "la Réunion": (ALL, "", "", ["974"]),
        "rencontres à la Réunion": (MEETUPS, "", "", ["974"]),
    }
    found = {text: (read.wish, read.topic_words, read.territories) for text in table for read in [read_wish(text)]}
    assert {
        text: (wish.what, wish.kind, words, [one.code for one in there]) for text, (wish, words, there) in found.items()
    } == table
