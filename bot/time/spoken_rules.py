"""Says an RRULE in French and English: `le premier mardi de chaque mois`, `un jeudi sur deux`."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.time.spoken_names import DAYS, MONTHS

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {
    "fr": {
        1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier", -2: "avant-dernier",
    },
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"},
}  # fmt: skip
UNITS = {
    "fr": {"DAILY": "jours", "WEEKLY": "semaines", "MONTHLY": "mois", "YEARLY": "ans"},
    "en": {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months", "YEARLY": "years"},
}
EACH = {
    "fr": {
        "DAILY": "tous les jours",
        "WEEKLY": "toutes les semaines",
        "MONTHLY": "tous les mois",
        "YEARLY": "tous les ans",
    },
    "en": {"DAILY": "every day", "WEEKLY": "every week", "MONTHLY": "every month", "YEARLY": "every year"},
}
WORKING = "MO,TU,WE,TH,FR"


def say_rule(rrule: str, *, zone: ZoneInfo, language: str) -> str:
    """The recurrence in words, without its hours. Raises `ValueError` for a rule that the date grammar never makes."""
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    if not parts.keys() <= {"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL"}:
        raise ValueError("this recurrence has no words")
    interval = int(parts.get("INTERVAL", "1"))
    words = _often(parts, interval, language)
    return words + _left_out(parts, language) + _end(parts, zone, language)


def _often(parts: dict[str, str], interval: int, language: str) -> str:
    freq, byday = parts["FREQ"], parts.get("BYDAY", "")
    if freq == "WEEKLY" and byday:
        return _weekdays(byday, interval, language)
    if freq in ("MONTHLY", "YEARLY"):
        which = _which_days(parts, language)
        return f"{which} {_of(parts, interval, language)}" if which else _bare(freq, interval, language)
    return _bare(freq, interval, language)


def _bare(freq: str, interval: int, language: str) -> str:
    if interval == 1:
        return EACH[language][freq]
    every = {"fr": "toutes les" if freq == "WEEKLY" else "tous les", "en": "every"}[language]
    return f"{every} {interval} {UNITS[language][freq]}"


def _weekdays(byday: str, interval: int, language: str) -> str:
    days = [DAYS[language][CODES.index(code)] for code in byday.split(",")]
    french = language == "fr"
    if interval == 1:
        if byday == WORKING:
            return "du lundi au vendredi" if french else "Monday to Friday"
        names = [f"{day}s" for day in days] if french else days
        return f"tous les {_and(names, language)}" if french else f"every {_and(names, language)}"
    if interval == 2 and len(days) == 1:
        return f"un {days[0]} sur deux" if french else f"every other {days[0]}"
    which = f"le {_and(days, language)}" if french else f"on {_and(days, language)}"
    return f"toutes les {interval} semaines, {which}" if french else f"every {interval} weeks, {which}"


def _which_days(parts: dict[str, str], language: str) -> str:
    the = "le" if language == "fr" else "the"
    if "BYSETPOS" in parts:
        ordinal = ORDINALS[language][int(parts["BYSETPOS"])]
        return f"{the} {ordinal} jour ouvré" if language == "fr" else f"{the} {ordinal} working day"
    if "BYMONTHDAY" in parts:
        days = [_number(int(day), language, "BYMONTH" in parts) for day in parts["BYMONTHDAY"].split(",")]
        return f"{the} {_and(days, language)}"
    named = [
        (int(code[:-2]), DAYS[language][CODES.index(code[-2:])]) for code in parts.get("BYDAY", "").split(",") if code
    ]
    if not named:
        return ""
    ordinals = [ORDINALS[language][number] for number, _ in named]
    return f"{the} {_and(ordinals, language)} {named[0][1]}"


def _number(day: int, language: str, with_month: bool) -> str:
    if day == -1:
        return "dernier jour" if language == "fr" else "last day"
    if language == "fr":
        return "1er" if day == 1 else str(day)
    if with_month:
        return str(day)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(0 if day in (11, 12, 13) else day % 10, "th")
    return f"{day}{ending}"


def _of(parts: dict[str, str], interval: int, language: str) -> str:
    """`de chaque mois`, `tous les 2 mois`, `janvier de chaque année`."""
    french = language == "fr"
    if parts["FREQ"] == "YEARLY":
        month = MONTHS[language][int(parts["BYMONTH"]) - 1] if "BYMONTH" in parts else ""
        return f"{month}, tous les ans" if french else f"{month}, every year"
    if interval == 1:
        return "de chaque mois" if french else "of each month"
    return f"tous les {interval} mois" if french else f"every {interval} months"


def _and(words: list[str], language: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'et' if language == 'fr' else 'and'} {words[-1]}"


def _left_out(parts: dict[str, str], language: str) -> str:
    """`, sauf en juillet et en août`: the months that a rule leaves out, or its only months when those are fewer."""
    if parts["FREQ"] == "YEARLY" or "BYMONTH" not in parts:
        return ""
    kept = [int(month) for month in parts["BYMONTH"].split(",")]
    others = [month for month in range(1, 13) if month not in kept]
    in_, but = {"fr": ("en", "sauf "), "en": ("in", "except ")}[language]
    named = [f"{in_} {MONTHS[language][month - 1]}" for month in (others if len(others) < 6 else kept)]
    return f", {but if len(others) < 6 else ''}{_and(named, language)}"


def _end(parts: dict[str, str], zone: ZoneInfo, language: str) -> str:
    french = language == "fr"
    if "COUNT" in parts:
        return f", {parts['COUNT']} fois" if french else f", {parts['COUNT']} times"
    if "UNTIL" not in parts:
        return ""
    until = _until(parts["UNTIL"], zone)
    number = "1er" if until.day == 1 and french else str(until.day)
    said = f"{number} {MONTHS[language][until.month - 1]} {until.year}"
    return f", jusqu’au {said}" if french else f", until {said}"


def _until(value: str, zone: ZoneInfo) -> datetime:
    if "T" in value:
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
    return datetime.strptime(value, "%Y%m%d").replace(tzinfo=zone)
