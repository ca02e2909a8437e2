"""How people name the time zones they live in, in French and English."""

import unicodedata
from typing import NamedTuple
from zoneinfo import ZoneInfo


class ZoneName(NamedTuple):
    """`heure de la Martinique`, `en Martinique`, `Martinique`; in English `Martinique time`, `in Martinique`."""

    of: str
    at: str
    place: str
    english: str


NAMES = {
    "Europe/Paris": ZoneName("de Paris", "à Paris", "Paris", "Paris"),
    "America/Martinique": ZoneName("de la Martinique", "en Martinique", "Martinique", "Martinique"),
    "America/Guadeloupe": ZoneName("de la Guadeloupe", "en Guadeloupe", "Guadeloupe", "Guadeloupe"),
    "America/Cayenne": ZoneName("de la Guyane", "en Guyane", "Guyane", "French Guiana"),
    "Indian/Reunion": ZoneName("de La Réunion", "à La Réunion", "La Réunion", "Réunion"),
    "Indian/Mayotte": ZoneName("de Mayotte", "à Mayotte", "Mayotte", "Mayotte"),
    "Pacific/Noumea": ZoneName("de Nouvelle-Calédonie", "en Nouvelle-Calédonie", "Nouvelle-Calédonie", "New Caledonia"),
    "Pacific/Tahiti": ZoneName("de Tahiti", "à Tahiti", "Tahiti", "Tahiti"),
    "Pacific/Marquesas": ZoneName("des Marquises", "aux Marquises", "Marquises", "Marquesas"),
    "Pacific/Wallis": ZoneName("de Wallis", "à Wallis", "Wallis", "Wallis"),
    "America/Miquelon": ZoneName(
        "de Saint-Pierre-et-Miquelon", "à Saint-Pierre-et-Miquelon", "Saint-Pierre-et-Miquelon", "Miquelon"
    ),
    "America/St_Barthelemy": ZoneName(
        "de Saint-Barthélemy", "à Saint-Barthélemy", "Saint-Barthélemy", "Saint-Barthélemy"
    ),
    "America/Marigot": ZoneName("de Saint-Martin", "à Saint-Martin", "Saint-Martin", "Saint-Martin"),
    "Europe/London": ZoneName("de Londres", "à Londres", "Londres", "London"),
    "Europe/Brussels": ZoneName("de Bruxelles", "à Bruxelles", "Bruxelles", "Brussels"),
    "America/New_York": ZoneName("de New York", "à New York", "New York", "New York"),
    "America/Montreal": ZoneName("de Montréal", "à Montréal", "Montréal", "Montréal"),
    "UTC": ZoneName("UTC", "UTC", "UTC", "UTC"),
}


def unaccented(text: str) -> str:
    """The text without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def zone_name(zone: ZoneInfo) -> ZoneName:
    """The names of a zone; of one that is not in the table, after its city (`Asia/Tokyo` is Tokyo)."""
    known = NAMES.get(zone.key)
    if known:
        return known
    city = zone.key.rpartition("/")[2].replace("_", " ")
    elided = "d'" if city[:1] in "AEIOUYÉ" else "de "
    return ZoneName(f"{elided}{city}", f"à {city}", city, city)


def zone_phrase(zone: ZoneInfo, language: str) -> str:
    """`heure de Paris`, `Paris time`."""
    return f"heure {zone_name(zone).of}" if language == "fr" else f"{zone_name(zone).english} time"
