"""Cuts a text into tokens, each with its one-letter class (see `lexicon`) and its place in the text."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from bot.time.when.clocks import AM_PM, SECONDS, TOLD, TOLD_IN_FIGURES, am_pm, colon, dotted, hours, long, second, told
from bot.time.when.lexicon import MONTHS, NUMBER_PHRASES, PHRASES, WORDS, Meaning
from bot.time.when.result import Doubt, Reason


class Token(NamedTuple):
    """A piece of the text: its class, its value, its folded words and its place."""

    kind: str
    value: object
    words: str
    start: int
    end: int


_LETTERS = {c: unicodedata.normalize("NFD", c)[0] for c in "àâäáãçéèêëîïíôöóùûüúÿñ"}
_SIGNS = {
    **dict.fromkeys("\u00a0\u202f\u2009\t\n\r", " "),
    **dict.fromkeys("’‘ʼ`´ʻ՚＇′‵ʹꞌ", "'"),
    **dict.fromkeys("–—−‑‐→", "-"),
}
_FOLDED = {**_LETTERS, **_SIGNS}
_TO_FOLD = re.compile(f"[{''.join(_FOLDED)}]")

_AHEAD = re.compile(r"\(\?[=!].*\)$")  # what follows a phrase is not part of its words
_LEADING = re.compile(r"\(\?:([a-z '|]+)\)(\??)")
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


_PHRASES = [
    (re.compile("|".join(_AHEAD.sub("", choice) for choice in _alternatives(pattern))), meaning)
    for pattern, meaning in PHRASES + NUMBER_PHRASES
]


def _spread(choice: str) -> Iterable[str]:
    """`(?:le )?mois` as `le mois` and `mois`, so that each begins with a letter."""
    group = _LEADING.match(choice)
    if group is None:
        return [choice]
    rest = choice[group.end() :]
    heads = [*group[1].split("|"), *([""] if group[2] else [])]
    return [one for head in heads for one in _spread(head + rest)]


def _by_first_letter(patterns: Iterable[str]) -> str:
    """The same choices gathered by their first letters: most words then fail on one comparison instead of hundreds."""
    return _gathered(one for pattern in patterns for choice in _alternatives(pattern) for one in _spread(choice))


def _gathered(choices: Iterable[str], depth: int = 3) -> str:
    letters: dict[str, list[str]] = {}
    for choice in choices:
        first = choice[:1] if choice[:1].isalpha() and choice[1:2] not in ("?", "*") else ""
        letters.setdefault(first, []).append(choice[len(first) :])
    return "|".join(
        f"{first}{_gathered_once(rest, depth)}" if first else "|".join(rest) for first, rest in letters.items()
    )


def _gathered_once(rest: list[str], depth: int) -> str:
    if len(rest) == 1:
        return f"(?:{rest[0]})" if "|" in rest[0] else rest[0]
    return f"(?:{_gathered(rest, depth - 1) if depth > 1 else '|'.join(rest)})"


_MONTH_NAMES = "|".join(name for names in MONTHS for name in names)
_STREETS = "rue|avenue|av|boulevard|bd|place (?=d)|allees?|chemin|impasse|quai|cours|route|square|street|road"
_LETTERS_FIRST = (
    ("offset", r"(?:utc|gmt) ?[+-] ?\d\d?(?:[:h]?\d\d)?(?![\d:])"),
    ("phrase", f"(?:{_by_first_letter(pattern for pattern, _ in PHRASES)})(?![a-z0-9])"),
    ("told", rf"(?:{_by_first_letter(TOLD)})(?![a-z0-9])"),
    ("week", r"(?:semaine|week|sem\.?|s) ?\d\d?(?![\w/:.,]|\s?(?:h|min|fois|times|jours|days|mois))"),
    ("month", rf"(?=[a-z]++\d)(?:{_MONTH_NAMES})(?=\d\d?(?![\w/]))"),
    ("letters", r"(?!midi-)[a-z]++(?:@\S+|-?\d\w*)|https?://\S+|www\.\S+|h24"),
    ("word", r"[a-z]+'?"),
)
_FIGURES_FIRST = (
    # The commonest forms, which nothing else can match: tried first to save trying the others.
    ("hour", r"\d\d?h(?= [a-z]|-\d\d?h|$)"),
    ("day", rf"\d\d?(?= ?(?:{_MONTH_NAMES})(?![a-z]))"),
    ("named", rf"\d\d?(?P<cut>[/-])(?:{_MONTH_NAMES})(?:\.?(?P=cut)(?:\d{{4}}|\d\d))?(?![\w/-])"),
    ("rank", r"\d\d?(?:er|e)(?= [a-z])"),
    ("figures", "(?:" + "|".join(pattern for pattern, _ in NUMBER_PHRASES) + ")(?![a-z0-9])"),
    ("street", rf"\d{{1,4}} ?(?:bis|ter)?,? (?:{_STREETS})(?![a-z])"),
    ("iso", r"\d{4}-\d\d-\d\d(?!\d)(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?"),
    ("slashed", r"\d{4}(?P<by>[/.-])\d\d?(?P=by)\d\d?(?![\d/]|[.,-]\d)"),
    ("full", r"\d\d?(?P<sep>[/.-])\d\d?(?P=sep)(?:\d{4}|\d\d)(?![\d/]|[.,-]\d)"),
    ("phone", r"0\d(?:[ .-]?\d\d){4}(?!\d)"),
    ("counted", rf"\d+(?:[.,]\d+)?\s?(?:{_COUNTED})(?!\w)"),
    ("always", r"24/7|7/7|24h/24|7j/7"),
    ("dm", r"\d\d?/\d\d?(?![\d/]|[.,]\d|\w)"),
    ("count", r"\d{1,9}\s?(?:seances?|fois|sessions?|times|occurrences?)(?![a-z])"),
    ("past", TOLD_IN_FIGURES),
    ("ampm", AM_PM),
    ("colon", r"\d\d?:\d\d(?::\d\d)?(?![\d:]|[.,]\d)(?: ?h(?![\w]))?"),
    ("dotted", rf"\d\d?\.[0-5]\d(?![\w.,/:]|\s?(?:{_COUNTED})(?!\w))"),
    ("half", r"\d[.,]5 ?(?:h|heures?|hours?|hrs?)(?![a-z0-9])"),
    ("second", SECONDS),
    (
        "long",
        r"(?:0?[0-5] ?h ?\d\d? ?(?:min|mn|m)|\d\d?h\d\d(?:min|mn|m)|\d\d? h \d\d (?:min|mn)"
        r"|\d\d? ?(?:hours?|hrs?))(?![a-z0-9])",
    ),
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
        if group == "word":
            kind, value = WORDS.get(words, _OTHER_WORD)
        else:
            kind, value = _MEANINGS[group](words) if group in _MEANINGS else _OTHER_WORD
        found.append(Token(kind, value, words, start, end))
    return found


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
    return "D", (day, month, _year(year))


def _day_month(words: str) -> Meaning:
    day, month = _ints(words)
    return "D", (day, month, None)


def _named(words: str) -> Meaning:
    """`3/dec/2026`, `9-janvier`."""
    day, month, *year = re.split(r"[/.-]+", words)
    return "D", (int(day), WORDS[month][1], _year(int(year[0])) if year else None)


def _year(number: int) -> int:
    return number if number > 99 else 2000 + number


def _offset(words: str) -> Meaning:
    """`GMT+4`, `UTC+03:00`: the zone databases count from the other side."""
    sign = "-" if "+" in words else "+"
    hour, minute = (*_ints(words), 0)[:2]
    if minute or hour > 12:
        raise Doubt(Reason.AMBIGUOUS)
    return "Z", f"Etc/GMT{sign}{hour}" if hour else "UTC"


_MAKERS: dict[str, Callable[[str], Meaning]] = {
    "phrase": _phrase,
    "figures": _phrase,
    "slashed": _slashed,
    "iso": _iso,
    "full": _full,
    "always": lambda words: ("v", None),
    "dm": _day_month,
    "count": lambda words: ("X", _ints(words)[0]),
    "told": told,
    "week": lambda words: ("I" if words.startswith(("sem", "week")) else "5", _ints(words)[0]),
    "past": told,
    "ampm": am_pm,
    "colon": colon,
    "dotted": dotted,
    "half": lambda words: ("P", _ints(words)[0] * 60 + 30),
    "second": second,
    "long": long,
    "spelled": hours,
    "hours": hours,
    "minutes": lambda words: ("P", _ints(words)[0]),
    "ordinal": lambda words: ("O", _ints(words)[0]),
    "hour": hours,
    "day": lambda words: ("N", int(words)),
    "named": _named,
    "month": lambda words: WORDS[words],
    "offset": _offset,
    "rank": lambda words: ("O", _ints(words)[0]),
    "year": lambda words: ("Y", int(words)),
    "number": lambda words: ("N", int(words)),
    "half2": lambda words: ("s", int(words[1:])),
    "dash": lambda words: ("-", None),
    "other": lambda words: ("~", None) if words == "~" else ("e", None) if words == "&" else _OTHER_WORD,
}
# Hours and numbers are few, and come back in most texts; only what can say something is remembered.
_MEANINGS = {group: lru_cache(maxsize=512)(maker) for group, maker in _MAKERS.items()}
