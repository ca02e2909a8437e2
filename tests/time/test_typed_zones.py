"""A zone is read when a line names one, and an unknown one is never passed over."""

import pytest

from bot.time.typed_zones import UnknownZone, take_zone, zone_named


@pytest.mark.parametrize(
    ("line", "zone", "rest"),
    [
        ("Atelier demain 14h heure de Paris", "Europe/Paris", "Atelier demain 14h"),
        ("demain 14h heure de la Martinique visio", "America/Martinique", "demain 14h visio"),
        ("demain 14h heure de La Réunion", "Indian/Reunion", "demain 14h"),
        ("demain 14h (heure de Nouvelle-Calédonie)", "Pacific/Noumea", "demain 14h"),
        ("tomorrow 2pm Martinique time", "America/Martinique", "tomorrow 2pm"),
        ("demain 14h Indian/Reunion", "Indian/Reunion", "demain 14h"),
        ("demain 14h heure Réunion", "Indian/Reunion", "demain 14h"),
        ("demain 14h heure reunion", "Indian/Reunion", "demain 14h"),
        ("demain 14h heure de Tokyo", "Asia/Tokyo", "demain 14h"),
    ],
)
def test_the_zone_of_a_line(line: str, zone: str, rest: str) -> None:
    left, found = take_zone(line)
    assert found is not None
    assert (found.key, " ".join(left.split())) == (zone, rest)


@pytest.mark.parametrize(
    "line",
    [
        "demain 14h",
        "une demi-heure de retard demain 14h",
        "https://a.example.org/Paris/x demain",
        '"Heure de Paris" demain 14h',
        "Heure de vérité demain 14h",
        "Une heure Paris demain 14h",
        "Prime time demain 14h",
    ],
)
def test_a_line_without_a_zone_is_left_alone(line: str) -> None:
    assert take_zone(line) == (line, None)


@pytest.mark.parametrize("line", ["demain 14h heure de Gotham", "demain 14h Europe/Nowhere"])
def test_an_unknown_zone_is_refused(line: str) -> None:
    with pytest.raises(UnknownZone):
        take_zone(line)


@pytest.mark.parametrize(
    ("words", "zone"),
    [("en Polynésie", "Pacific/Tahiti"), ("Fort-de-France", "America/Martinique"), ("métropole", "Europe/Paris")],
)
def test_a_place_has_other_names(words: str, zone: str) -> None:
    found = zone_named(words)
    assert found is not None
    assert found.key == zone
