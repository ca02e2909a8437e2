"""Turns the line of `!rdv nouveau …` into title, date, place, link and capacity, or lists exactly what is wrong."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.meetups.rules.addresses import hide, show
from bot.meetups.rules.kinds import kind_begun, kind_named
from bot.registers import territories
from bot.time.when import Reading, Reason, Unsure, extract

LONGEST_TITLE = 200
LONGEST_LINE = 2000
MOST_PLACES = 10_000


class Flaw(StrEnum):
    """What is wrong with a line; the caller turns it into a sentence."""

    NO_TITLE = "no-title"
    LONG_TITLE = "long-title"
    LONG_LINE = "long-line"
    OPEN_QUOTE = "open-quote"
    DATE = "date"  # `reason` says why
    BAD_LINK = "bad-link"
    SEVERAL_LINKS = "several-links"
    BAD_CAPACITY = "bad-capacity"
    SEVERAL_CAPACITIES = "several-capacities"
    HOUR_OR_PLACES = "hour-or-places"  # "14h30 places"
    WHICH_TERRITORY = "which-territory"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One flaw; `words` is what was typed, `reason` and `suggestion` come from the date grammar."""

    flaw: Flaw
    words: str = ""
    reason: Reason | None = None
    suggestion: datetime | None = None


@dataclass(frozen=True, slots=True)
class MeetupLine:
    """A meet-up as typed. With `complaints` it cannot be published; its other fields hold what could be read.

    `kind` is one of `kinds.KINDS`, None for an ordinary meet-up; `territory` a code, None for one of no territory.
    """

    title: str
    reading: Reading | None
    place: str | None
    online: bool
    link: str | None
    capacity: int | None
    external: bool
    complaints: tuple[Complaint, ...] = ()
    kind: str | None = None
    territory: str | None = None


_COMMAND = re.compile(
    r"^\s*(?:!\s*)?(?:rdv|rencontres?|r[ée]unions?|agenda|meet|events?)\s+(?:nouve(?:au|lle)|new)\b[\s:]*", re.I
)
_QUOTED = re.compile(r"“([^“”]*)”|«([^«»]*)»|\"([^\"]*)\"|„([^„“”]*)[“”]")
_QUOTES = re.compile(r"[“”«»\"„]")
_LINK = re.compile(r"(?<!\w)(?:[a-z][a-z0-9+.-]{0,19}://\S*|www\.\S+)", re.I)
_GOOD_LINK = re.compile(r"https?://[^\s/.:@]+(?:\.[^\s/.:@]+)+(?::\d+)?(?:[/?#]\S*)?", re.I)
_COUNTED = r"(?:places?(?! d[eu'’])|personnes?|pers\b\.?|participants?|seats?|people|spots?)"
_CAPACITY = re.compile(
    rf"(?<![\w.,/-])(?:pour |max(?:imum)?\.? |limit[ée]e? [àa] )?(-?\d+(?:[.,]\d+)?)"
    rf"\s?{_COUNTED}(?:\s(?:max(?:imum)?))?(?!\w)"
    r"|(?<!\w)(?:places?|jauge|max(?:imum)?|capacit[ée]|capacity|seats|limit[ée]e? [àa])"
    r"\s?:?\s(-?\d+)(?![\w:/.,-]\d|\s?h|\w)",
    re.I,
)
_HOUR_OR_PLACES = re.compile(rf"(?<![\w.,/-])\d{{1,2}}\s?h\d\d\s+{_COUNTED}(?!\w)(?! limit)", re.I)
_KIND = re.compile(r"(?<!\w)(?:type|genre|kind)\s*:?\s+(?P<words>[^\d\s,;“”«»\"„]+)(?!\w)", re.I)
_BEFORE_TITLE = re.compile(r"^(?P<words>[^“”«»\"„\d]{3,40}?)\s*+:?\s*+(?=[“«\"„])")
_TERRITORY = re.compile(
    r"(?<!\w)(?:(?:en|dans la|dans le|in the) )?(?P<sign>territoire|territory|r[ée]gion|d[ée]partement|department)"
    r"(?: :|:)? (?P<words>[^,;]+)",
    re.I,
)
_EXTERNAL = re.compile(r"(?<!\w)(?:externe|external)(?!\w)", re.I)
_ONLINE = re.compile(
    r"(?<![\w'’])(?:en )?(?:visio(?:conf(?:[ée]rence)?)?|distanciel|ligne|webinaire"
    r"|teams|zoom|webconf|online|video call|lien (?:à venir|à suivre|suivra))(?!\w)",
    re.I,
)
_PLACE_GLUE = re.compile(r"^(?:(?:à|a|au|aux|en|at|in)\s+(?=\S))?(?:lieu\s*:?\s*)?", re.I)


