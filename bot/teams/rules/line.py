"""What a moderator writes to form a team: which solution, with whom, without whom, how often, why an exception."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST_RHYTHM: Final = 80
_RANK: Final = re.compile(r"(?:(?:n\s?°|no\.?|n[°º]?|solution|#)\s*)?(\d{1,3})\b", re.IGNORECASE)
_EXCEPTION: Final = re.compile(r"\bexception\b\s*:?\s*(?P<reason>.*)", re.IGNORECASE | re.DOTALL)
_PARTS: Final = re.compile(
    r"(?<!\S)(?:(?P<with_>avec|with)|(?P<without>sans|without)|(?P<rhythm>rythme|rhythm))\b\s*:?", re.I
)


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A line as typed. `exception` is None where none is asked for; `unknown` are words that mean nothing in it."""

    rank: int | None = None
    with_: str = ""
    without: str = ""
    rhythm: str = ""
    exception: str | None = None
    unknown: str = ""


def read_line(line: str) -> TeamLine:
    """Read the whole line."""
    excepted = _EXCEPTION.search(line)
    exception = excepted["reason"].strip() if excepted is not None else None
    line = line[: excepted.start()] if excepted is not None else line
    line = line.strip()
    rank = _RANK.match(line)
    line = line[rank.end() :] if rank is not None else line
    found = list(_PARTS.finditer(line))
    said = {"with_": "", "without": "", "rhythm": ""}
    for part, end in zip(found, [*(one.start() for one in found[1:]), len(line)], strict=False):
        said[part.lastgroup or ""] += f" {line[part.end() : end].strip(' ,;.')}"
    return TeamLine(
        rank=int(rank[1]) if rank is not None else None,
        with_=said["with_"].strip(),
        without=said["without"].strip(),
        rhythm=said["rhythm"].strip(),
        exception=exception,
        unknown=" ".join((line[: found[0].start()] if found else line).split()).strip(" ,;."),
    )
