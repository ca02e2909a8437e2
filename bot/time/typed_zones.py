"""The time zone that a line names: `heure de Martinique`, `Martinique time`, `Indian/Reunion`."""

import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.text.plain_text import fold
from bot.time.zone_names import NAMES, unaccented

_PLACES = "|".join(
    place.removeprefix("La ") for name in NAMES.values() for place in (name.place, unaccented(name.place))
)
_PHRASE = re.compile(
    r"(?<![\w-])(?:\(?heure\s+(?:de\s+la\s+|de\s+l['’]|de\s+|d['’]|du\s+|des\s+)([\w'’-]+(?:[ -]Cal[ée]donie)?)\)?"
    r"|(?<!['’])([\w'’-]+)\s+time(?!\w)"
    rf"|(?<!une )(?<!\d )(?<!\d)heure\s+((?:{_PLACES})(?!\w))"
    r"|((?:Africa|America|Antarctica|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/[\w/+-]+))",
    re.I,
)
_BEFORE_PLACE = re.compile(
    r"^(?:(?:à\s+l['’])?heure\s+)?(?:(?:de\s+la|de|du|des|en|à|a|au|aux)\s+|(?:de\s+)?l['’]|d['’])?", re.I
)
_ALSO = {
    **dict.fromkeys(("metropole", "hexagone", "france metropolitaine"), "Europe/Paris"),
    **dict.fromkeys(("polynesie", "polynesie francaise", "papeete"), "Pacific/Tahiti"),
    **dict.fromkeys(("caledonie", "kanaky"), "Pacific/Noumea"),
    **dict.fromkeys(("wallis et futuna", "futuna"), "Pacific/Wallis"),
    "fort de france": "America/Martinique",
    "pointe a pitre": "America/Guadeloupe",
    "mamoudzou": "Indian/Mayotte",
}
"""Other names of these places, folded."""
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_AFTER_TIME = re.compile(r"\d\s?(?:h|:)\s?\d*,?\s*$|\d\s?(?:am|pm),?\s*$", re.I)


LONGEST_TIME = 20
"""Most characters of a time with the blanks around it."""


class UnknownZone(ValueError):
    """The line names an unknown zone; the argument is what was typed."""


def take_zone(line: str) -> tuple[str, ZoneInfo | None]:
    """The line without its zone, and the zone; None when the line names none. Quoted words are not searched.

    Raises UnknownZone for an unknown name where only a zone can be: after a time, or written with a slash.
    """
    hidden = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), line)
    for found in _PHRASE.finditer(hidden):
        typed = next(group for group in found.groups() if group is not None)
        key = _keys().get(_plain(typed))
        if key is not None:
            return f"{line[: found.start()]} {line[found.end() :]}", ZoneInfo(key)
        if "/" in typed or _AFTER_TIME.search(hidden[: found.start()][-LONGEST_TIME:]):
            raise UnknownZone(typed)
    return line, None


def zone_named(words: str) -> ZoneInfo | None:
    """The zone that these words alone name: `Martinique`, `heure de la Martinique`, `Indian/Reunion`; None for none."""
    key = _keys().get(_plain(_BEFORE_PLACE.sub("", words.strip(" .()"))))
    return ZoneInfo(key) if key is not None else None


@cache
def _keys() -> dict[str, str]:
    known = sorted(available_timezones())
    cities = {_plain(key.rpartition("/")[2]): key for key in known if "/" in key and not key.startswith("Etc/")}
    spoken = {_plain(word): key for key, name in NAMES.items() for word in (name.place, name.english)}
    return cities | {_plain(key): key for key in known} | spoken | _ALSO


def _plain(word: str) -> str:
    return fold(word).text.replace("_", " ").replace("-", " ").replace("’", "'").strip().removeprefix("la ")
