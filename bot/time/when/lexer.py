"""Cuts a text into tokens, each with its one-letter class (see `lexicon`) and its place in the text."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from bot.time.when.lexicon import ENGLISH_NUMBERS, MONTHS, NUMBER_PHRASES, PHRASES, WORDS, Meaning
from bot.time.when.result import Doubt, Reason


class Token(NamedTuple):
    """A piece of the text: its class, its value, its folded words and its place."""

    kind: str
    value: object
    words: str
    start: int
    end: int


class Hours(NamedTuple):
    """`14h30`: a time of day or a duration, as typed."""

    hour: int
    minute: int
    padded: bool
    loose: bool  # "14h 30": the 30 may belong to the next word


_LETTERS = {c: unicodedata.normalize("NFD", c)[0] for c in "àâäáãçéèêëîïíôöóùûüúÿñ"}
_SIGNS = {
    **dict.fromkeys("\u00a0\u202f\u2009\t\n\r", " "),
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("–—−‑‐→", "-"),
}
_FOLDED = {**_LETTERS, **_SIGNS}
_TO_FOLD = re.compile(f"[{''.join(_FOLDED)}]")

_AHEAD = re.compile(r"\(\?[=!].*\)$")  # what follows a phrase is not part of its words
_LEADING = re.compile(r"\(\?:([a-z '|]+)\)(\??)")
_PHRASES = [(re.compile(_AHEAD.sub("", pattern)), meaning) for pattern, meaning in PHRASES + NUMBER_PHRASES]
_COUNTED = (
    "€|%|euros?|eur|k€|\\$|£|kg|km|m2|m²|places?|personnes?|pers|seats?|people|participante?s?|inscrite?s?|lits?"
    "|patients?|spots?|equipes?|etablissements?|degres?|°"
)


def _alternatives(pattern: str) -> list[str]:
    """The top-level choices of a regular expression."""
    found, depth = [""], 0
    for sign in pattern:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        found = [*found, ""] if sign == "|" and not depth else [*found[:-1], found[-1] + sign]
    return found


def _spread(choice: str) -> Iterable[str]:
    """`(?:le )?mois` as `le mois` and `mois`, so that each begins with a letter."""
    group = _LEADING.match(choice)
    if group is None:
        return [choice]
    rest = choice[group.end() :]
    heads = [*group[1].split("|"), *([""] if group[2] else [])]
    return [one for head in heads for one in _spread(head + rest)]


def _by_first_letter(patterns: Iterable[str]) -> str:
    """The same choices gathered by first letter: most words then fail on one comparison instead of two hundred."""
    letters: dict[str, list[str]] = {}
    spread = (one for pattern in patterns for choice in _alternatives(pattern) for one in _spread(choice))
    for choice in spread:
        first = choice[0] if choice[0].isalpha() and choice[1:2] not in ("?", "*") else ""
        letters.setdefault(first, []).append(choice[len(first) :])
    return "|".join(f"{first}(?:{'|'.join(choices)})" for first, choices in letters.items())


_HOURS = "|".join(ENGLISH_NUMBERS[:12])
_HALF = r"[ap]\.?m\.?"
_TOLD = (
    rf"(?:a )?(?:half past|quarter past|quarter to) (?:\d\d?|{_HOURS})(?: ?{_HALF})?",
    *(rf"{hour} ?{_HALF}" for hour in ENGLISH_NUMBERS[:12]),
)
_STREETS = "rue|avenue|av|boulevard|bd|place (?=d)|allees?|chemin|impasse|quai|cours|route|square|street|road"
_LETTERS_FIRST = (
    ("phrase", f"(?:{_by_first_letter(pattern for pattern, _ in PHRASES)})(?![a-z0-9])"),
    ("told", rf"(?:{_by_first_letter(_TOLD)})(?![a-z0-9])"),
    ("week", r"(?:semaine|week|sem\.?|s) ?\d\d?(?![\w/:.,]|\s?(?:h|min|fois|times|jours|days|mois))"),
    ("letters", r"(?!midi-)[a-z]++(?:@\S+|-?\d\w*)|https?://\S+|www\.\S+|h24"),
    ("word", r"[a-z]+'?"),
)
_FIGURES_FIRST = (
    # The commonest forms, which nothing else can match: tried first to save trying the others.
    ("hour", r"\d\d?h(?= [a-z]|-\d\d?h|$)"),
    ("day", rf"\d\d?(?= (?:{'|'.join(name for names in MONTHS for name in names)})(?![a-z]))"),
    ("rank", r"\d\d?(?:er|e)(?= [a-z])"),
    ("figures", "(?:" + "|".join(pattern for pattern, _ in NUMBER_PHRASES) + ")(?![a-z0-9])"),
    ("slashed", r"\d{4}/\d\d?/\d\d?(?![\d/]|[.,-]\d)"),
    ("street", rf"\d{{1,4}} ?(?:bis|ter)?,? (?:{_STREETS})(?![a-z])"),
    ("iso", r"\d{4}-\d\d-\d\d(?!\d)(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?"),
    ("full", r"\d\d?(?P<sep>[/.-])\d\d?(?P=sep)(?:\d{4}|\d\d)(?![\d/]|[.,-]\d)"),
    ("phone", r"0\d(?:[ .-]?\d\d){4}(?!\d)"),
    ("counted", rf"\d+(?:[.,]\d+)?\s?(?:{_COUNTED})(?!\w)"),
    ("always", r"24/7|7/7|24h/24|7j/7"),
    ("dm", r"\d\d?/\d\d?(?![\d/]|[.,]\d|\w)"),
    ("count", r"\d{1,9}\s?(?:seances?|fois|sessions?|times|occurrences?)(?![a-z])"),
    ("ampm", r"\d\d?(?:[:.h]\d\d)?\s?[ap](?:\.m\.?|m)(?![a-z])"),
    ("colon", r"\d\d?:\d\d(?::\d\d)?(?![\d:]|[.,]\d)(?: ?h(?![\w]))?"),
    ("dotted", rf"\d\d?\.[0-5]\d(?![\w.,/:]|\s?(?:{_COUNTED})(?!\w))"),
    ("half", r"\d[.,]5 ?(?:h|heures?|hours?|hrs?)(?![a-z0-9])"),
    ("long", r"(?:0?[0-5] ?h ?\d\d? ?(?:min|mn|m)|\d\d?h\d\d(?:min|mn)|\d\d? ?(?:hours?|hrs?))(?![a-z])"),
    ("spelled", r"\d{1,3} ?heures?(?: \d\d(?![\d/.,:]| ?[a-z]))?(?![a-z0-9])"),
    ("hours", rf"\d{{1,3}} ?h(?: ?\d\d(?!\d|/(?!\d\d?h)|:| ?(?:{_COUNTED}|min|mn|'|h)))?(?![a-z0-9])"),
    ("minutes", r"\d{1,3} ?(?:minutes?|mins?|mn|'(?! ))(?![a-z])"),
    ("ordinal", r"\d\d? ?(?:ers?|eres?|re|emes?|iemes?|nde?|st|rd|th)(?![a-z0-9])|\d\d?[ed](?!\w)"),
    ("year", r"20\d\d(?![\w/:]|[.,]\d)"),
    ("number", r"\d\d?(?!\d|[.,:/]\d)(?=[^\w€%]|$|(?:jours?|jrs?|j|sem|mois)(?![a-z]))"),
    ("code", r"\d\S*"),
)
_OTHERS = (
    ("half2", r"/[23](?!\w)"),
    ("skip", r"[,.;:!?()\"«»“”\[\]]+"),
    ("dash", r"[-/>]+"),
    ("other", r"\+\d[\d .-]*\d|\S"),
)


def _choices(forms: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in forms)


_LEXER = re.compile(
    rf"\s*+(?:(?=[a-z])(?:{_choices(_LETTERS_FIRST)})|(?=\d)(?:{_choices(_FIGURES_FIRST)})|{_choices(_OTHERS)})"
)
_OTHER_WORD: Meaning = ("x", None)
_NUMBERS = re.compile(r"\d+")


def fold(text: str) -> str:
    """The same text without capitals, accents or typographic signs; every character keeps its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _TO_FOLD.sub(lambda sign: _FOLDED[sign[0]], lowered)


