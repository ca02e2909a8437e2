"""What people write behind `!merci`."""

import re
from typing import Final

_TO: Final = re.compile(r"(?:à|a|to)\s+(?=\S)", re.IGNORECASE)
_FOR: Final = re.compile(r"(?:pour|for)\b[\s:,]*|(?:d['’]|de\b\s*)", re.IGNORECASE)


def whom(words: str) -> str:
    """The words without « à » before the person: `à Ben pour …`."""
    found = _TO.match(words)
    return words[found.end() :] if found else words


def says_what_for(words: str) -> bool:
    """Whether they begin with what one thanks for, so that they name nobody: `pour ta relecture`."""
    return not words or _FOR.match(words) is not None


def what_for(words: str) -> str:
    """What one thanks for, without « pour » before it."""
    said = words.strip(" \t\n,.;:")
    found = _FOR.match(said)
    return (said[found.end() :] if found else said).strip()
