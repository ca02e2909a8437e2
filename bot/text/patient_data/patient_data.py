"""The patient-data guard: which rule a text breaks and where, never what it says.

A name with an age, or a birth without a name, is no match: both are in what colleagues rightly write.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.text.patient_data.births import patient_births
from bot.text.patient_data.record_numbers import record_numbers
from bot.text.patient_data.social_security import social_security_numbers
from bot.text.plain_text import PlainText, fold

NIR: Final = "nir"
RECORD_NUMBER: Final = "record_number"
PATIENT_BIRTH: Final = "patient_birth"
# The surest first: a number's check digits prove it, a label or a word only announces one.
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
    if _DIGIT.search(plain.text) is None:
        return ()
    readable = PlainText(_IDENTIFIER.sub(_blank, plain.text), plain.offsets)
    found = [
        Finding(*plain.span(start, end), rule)
        for rule, matches in (
            (NIR, social_security_numbers(readable.text)),
            (RECORD_NUMBER, record_numbers(readable.text)),
            (PATIENT_BIRTH, patient_births(readable, text)),
        )
        for start, end in matches
    ]
    return tuple(sorted(found))


_DIGIT = re.compile("[0-9]")
# Matrix's identifiers and bank accounts carry long numbers of their own. Every repetition is bounded: no rescans.
_IDENTIFIER = re.compile(
    r"""
      mxc://\S{1,255}
    | (?<![a-z0-9])matrix:(?:u|r|roomid|e)/\S{1,255}
    | [@!#$][^\s:@!#$]{1,255}:(?:(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}|localhost)(?::\d{1,5})?(?![a-z0-9])
    | [!$][a-z0-9_-]{43}(?![a-z0-9_-])
    | (?<![a-z0-9])(?:fr|be|ch|de|es|it|lu|mc)\d\d(?:[ ]?[a-z0-9]{4}){3,6}(?:[ ]?[a-z0-9]{1,3})?(?![a-z0-9])
    """,
    re.VERBOSE,
)


def _blank(identifier: re.Match[str]) -> str:
    return "\0" * len(identifier[0])
