"""What a team writes to open a challenge: the question, the irritants that lead to it, the dates and the rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.challenges.rules.vote import MOST_EACH, MOST_PLACES, MOST_THRESHOLD, Rule, Voters
from bot.time.when import Reason, Unsure, read

LONGEST_QUESTION: Final = 300
USUAL_VOTE: Final = timedelta(days=14)
FARTHEST: Final = timedelta(days=366)
_QUOTED: Final = re.compile(r"“([^“”]*)”|«([^«»]*)»|\"([^\"]*)\"")
_SOURCE: Final = re.compile(r"(?<![\w-])I\s?[-‐‑–]\s?(\d{1,9})(?![\w-])", re.IGNORECASE)
_UNTIL: Final = r"(?:jusqu['’]\s?(?:au|à|a)|until|till)"
_PARTS: Final = re.compile(
    rf"(?P<vote>(?:vote|voting)\s+{_UNTIL})|(?P<until>(?:solutions?\s+)?{_UNTIL})"
    rf"|(?P<each>(?<![\d/.-])(?P<each_count>\d{{1,4}})\s+(?:votes?|voix)(?!\s+{_UNTIL})(?:\s+(?:par personne|each))?)"
    r"|(?P<threshold>(?:seuil|threshold)\s*:?\s*(?P<threshold_count>\d{1,4}))"
    r"|(?P<places>(?P<places_count>\d{1,4})\s+(?:retenue?s?|retained))"
    r"|(?P<discreet>(?:vote\s+)?(?:discret|secret|discreet))|(?P<nominal>(?:vote\s+)?(?:nominatif|nominal|named))"
    r"|(?P<volunteers>(?:par les\s+)?(?:volontaires|volunteers))|(?P<members>(?:par les\s+)?(?:membres|members))",
    re.IGNORECASE,
)
_GLUE: Final = re.compile(r"(?:\b(?:depuis|from|et|and|avec|with|règle|regle|rule)\b|[\s,;:.])+", re.IGNORECASE)


USUAL: Final = Rule()


class Flaw(StrEnum):
    """What is wrong with a line; the caller turns it into a sentence."""

    NO_QUESTION = "no-question"
    LONG_QUESTION = "long-question"
    NO_DATE = "no-date"
    DATE = "date"  # `reason` says why
    PAST = "past"
    FAR = "far"
    ORDER = "order"  # the vote would end before it begins
    NUMBER = "number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One flaw, and the words that have it."""

    flaw: Flaw
    words: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A challenge as typed. With `complaints` it cannot be opened."""

    question: str = ""
    sources: tuple[int, ...] = ()
    until: datetime | None = None
    vote_until: datetime | None = None
    rule: Rule = USUAL
    complaints: tuple[Complaint, ...] = ()


def read_line(line: str, *, now: datetime, zone: ZoneInfo) -> Opening:
    """Read the whole line. A day without an hour counts until its last minute."""
    quoted = _QUOTED.search(line)
    question = " ".join(next((part for part in quoted.groups() if part), "").split()) if quoted else ""
    rest = f"{line[: quoted.start()]} {line[quoted.end() :]}" if quoted else line
    found = read_rule(rest, USUAL, now=now, zone=zone)
    complaints = [*_about_question(question), *found.complaints]
    if found.until is None and not any(one.flaw in (Flaw.DATE, Flaw.PAST, Flaw.FAR) for one in complaints):
        complaints.append(Complaint(Flaw.NO_DATE))
    vote_until = found.vote_until or (found.until + USUAL_VOTE if found.until is not None else None)
    return replace(found, question=question, vote_until=vote_until, complaints=tuple(complaints))


def _about_question(question: str) -> Iterator[Complaint]:
    if not any(sign.isalnum() for sign in question):
        yield Complaint(Flaw.NO_QUESTION)
    elif len(question) > LONGEST_QUESTION:
        yield Complaint(Flaw.LONG_QUESTION)


def read_rule(words: str, usual: Rule, *, now: datetime, zone: ZoneInfo) -> Opening:
    """The irritants, dates and rule in the words; what they do not speak of is as in `usual`."""
    sources = tuple(dict.fromkeys(int(found[1]) for found in _SOURCE.finditer(words)))
    typed = _SOURCE.sub(" ", words)
    found = list(_PARTS.finditer(typed))
    opening, loose = Opening(sources=sources, rule=usual), [typed[: found[0].start()] if found else typed]
    for part, end in zip(found, [*(one.start() for one in found[1:]), len(typed)], strict=False):
        behind = typed[part.end() : end]
        if part["until"] or part["vote"]:
            opening = _dated(opening, _moment(behind, now, zone), voting=bool(part["vote"]))
        else:
            loose.append(behind)
            opening = _ruled(opening, part)
    return _checked(opening, left=" ".join(_GLUE.sub(" ", " ".join(loose)).split()))


def _checked(opening: Opening, *, left: str) -> Opening:
    """The same with what is wrong with it as a whole; `left` are words that mean nothing in it."""
    if left:
        opening = _with(opening, Complaint(Flaw.UNKNOWN, left))
    if opening.until is not None and opening.vote_until is not None and opening.vote_until <= opening.until:
        return _with(opening, Complaint(Flaw.ORDER))
    return opening


def _with(opening: Opening, complaint: Complaint) -> Opening:
    return replace(opening, complaints=(*opening.complaints, complaint))


def _dated(opening: Opening, moment: datetime | Complaint, *, voting: bool) -> Opening:
    if isinstance(moment, Complaint):
        return _with(opening, moment)
    return replace(opening, vote_until=moment) if voting else replace(opening, until=moment)


_MOST: Final = {"each": MOST_EACH, "threshold": MOST_THRESHOLD, "places": MOST_PLACES}


def _ruled(opening: Opening, part: re.Match[str]) -> Opening:
    """The rule with what this part of the line says, or the complaint about a number that it cannot have."""
    rule = opening.rule
    counted = next((name for name in _MOST if part[name]), None)
    if counted is None:
        return replace(opening, rule=_worded(rule, part))
    number = int(part[f"{counted}_count"])
    if not 1 <= number <= _MOST[counted]:
        return _with(opening, Complaint(Flaw.NUMBER, part[0]))
    match counted:
        case "each":
            return replace(opening, rule=replace(rule, each=number))
        case "threshold":
            return replace(opening, rule=replace(rule, threshold=number))
    return replace(opening, rule=replace(rule, places=number))


def _worded(rule: Rule, part: re.Match[str]) -> Rule:
    if part["discreet"] or part["nominal"]:
        return replace(rule, discreet=bool(part["discreet"]))
    return replace(rule, voters=Voters.VOLUNTEERS if part["volunteers"] else Voters.MEMBERS)


def _moment(words: str, now: datetime, zone: ZoneInfo) -> datetime | Complaint:
    """The last instant that the words name, or what is wrong with them."""
    typed = words.strip(" ,;.")
    found = read(typed, now=now, zone=zone)
    if isinstance(found, Unsure):
        return Complaint(Flaw.PAST if found.reason is Reason.PAST else Flaw.DATE, typed, found.reason)
    if found.start is None or found.rrule is not None:
        return Complaint(Flaw.DATE, typed, Reason.UNKNOWN)
    moment = found.start.replace(hour=23, minute=59) if found.all_day else found.start
    if moment <= now:
        return Complaint(Flaw.PAST, typed)
    return Complaint(Flaw.FAR, typed) if moment > now + FARTHEST else moment
