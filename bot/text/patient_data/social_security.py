"""French social security numbers (NIR, INS) in folded text, however their figures are parted."""

import re
from collections.abc import Iterator

from stdnum.fr import nir

# Sex, year, month, département and commune, order, key, as INSEE lays them out; 2A and 2B are Corsica.
# People write O for 0 and l or I for 1; in an address a space is %20.
_FIGURE = "[0-9oil]"
_GAP = r"(?:[^a-z0-9%\0]{0,6}|(?:%2[0-9a-f]|&nbsp;|<br[ ]?/?>){1,2})"
_KEY_WORD = (
    r"[ ,;(\[/\n-]{0,4}(?:(?:et|avec|la|sa)[ ]){0,2}(?:clef?|key|k)(?:[ ](?:de[ ])?controle)?"
    r"(?:\(2\))?(?:[ ]?\()?(?:[ ](?:c')?est)?(?:[ ]n\N{DEGREE SIGN})?[ :=.(\[-]{0,4}"
)
_NUMBER = re.compile(
    rf"""
    (?=(?P<body>
        [1-478il]{_GAP}{_FIGURE}{_GAP}{_FIGURE}{_GAP}{_FIGURE}{_GAP}{_FIGURE}{_GAP}
        (?:{_FIGURE}{_GAP}{_FIGURE}|2{_GAP}[ab])(?:{_GAP}{_FIGURE}){{6}}
       )
       (?:(?:{_KEY_WORD}|{_GAP}|[ ][il][ ])(?P<key>{_FIGURE}{_GAP}{_FIGURE})(?![0-9]|[a-z](?![a-z])))?
    )
    """,
    re.VERBOSE,
)
_GAPS = re.compile(r"(?:%2[0-9a-f]|&nbsp;|<br[ ]?/?>|[^a-z0-9%])+")
_AS_FIGURES = str.maketrans("oilab", "011AB", " .-")
_PLAIN = re.compile("[0-9a-z .-]+")
_FIELDS = frozenset((1, 3, 5, 7, 10, 13))
_MONTHS = frozenset(f"{month:02d}" for month in (*range(1, 13), *range(20, 43), *range(50, 100)))
_FEWEST = 9
"""Figures that are written as such: fewer, and letters alone would make a number."""
_WORDS = r"""
    (?:(?<![a-z])(?:nir|nss|ins|nia|ss|n\.i\.r|i\.n\.s|s\.s)(?![a-z])|secu|social(?:e|[ ]security)|immat
      |(?<![a-z])assuree?|insee|matricule|vitale)
"""
_ANNOUNCED = re.compile(rf"{_WORDS}[^0-9]{{0,30}}\Z", re.VERBOSE)
_NAMED_AFTER = re.compile(rf"[^0-9]{{0,20}}?{_WORDS}", re.VERBOSE)
_REACH = 45  # characters between a label and the number of thirteen figures that it announces


def social_security_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each valid number: one with its key, or one after a word that announces it."""
    if sum(map(text.count, "0123456789")) < _FEWEST:
        return
    last = 0
    for match in _NUMBER.finditer(text):
        end = _end(match, text) if match.start() >= last and _begins(text, match.start()) else None
        if end is not None and _is_written_well(match["body"]):
            yield match.start(), end
            last = end


def _end(match: re.Match[str], text: str) -> int | None:
    """Where a number ends that begins here, None when none does."""
    number, end = _figures(match["body"]), match.end("body")
    if number[3:5] not in _MONTHS:
        return None
    # The pattern has settled the form: stdnum's whole validation would only be slower on a page of digits.
    if match["key"] and nir.calc_check_digits(number) == _figures(match["key"]):
        return match.end("key")
    glued = text[end : end + 1].isalnum()
    return end if not glued and _is_announced(text, match.start(), end) else None


def _begins(text: str, start: int) -> bool:
    """Whether a number may begin here: glued to one letter or figure it is another identifier; to a word, it is not."""
    before = text[max(0, start - 2) : start]
    return not before[-1:].isalnum() or (before.isalpha() and (len(before) == 2 or before == "n"))


def _figures(written: str) -> str:
    figures = written.translate(_AS_FIGURES)
    return figures if figures.isalnum() else _GAPS.sub("", written).translate(_AS_FIGURES)


def _is_written_well(body: str) -> bool:
    """Whether its separators fit: spaces, dots and dashes anywhere; other signs, as in lists, only between fields."""
    if sum(map(body.count, "0123456789")) < _FEWEST:
        return False
    if _PLAIN.fullmatch(body):
        return True
    cuts, place = set(), 0
    for part in _GAPS.split(body)[:-1]:
        place += len(part)
        cuts.add(place)
    return cuts <= _FIELDS or all(cut % 3 == 0 for cut in cuts) or all(cut % 5 == 0 for cut in cuts) or len(cuts) == 12


def _is_announced(text: str, start: int, end: int) -> bool:
    before = _ANNOUNCED.search(text, max(0, start - _REACH), start)
    return before is not None or _NAMED_AFTER.match(text, end, end + _REACH) is not None
