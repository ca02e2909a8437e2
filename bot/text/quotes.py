"""Titles between any quotes that a keyboard makes, or none."""

import re

_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”|«([^«»]*)»|„([^„“”]*)[“”]')


def titles(text: str) -> list[str]:
    """The texts between quotes; without quotes the whole text is one title. Empty ones are left out."""
    found = [next(part for part in match if part is not None) for match in _matches(text)]
    if not found:
        found = [text.strip(' "“”«»\u00a0\u202f')]
    return [" ".join(title.split()) for title in found if title.split()]


def _matches(text: str) -> list[tuple[str | None, ...]]:
    return [match.groups() for match in _QUOTED.finditer(text)]