def tokens(folded: str) -> list[Token]:
    """All the tokens of a folded text; punctuation is left out. Raises `Doubt` for 25:00 or 30/14."""
    found = []
    for match in _LEXER.finditer(folded.rstrip()):
        group, index = match.lastgroup, match.lastindex
        if group is None or index is None or group == "skip":
            continue
        start, end = match.span(index)
        words = folded[start:end]
        kind, value = _said(group, words)
        found.append(Token(kind, value, words, start, end))
    return found


def _said(group: str, words: str) -> Meaning:
    """The class and value of one token. Caches only tokens that can have a meaning, so that the cache stays small."""
    if group == "word":
        return WORDS.get(words, _OTHER_WORD)
    return _meaning(group, words) if group in _MAKERS else _OTHER_WORD


@lru_cache(maxsize=4096)
def _meaning(group: str, words: str) -> Meaning:
    """The class and value of one token, cached: hours and numbers are few, and come back in most texts."""
    return _MAKERS[group](words)


def _ints(words: str) -> list[int]:
    return [int(n) for n in _NUMBERS.findall(words)]


def _phrase(words: str) -> Meaning:
    return next(meaning for pattern, meaning in _PHRASES if pattern.fullmatch(words))


def _iso(words: str) -> Meaning:
    year, month, day = _ints(words)[:3]
    if "t" not in words:
        return "D", (day, month, year)
    try:
        moment = datetime.fromisoformat(words.upper())
    except ValueError as error:
        raise Doubt(Reason.IMPOSSIBLE) from error
    return "T", moment


