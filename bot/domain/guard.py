"""The patient-data guard: which rule a text breaks and where, never what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stdnum.fr import nir

from bot.domain.plain_text import fold

NIR: Final = "nir"
RECORD_NUMBER: Final = "record_number"
PATIENT_BIRTH: Final = "patient_birth"
RULES: Final = (NIR, RECORD_NUMBER, PATIENT_BIRTH)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One match: the rule, and where it stands in the text as it was given."""

    start: int
    end: int
    rule: str


def check(text: str) -> tuple[Finding, ...]:
    """Every match of every rule, in the order of the text. Linear in the length of the text."""
    plain = fold(text)
    readable = _LINK.sub(lambda link: "\0" * len(link[0]), plain.text)
    found = [
        Finding(*plain.span(start, end), rule)
        for rule, matches in (
            (NIR, _nirs),
            (RECORD_NUMBER, _record_numbers),
            (PATIENT_BIRTH, _patient_births),
        )
        for start, end in matches(readable)
    ]
    return tuple(sorted(found))


# Addresses carry long numbers of their own. Every repetition is bounded or starts at a boundary: no rescans.
_LINK = re.compile(
    r"""
      [a-z][a-z0-9+.-]{0,19}://\S*
    | (?<![a-z0-9.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?/\S*
    | (?<![a-z0-9])matrix:(?:u|r|roomid|e)/\S*
    | [@!#$][^\s:@!#$]{1,255}:(?:(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}|localhost)(?::\d{1,5})?(?![a-z0-9])
    | [!$][a-z0-9_-]{43}(?![a-z0-9_-])
    """,
    re.VERBOSE,
)

# Sex, year, month, département and commune, order, key, as INSEE lays them out; 2A and 2B are Corsica.
_GAP = "[ .-]{0,4}"
_NIR = re.compile(
    rf"(?<!\d)(?=([1-478]{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}(?:\d{_GAP}\d|2{_GAP}[ab])(?:{_GAP}\d){{8}})(?![a-z0-9]))"
)
_MONTHS = frozenset(f"{month:02d}" for month in (*range(1, 13), *range(20, 43), *range(50, 100)))
_NO_GAPS = str.maketrans("", "", " .-")
# A number glued to other letters is an identifier of something else, unless the letters announce it.
_NIR_LABEL = re.compile(r"(?:\bno?|nir|ins|nia|nss|secu|securite sociale)\Z")


def _nirs(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for match in _NIR.finditer(text):
        start, end = match.span(1)
        if start >= last and _stands_alone(text, start) and _is_nir(match[1]):
            yield start, end
            last = end


def _stands_alone(text: str, start: int) -> bool:
    before = text[max(0, start - 20) : start]
    return not before[-1:].isalnum() or _NIR_LABEL.search(before) is not None


def _is_nir(written: str) -> bool:
    number = written.translate(_NO_GAPS).upper()
    # The pattern has settled the form: stdnum's whole validation would only be slower on a page of digits.
    return number[3:5] in _MONTHS and bool(nir.calc_check_digits(number) == number[13:])


_RECORD = re.compile(
    r"""
    (?<![a-z0-9])(?:ipp|nda|iep|ins)
    (?:[ ]{0,3}(?:du|de[ ]la|de[ ]l'|patiente?|residente?|est|[:=#(-])){0,4}
    (?P<numbered>[ ]{0,3}(?:n\N{DEGREE SIGN}|no|num|numero)(?![a-z])[ .:]{0,3})?
    [ ._]{0,3}(?P<number>[a-z]{0,2}\d(?:[ .-]?\d){0,19})
    """,
    re.VERBOSE,
)
# `IPP` is also a class of medicines, `NDA` an agreement, `IEP` a school, `INS` a project with a telephone.
_NO_RECORD = re.compile(
    r"""
      \d{1,2}[ .-]\d{1,2}[ .-]\d{4}                     # a date
    | (?:19|20)\d\d(?:-\d\d-\d\d|-(?:19|20)\d\d)?      # a year, a date, two years
    | 0\d(?:[ .-]\d\d){4}                              # a telephone
    """,
    re.VERBOSE,
)


def _record_numbers(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _RECORD.finditer(text) if _is_record(match))


def _is_record(match: re.Match[str]) -> bool:
    number = match["number"]
    if _NO_RECORD.fullmatch(number):
        return False
    groups = [len(group) for group in re.findall(r"\d+", number)]
    if match["numbered"]:
        return sum(groups) >= 4
    return groups[0] >= 5 or sum(groups) >= (7 if groups[0] >= 3 else 9)


_MONTH_NAMES = "janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sep"
_BORN = re.compile(
    rf"""
    (?<![a-z])(?:nee?s?(?:\(e\)|[.·-]e)?[ ]+le|ddn|date[ ]de[ ]naissance|born(?:[ ]on)?)[ :]{{0,3}}
    (?:\d{{1,2}}[ ./-]{{1,3}}\d{{1,2}}[ ./-]{{1,3}}\d{{2,4}}
      |\d{{4}}-\d{{1,2}}-\d{{1,2}}
      |\d{{1,2}}(?:er|st|nd|rd|th)?[ ]+(?:{_MONTH_NAMES})[a-z]{{0,6}}\.?[ ]+\d{{2,4}})
    """,
    re.VERBOSE,
)
_PATIENT = re.compile(r"(?<![a-z])(?:patient|resident)(?:\(e\)|.e)?(?:e|s|es)?(?![a-z])")
_REACH = 120  # characters between the patient and the birth, on one line


def _patient_births(text: str) -> Iterator[tuple[int, int]]:
    for birth in _BORN.finditer(text):
        line_start = text.rfind("\n", max(0, birth.start() - _REACH), birth.start()) + 1
        if patient := _PATIENT.search(text, max(line_start, birth.start() - _REACH), birth.start()):
            yield patient.start(), birth.end()