def read_line(text: str, *, now: datetime, zone: ZoneInfo) -> MeetupLine:
    """Reads a whole line, with or without its command words. `now` is aware; times are in `zone`."""
    line = _COMMAND.sub("", text).strip()
    if len(line) > LONGEST_LINE:
        return MeetupLine("", None, None, False, None, None, False, (Complaint(Flaw.LONG_LINE),))
    complaints: list[Complaint] = []
    external, line = _external_first(line)
    kind, line = _take_kind(_BEFORE_TITLE, line)
    title, line = _quoted_title(line, complaints)
    link, line = _link(line, complaints)
    line, hidden = hide(line)
    capacity, line = _capacity(line, complaints)
    also_external, line = _flag(_EXTERNAL, line)
    also_kind, line = _take_kind(_KIND, line)
    reading, before, after = _date(line, now, zone, complaints)
    before, after = show(before, hidden), show(after, hidden)
    title, rest = (title, f"{before} {after}") if title is not None else _bare_title(before, after)
    territory, rest = _territory(title, rest, complaints)
    alone = kind_named(_besides_online(rest))  # « jeudi 14h, formation »: no place has such a name
    place = None if alone else _place(rest)
    online = link is not None or bool(_ONLINE.search(rest))
    _check_title(title, complaints)
    kind = kind or also_kind or alone or kind_begun(title)
    external = external or also_external
    return MeetupLine(title, reading, place, online, link, capacity, external, tuple(complaints), kind, territory)


def _external_first(line: str) -> tuple[bool, str]:
    """Whether the line begins by saying that others hold the meet-up, and the line without it."""
    begun = _EXTERNAL.match(line)
    return begun is not None, line[begun.end() :].strip(" ,") if begun else line


def _take_kind(pattern: re.Pattern[str], line: str) -> tuple[str | None, str]:
    """The kind that the line names at this place, and the line without it; words that name none stay."""
    for match in pattern.finditer(line):
        if kind := kind_named(match["words"]):
            return kind, f"{line[: match.start()]} {line[match.end() :]}".strip()
    return None, line


def _quoted_title(line: str, complaints: list[Complaint]) -> tuple[str | None, str]:
    """The first quoted words, None without quotes; and the rest of the line. Complains of a quote left open."""
    match = _QUOTED.search(line)
    if match:
        title = next(group for group in match.groups() if group is not None)
        return _tidy(title), f"{line[: match.start()]} {line[match.end() :]}"
    if _QUOTES.search(line):
        complaints.append(Complaint(Flaw.OPEN_QUOTE))
    return None, _QUOTES.sub(" ", line)


def good_link(words: str) -> str | None:
    """The one link that these words are, if people can join by it."""
    link = _whole(words.strip().strip("<>"))
    return link if _GOOD_LINK.fullmatch(link) else None


def _whole(link: str) -> str:
    """The link without the marks behind it; a bracket that is opened in it belongs to it."""
    while link and (link[-1] in ".,;>" or (link[-1] == ")" and link.count(")") > link.count("("))):
        link = link[:-1]
    return link


def _link(line: str, complaints: list[Complaint]) -> tuple[str | None, str]:
    links = [_whole(match.group()) for match in _LINK.finditer(line)]
    line = _LINK.sub(lambda match: " " + match.group().removeprefix(_whole(match.group())), line)
    if len(links) > 1:
        complaints.append(Complaint(Flaw.SEVERAL_LINKS))
    elif links and not _GOOD_LINK.fullmatch(links[0]):
        complaints.append(Complaint(Flaw.BAD_LINK, links[0]))
    good = [link for link in links if _GOOD_LINK.fullmatch(link)]
    return (good[0] if good else None), line


