"""Turns what somebody writes after `!moi abonnements` into what they want to be sent."""

import re
from dataclasses import dataclass

from bot.digest.rules.rhythm import MONTHLY, WEEKLY
from bot.meetups.rules.kinds import kind_named
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
_GLUE = re.compile(r"^(?:(?:aux?|les?|la|des?|du|sur|et|and|to|the|about|on|nouvelles|new)\s+|[dl]'|,\s*)+")


@dataclass(frozen=True, slots=True)
class Wish:
    """`what` is one of MEETUPS, RESOURCES, ALL; `kind` narrows meet-ups; `topic` is empty for all."""

    what: str
    kind: str = ""
    topic: str = ""
    rhythm: str = WEEKLY


@dataclass(frozen=True, slots=True)
class ReadWish:
    """What was read; `topic_words` are those that must name a topic, `in_room` asks for the room as the place."""

    wish: Wish
    topic_words: str = ""
    in_room: bool = False


def read_wish(text: str) -> ReadWish:
    """What these words ask for; without any, all news each week."""
    line = " ".join(fold(text).text.replace("’", "'").split())
    rhythm = MONTHLY if _MONTHLY.search(line) else WEEKLY
    in_room = _IN_ROOM.search(line) is not None
    for pattern in (_MONTHLY, _WEEKLY, _PRIVATE, _IN_ROOM):
        line = pattern.sub(" ", line)
    what, line = _what(_bare(line))
    kind, line = _kind(_bare(line)) if what in (None, MEETUPS) else ("", line)
    what = what or (MEETUPS if kind else ALL)
    return ReadWish(Wish(what, kind, rhythm=rhythm), _bare(line), in_room)


def _bare(line: str) -> str:
    return _GLUE.sub("", " ".join(line.split()).strip(" ,;.:!?")).strip(" ,;.:!?")


def _what(line: str) -> tuple[str | None, str]:
    first, _space, rest = line.partition(" ")
    what = _WORD.get(first.strip(" ,;.:"))
    return what, rest if what else line


def _kind(line: str) -> tuple[str, str]:
    """The kind of meet-ups with which the line begins, and the rest."""
    words = line.split()
    for count in (3, 2, 1):
        if kind := kind_named(" ".join(words[:count])):
            return kind, " ".join(words[count:])
    return "", line
