"""What a line says of the challenges of a meet-up, and at which of them somebody sits or speaks."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MOST: Final = 9
"""Challenges of one meet-up: a number below its card stands for each."""
_NUMBER: Final = r"C\s?[-‐‑–]\s?\d{1,9}(?![\w-])"
_NUMBERS: Final = re.compile(r"C\s?[-‐‑–]\s?(\d{1,9})", re.IGNORECASE)
_CARRIED: Final = re.compile(
    r"(?<!\w)(?:(?:avec|sur|with|on)\s+)?(?:(?:les?|the)\s+)?(?:d[ée]fis?|challenges?)\s{0,3}:?\s{0,3}"
    rf"(?P<numbers>{_NUMBER}(?:(?:\s{{0,3}}(?:[,;&+/]|\bet\b|\band\b)\s{{0,3}}|\s{{1,3}}){_NUMBER})*)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_ONE: Final = re.compile(rf"\s*(?:(?:le\s+)?(?:d[ée]fi|challenge)\s+)?(?P<number>{_NUMBER})\s*[:.,]?\s*", re.IGNORECASE)
_RANK: Final = re.compile(r"(?:n\s?[°º]\s?|no\.?\s?|#\s?)?(?P<rank>\d{1,2})", re.IGNORECASE)
CONTRIBUTION: Final = re.compile(
    r"\s*contribution(?P<about>[^:\n]{0,30}):\s*(?P<words>\S.*)", re.IGNORECASE | re.DOTALL
)


def take_challenges(line: str) -> tuple[tuple[int, ...], str]:
    """The challenges that a meet-up is about, outside of a title between quotes, and the rest of the line."""
    titles = [quoted.span() for quoted in _QUOTED.finditer(line)]
    for found in _CARRIED.finditer(line):
        if not any(begin <= found.start() < end for begin, end in titles):
            numbers = dict.fromkeys(int(one[1]) for one in _NUMBERS.finditer(found["numbers"]))
            return tuple(numbers), f"{line[: found.start()]} {line[found.end() :]}"
    return (), line


def mentioned(text: str) -> set[int]:
    """The challenges that a text names."""
    return {int(found[1]) for found in re.finditer(r"(?<![\w-])C\s?[-‐‑–]\s?(\d{1,9})(?![\w-])", text, re.IGNORECASE)}


def take_one(words: str) -> tuple[int | None, str]:
    """The challenge that words begin with, and the words behind it."""
    found = _ONE.match(words)
    number = _NUMBERS.search(found["number"]) if found is not None else None
    return (int(number[1]), words[found.end() :]) if found is not None and number is not None else (None, words)


def chosen(words: str, carried: Sequence[int]) -> int | None:
    """Which of the challenges of a meet-up is meant, by its own number or by its place among them."""
    number, rest = take_one(words)
    if number is not None and not rest.strip(" .!"):
        return number if number in carried else None
    rank = _RANK.fullmatch(words.strip(" .!"))
    return carried[int(rank["rank"]) - 1] if rank is not None and 1 <= int(rank["rank"]) <= len(carried) else None


def is_contribution(text: str) -> bool:
    """Whether a message says by its first word that it is one: « contribution : … », « contribution C-2 : … »."""
    found = CONTRIBUTION.match(text)
    return found is not None and (not found["about"].strip() or take_one(found["about"])[0] is not None)


def on_the_day(at: datetime, start: datetime, over: datetime, zone: ZoneInfo) -> bool:
    """Whether an instant is on a civil day of the meet-up; what is over at midnight is over."""
    last = (over - timedelta(seconds=1)).astimezone(zone).date()
    return start.astimezone(zone).date() <= at.astimezone(zone).date() <= last