def _capacity(line: str, complaints: list[Complaint]) -> tuple[int | None, str]:
    if doubtful := _HOUR_OR_PLACES.search(line):
        complaints.append(Complaint(Flaw.HOUR_OR_PLACES, doubtful.group()))
        return None, line.replace(doubtful.group(), " ")
    found = [(match.group(1) or match.group(2), match.group().strip()) for match in _CAPACITY.finditer(line)]
    line = _CAPACITY.sub(" ", line)
    if len(found) > 1:
        complaints.append(Complaint(Flaw.SEVERAL_CAPACITIES, f"{found[0][1]}, {found[1][1]}"))
    if not found:
        return None, line
    number, words = found[0]
    if not number.isdecimal() or len(number) > 5 or not 1 <= int(number) <= MOST_PLACES:
        complaints.append(Complaint(Flaw.BAD_CAPACITY, words))
        return None, line
    return int(number), line


def _flag(pattern: re.Pattern[str], line: str) -> tuple[bool, str]:
    return bool(pattern.search(line)), pattern.sub(" ", line)


def _date(line: str, now: datetime, zone: ZoneInfo, complaints: list[Complaint]) -> tuple[Reading | None, str, str]:
    found = extract(line, now=now, zone=zone)
    result = found.result
    if isinstance(result, Reading) and result.start is not None:
        return result, found.before, found.after
    if any(one.flaw is Flaw.HOUR_OR_PLACES for one in complaints):
        return None, found.before, found.after
    reason = result.reason if isinstance(result, Unsure) else Reason.NO_DATE
    complaints.append(Complaint(Flaw.DATE, reason=reason, suggestion=getattr(result, "suggestion", None)))
    return None, found.before, found.after


def _bare_title(before: str, after: str) -> tuple[str, str]:
    """Title and rest of a line without quotes: the title is what comes before the date, else what comes after it."""
    if before:
        return _tidy(before), after
    return _tidy(_ONLINE.sub(" ", after)), " ".join(match.group() for match in _ONLINE.finditer(after))


def _besides_online(rest: str) -> str:
    return _tidy(_emptied(_ONLINE.sub(" ", rest)))


def _territory(title: str, rest: str, complaints: list[Complaint]) -> tuple[str | None, str]:
    """The territory that the line names as such, else the only region that title or place names; and the rest."""
    for match in _TERRITORY.finditer(rest):
        found, after = territories.at_beginning(match["words"])
        if len(found) > 1:
            complaints.append(Complaint(Flaw.WHICH_TERRITORY, ", ".join(one.label for one in found)))
        if found and not _stands_apart(match):
            return found[0].code, rest
        if found:
            return found[0].code, f"{rest[: match.start()]} {after} {rest[match.end() :]}"
    for text in (title, rest):
        if len(regions := territories.regions_in(text)) == 1:
            return regions[0], rest
    return None, rest


def _stands_apart(territory: re.Match[str]) -> bool:
    """Whether it is no part of a place, as « Hôtel de région Bretagne » is one."""
    before = territory.string[: territory.start()].rstrip()
    return not before or before[-1] in ",;" or territory["sign"].lower() in ("territoire", "territory")


def _place(rest: str) -> str | None:
    words = _besides_online(rest)
    words = _tidy(words[1:-1]) if words.startswith("(") and words.find(")") == len(words) - 1 else words
    place = _PLACE_GLUE.sub("", words.lstrip(". ")).strip()
    return place if re.search(r"\w", place) else None


def _check_title(title: str, complaints: list[Complaint]) -> None:
    if not title:
        complaints.insert(0, Complaint(Flaw.NO_TITLE))
    elif len(title) > LONGEST_TITLE:
        complaints.insert(0, Complaint(Flaw.LONG_TITLE))


def _tidy(words: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", words).strip(" ,;-–—:")


def _emptied(words: str) -> str:
    """Without the brackets that stood round something that was taken out."""
    return re.sub(r"\([\s.,;]*\)", " ", words)
