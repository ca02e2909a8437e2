"""What the date grammar promises whatever the text."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.time.recurrence import Series, occurrences
from bot.time.spoken_dates import say_day, say_moment
from bot.time.spoken_rules import say_rule
from bot.time.when import Reading, Reason, Unsure, extract, read
from bot.time.when.lexicon import WORDS

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 10, tzinfo=PARIS)
ZONES = st.sampled_from(
    [
        "Europe/Paris",
        "America/Martinique",
        "Indian/Reunion",
        "Pacific/Noumea",
        "America/Miquelon",
        "Asia/Tokyo",
        "America/New_York",
    ]
).map(ZoneInfo)
LANGUAGES = st.sampled_from(["fr", "en"])
MOMENTS = st.integers(0, 6_800_000).map(lambda minutes: datetime(2026, 11, 27, tzinfo=UTC) + timedelta(minutes=minutes))
FRAGMENTS = [
    "14h", "14h30", "1h30", "2h", "14:00", "5/1", "05/01/2027", "5", "15", "30", "2027", "-", ",", "1er", "2e", "2pm",
    "tous les", "chaque", "du mois", "de chaque mois", "sur deux", "en huit", "prochaine", "après-demain", "25h", "?",
    "jusqu'au", "à partir du", "pendant", "de", "à", "le", "les", "et", "ou", "R-7", "https://example.org", "30 places",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS + sorted(WORDS)), min_size=1, max_size=7).map(" ".join)
RULES = [
    "tous les mardis 14h", "1er mardi du mois 14h", "un jeudi sur deux 9h", "le 31 de chaque mois 8h",
    "tous les jours 7h",
    "dernier vendredi du mois 16h", "lun-ven 9h-18h", "dernier jour ouvré du mois 10h", "tous les ans le 29 mars 9h",
]  # fmt: skip


@given(MOMENTS, st.integers(5, 600), ZONES, LANGUAGES)
def test_what_is_said_reads_back_to_the_same_moment(
    start: datetime, minutes: int, zone: ZoneInfo, language: str
) -> None:
    start = start.astimezone(zone)
    later = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    end = None if start.fold or later.fold or start.date() != later.date() else later
    reading = read(say_moment(start, end, zone=zone, language=language), now=NOW, zone=zone)
    assert isinstance(reading, Reading)
    assert reading.start == start.replace(fold=0)
    assert reading.end == end


@given(MOMENTS, ZONES, LANGUAGES)
def test_a_day_that_is_said_reads_back_to_the_same_day(start: datetime, zone: ZoneInfo, language: str) -> None:
    reading = read(say_day(start, zone=zone, language=language), now=NOW, zone=zone)
    assert isinstance(reading, Reading)
    assert reading.all_day
    assert reading.start is not None
    assert reading.start.date() == start.astimezone(zone).date()


@given(TEXTS, ZONES)
@example("aujourd'hui 8h", PARIS)
@example("dans 30 secondes", PARIS)
def test_nothing_that_was_read_is_over(text: str, zone: ZoneInfo) -> None:
    for result in (read(text, now=NOW, zone=zone), extract(text, now=NOW, zone=zone).result):
        if isinstance(result, Reading) and result.start is not None:
            today = NOW.astimezone(zone).date()
            assert result.start >= NOW or (result.all_day and result.start.date() >= today)
            assert result.end is None or result.end > result.start


@given(st.text(max_size=80))
def test_no_text_makes_the_grammar_fail(text: str) -> None:
    assert isinstance(read(text, now=NOW, zone=PARIS), Reading | Unsure)
    assert isinstance(extract(text, now=NOW, zone=PARIS).result, Reading | Unsure)


@given(TEXTS)
def test_a_reading_has_aware_times_in_the_zone_asked_for(text: str) -> None:
    result = read(text, now=NOW, zone=PARIS)
    if isinstance(result, Reading):
        assert all(moment is None or moment.tzinfo is PARIS for moment in (result.start, result.end))


@pytest.mark.parametrize("text", RULES)
def test_a_series_keeps_its_civil_time_through_both_clock_changes(text: str) -> None:
    reading = read(text, now=NOW, zone=PARIS)
    assert isinstance(reading, Reading)
    assert reading.start is not None
    series = Series(reading.start.replace(tzinfo=None), PARIS, reading.rrule)
    found = occurrences(series, after=NOW, limit=400)
    assert found[0].start == reading.start
    assert [one.start for one in found] == sorted({one.start for one in found})
    assert {one.start.time() for one in found} == {reading.start.time()}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", [rule for rule in RULES if "29 mars" not in rule])
def test_a_recurrence_that_is_said_reads_back_to_the_same_rule(text: str, language: str) -> None:
    first = read(text, now=NOW, zone=PARIS)
    assert isinstance(first, Reading)
    assert first.rrule is not None
    said = say_rule(first.rrule, zone=PARIS, language=language)
    hours = {"lun": "9h-18h"}.get(text[:3], "14h")
    second = read(f"{said}, {hours}", now=NOW, zone=PARIS)
    assert isinstance(second, Reading)
    assert second.rrule == first.rrule


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hier", Reason.PAST),
        ("5 janvier 2020", Reason.PAST),
        ("25/11 9h", Reason.PAST),
        ("30 février", Reason.IMPOSSIBLE),
        ("25h", Reason.IMPOSSIBLE),
        ("mardi ou mercredi", Reason.AMBIGUOUS),
        ("vers le 5 janvier ?", Reason.AMBIGUOUS),
        ("En 2 heures", Reason.NO_DATE),
        ("dernier week-end de septembre", Reason.VAGUE),
        ("13.12 PM", Reason.IMPOSSIBLE),
        ("15 juillet 2027 14h CET", Reason.AMBIGUOUS),
        ("lundi 5 janvier 2027", Reason.CONTRADICTION),
        ("demain 16h-14h", Reason.CONTRADICTION),
        ("fin janvier", Reason.VAGUE),
        ("demain matin", Reason.VAGUE),
        ("bonjour", Reason.UNKNOWN),
        ("R-7", Reason.UNKNOWN),
        ("45 min", Reason.NO_DATE),
        ("demain 90 min", Reason.NO_TIME),
    ],
)
def test_a_doubt_has_its_reason(text: str, reason: Reason) -> None:
    assert read(text, now=NOW, zone=PARIS) == Unsure(reason)


def test_a_time_that_the_clocks_skip_is_refused_with_the_next_one() -> None:
    doubt = read("28 mars 2027 02:30", now=NOW, zone=PARIS)
    assert doubt == Unsure(Reason.NONEXISTENT, datetime(2027, 3, 28, 3, 30, tzinfo=PARIS))


def test_a_time_that_comes_twice_is_the_first_and_says_so() -> None:
    reading = read("31 octobre 2027 02:30", now=NOW, zone=PARIS)
    assert isinstance(reading, Reading)
    assert reading.repeated_hour
    assert reading.start is not None
    assert reading.start.utcoffset() == timedelta(hours=2)


def test_the_same_words_are_another_instant_in_another_zone() -> None:
    noumea = ZoneInfo("Pacific/Noumea")
    reading = read("demain 9h", now=NOW, zone=noumea)  # it is already 20:00 there
    assert reading == Reading(datetime(2026, 11, 26, 9, tzinfo=noumea))


def test_a_date_in_a_sentence_is_found_and_the_other_words_are_kept() -> None:
    found = extract("Comité RSE : mardi prochain à 14h, salle Curie", now=NOW, zone=PARIS)
    assert found.result == Reading(datetime(2026, 12, 1, 14, tzinfo=PARIS))
    assert (found.before, found.after) == ("Comité RSE", "salle Curie")


@pytest.mark.parametrize(
    "text",
    ["réunion mardi ou mercredi", "réunion vers le 5 janvier 14h", "demain 14h 30 armoires", "mardi 14h ou jeudi 15h"],
)
def test_a_hedge_in_a_sentence_leaves_it_unsure(text: str) -> None:
    assert extract(text, now=NOW, zone=PARIS).result == Unsure(Reason.AMBIGUOUS)


def test_accents_typed_apart_and_typographic_signs_are_read() -> None:
    apart = read("apre\u0300s-demain 9\u00a0h\u202f30", now=NOW, zone=PARIS)
    assert apart == Reading(datetime(2026, 11, 27, 9, 30, tzinfo=PARIS))


@pytest.mark.parametrize(
    "text", ["demain vers 14h", "ce soir", "jeudi prochain 9h", "mercredi en huit", "9h le mardi", "mardi 15h environ"]
)
def test_a_reading_that_some_would_mean_otherwise_says_so(text: str) -> None:
    reading = read(text, now=NOW, zone=PARIS)
    assert isinstance(reading, Reading)
    assert reading.chosen


@pytest.mark.parametrize(
    "text", ["demain 14h", "ce soir 20h", "mardi prochain 9h", "mardi en huit", "le 5 décembre 9h"]
)
def test_a_reading_without_a_choice_says_nothing_of_one(text: str) -> None:
    reading = read(text, now=NOW, zone=PARIS)
    assert isinstance(reading, Reading)
    assert not reading.chosen


def test_this_evening_is_at_seven_until_then() -> None:
    late = NOW.replace(hour=19, minute=30)
    assert read("ce soir", now=NOW, zone=PARIS) == Reading(datetime(2026, 11, 25, 19, tzinfo=PARIS))
    assert read("ce soir", now=late, zone=PARIS) == Unsure(Reason.VAGUE)


@pytest.mark.parametrize(
    "text",
    [
        "Dr Toussaint demain 9h",
        "Bal de la Saint-Valentin demain 9h",
        "jeu de rôle demain 9h",
        "veille sanitaire demain 9h",
        "fête de la musique demain 9h",
        "le comité est prêt demain 9h",
        "travail en 2 équipes demain 9h",
    ],
)
def test_the_names_of_things_do_not_hide_the_date_of_a_sentence(text: str) -> None:
    found = extract(text, now=NOW, zone=PARIS)
    assert found.result == Reading(datetime(2026, 11, 26, 9, tzinfo=PARIS))
    assert found.rest == text.removesuffix(" demain 9h")


@pytest.mark.parametrize(
    ("text", "hour"), [("Point demain 14h CET", 14), ("Point demain 14h GMT+4", 11), ("Point demain 9h HNE", 15)]
)
def test_the_letters_of_a_zone_convert_the_hour(text: str, hour: int) -> None:
    found = extract(text, now=NOW, zone=PARIS)
    assert found.result == Reading(datetime(2026, 11, 26, hour, tzinfo=PARIS))
    assert found.rest == "Point"


@pytest.mark.parametrize(
    "text", ["Toussaint 9h déposer les plannings", "christmas eve 6pm drinks", "autour du 15 janvier 14h atelier"]
)
def test_a_day_that_may_be_a_name_is_asked_about_when_no_other_is_said(text: str) -> None:
    assert extract(text, now=NOW, zone=PARIS).result == Unsure(Reason.AMBIGUOUS)


@pytest.mark.parametrize("text", ["demain midi trente salle Curie", "jeudi midi trente salle Curie"])
def test_half_past_noon_is_read_before_other_words(text: str) -> None:
    found = extract(text, now=NOW, zone=PARIS)
    assert (found.result, found.rest) == (Reading(datetime(2026, 11, 26, 12, 30, tzinfo=PARIS)), "salle Curie")


def test_a_french_word_in_capitals_is_no_zone() -> None:
    found = extract("LA REUNION DE DEMAIN 14H EST ANNULEE", now=NOW, zone=PARIS)
    assert found.result == Reading(datetime(2026, 11, 26, 14, tzinfo=PARIS))
