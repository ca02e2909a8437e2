"""Turns what somebody writes after `!moi abonnements` into what they want to be sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digest.rules.rhythm import MONTHLY, WEEKLY
from bot.meetups.rules.kinds import kind_first
from bot.registers import territories
from bot.registers.territories import Territory
from bot.text.plain_text import fold

MEETUPS, RESOURCES, ALL = "meetups", "resources", "all"
_WHAT = {
    MEETUPS: ("rencontre", "rencontres", "rdv", "reunion", "reunions", "meetup", "meetups", "meet-ups", "meetings"),
    RESOURCES: ("ressource", "ressources", "doc", "docs", "document", "documents", "resource", "resources"),
    ALL: ("tout", "toutes", "tous", "nouveautes", "all", "everything", "news"),
}
_WORD = {word: what for what, words in _WHAT.items() for word in words}
_MONTHLY = re.compile(r"\b(?:mensuel(?:le)?s?|(?:chaque|par|tous les|every|a) (?:mois|month)|monthly)\b")
_WEEKLY = re.compile(r"\b(?:hebdo(?:madaire)?s?|(?:chaque|par|toutes les|every|a) (?:semaines?|week)|weekly)\b")
_PRIVATE = re.compile(r"\b(?:en prive|prive|ici|in private|private|here)\b")
_IN_ROOM = re.compile(r"\b(?:dans le salon|au salon|salon|in the room|room)\b")
_TERRITORY = re.compile(r"\b(?:territoire|territory|region|departement|department)\s*:?$")
_GLUE = re.compile(r"^(?:(?:aux?|les?|la|des?|du|sur|et|and|to|the|about|on|nouvelles|new)\s+|[dl]'|,\s*)+")


@dataclass(frozen=True, slots=True)
class Wish:
    """`what` is one of MEETUPS, RESOURCES, ALL; `kind` narrows meet-ups; `topic` and `territory` are empty for all."""

    what: str
    kind: str = ""
    topic: str = ""
    rhythm: str = WEEKLY
    territory: str = ""


@dataclass(frozen=True, slots=True)
class ReadWish:
    """What was read; `topic_words` are those that must name a topic, `in_room` asks for the room as the place.

    `territories` has several if it cannot be said which is meant.
    """

    wish: Wish
    topic_words: str = ""
    in_room: bool = False
    territories: Sequence[Territory] = ()


def read_wish(text: str) -> ReadWish:
    """What these words ask for; without any, all news each week."""
    line = " ".join(fold(text).text.replace("’", "'").split())
    rhythm = MONTHLY if _MONTHLY.search(line) else WEEKLY
    in_room = _IN_ROOM.search(line) is not None
    for pattern in (_MONTHLY, _WEEKLY, _PRIVATE, _IN_ROOM):
        line = pattern.sub(" ", line)
    found, line = territories.at_end(_plain_end(line))
    what, line = _what(_bare(_TERRITORY.sub("", line) if found else line))
    kind, line = kind_first(_bare(line)) if what in (None, MEETUPS) else (None, line)
    what = what or (MEETUPS if kind else ALL)
    return ReadWish(Wish(what, kind or "", rhythm=rhythm), _bare(line), in_room, found)


def _plain_end(line: str) -> str:
    return line.strip(" ,;.:!?")


def _bare(line: str) -> str:
    return _GLUE.sub("", " ".join(line.split()).strip(" ,;.:!?")).strip(" ,;.:!?")


def _what(line: str) -> tuple[str | None, str]:
    first, _space, rest = line.partition(" ")
    what = _WORD.get(first.strip(" ,;.:"))
    return what, rest if what else line