def _slashed(words: str) -> Meaning:
    year, month, day = _ints(words)
    return "D", (day, month, year)


def _full(words: str) -> Meaning:
    day, month, year = _ints(words)
    return "D", (day, month, year if year > 99 else 2000 + year)


def _day_month(words: str) -> Meaning:
    day, month = _ints(words)
    return "D", (day, month, None)


def _clock(hour: int, minute: int) -> tuple[int, int]:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Doubt(Reason.IMPOSSIBLE)
    return hour, minute


def _ampm(words: str) -> Meaning:
    hour, minute = (*_ints(words), 0)[:2]
    if not 1 <= hour <= 12:
        if hour > 12 and "p" in words:
            return "C", _clock(hour, minute)
        raise Doubt(Reason.IMPOSSIBLE)
    return "C", _clock(hour % 12 + (12 if "p" in words else 0), minute)


def _told(words: str) -> Meaning:
    """`half past two`, `quarter to 3pm`, `nine am`: as 2:30, 2:45pm and 9am are read."""
    bare = re.sub(r" ?[ap]\.?m\.?$", "", words)
    last = bare.rpartition(" ")[2]
    hour = int(last) if last.isdecimal() else ENGLISH_NUMBERS.index(last) + 1
    minute = 30 if "half" in bare else 15 if "past" in bare else 45 if " to " in bare else 0
    if " to " in bare:
        hour = hour - 1 or 12
    half = "" if bare == words else words[len(bare) :].strip()[0] + "m"
    return _ampm(f"{hour}:{minute:02}{half}") if half else _colon(f"{hour}:{minute:02}")


def _colon(words: str) -> Meaning:
    hour, minute = _ints(words)[:2]
    return ("C" if words[0] == "0" or not 1 <= hour <= 6 else "j"), _clock(hour, minute)


def _dotted(words: str) -> Meaning:
    """`10.30`; `2.30` may be in the afternoon, or a version."""
    hour, minute = _ints(words)
    return ("4", _clock(hour, minute)) if words[0] == "0" or 7 <= hour <= 23 else _OTHER_WORD


def _long(words: str) -> Meaning:
    hour, minute = (*_ints(words), 0)[:2]
    if hour > 5 and "hour" not in words:
        return "H", Hours(hour, minute, padded=False, loose=False)
    return "P", hour * 60 + minute


def _hours(words: str) -> Meaning:
    hour, minute = (*_ints(words), 0)[:2]
    if minute > 59:
        raise Doubt(Reason.IMPOSSIBLE)
    return "H", Hours(hour, minute, words[0] == "0", loose=bool(re.search(r"\dh \d", words)))


_MAKERS: dict[str, Callable[[str], Meaning]] = {
    "phrase": _phrase,
    "figures": _phrase,
    "slashed": _slashed,
    "iso": _iso,
    "full": _full,
    "always": lambda words: ("v", None),
    "dm": _day_month,
    "count": lambda words: ("X", _ints(words)[0]),
    "told": _told,
    "week": lambda words: ("I" if words.startswith(("sem", "week")) else "5", _ints(words)[0]),
    "ampm": _ampm,
    "colon": _colon,
    "dotted": _dotted,
    "half": lambda words: ("P", _ints(words)[0] * 60 + 30),
    "long": _long,
    "spelled": _hours,
    "hours": _hours,
    "minutes": lambda words: ("P", _ints(words)[0]),
    "ordinal": lambda words: ("O", _ints(words)[0]),
    "hour": _hours,
    "day": lambda words: ("N", int(words)),
    "rank": lambda words: ("O", _ints(words)[0]),
    "year": lambda words: ("Y", int(words)),
    "number": lambda words: ("N", int(words)),
    "half2": lambda words: ("s", int(words[1:])),
    "dash": lambda words: ("-", None),
    "other": lambda words: ("~", None) if words == "~" else ("e", None) if words == "&" else _OTHER_WORD,
}
