"""What published sheets about the same subject have in common: extracts side by side, and never prose of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.communities import Community, Topic, communities
from bot.communities.acting import Hands
from bot.i18n import _, language
from bot.resources.search.kinds import ingredient
from bot.resources.texts import KINDS
from bot.sheets import sheets, steps, texts
from bot.sheets.journey import circulations
from bot.sheets.rules import parts
from bot.sheets.rules.extracts import extract
from bot.sheets.tables import Sheet
from bot.store.database import Transaction
from bot.text.plain_text import fold
from bot.volunteers import topics

COMPARED: Final = ("need", "conditions", "result")
"""The parts that are set side by side, in this order."""
LEAST: Final = 2
"""Sheets without which there is nothing to compare."""
TOPIC, INGREDIENT, STAKE = "topics", "ingredients", "stakes"
_SAID_FIRST: Final = {
    TOPIC: ("sujet", "sujets", "topic", "topics"),
    INGREDIENT: ("ingredient", "ingredients"),
    STAKE: ("enjeu", "enjeux", "issue", "issues"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic, an ingredient or an issue that sheets are about."""

    kind: str
    slug: str


@dataclass(frozen=True)
class Published:
    """The published sheets of some communities as everybody reads them, newest first, and the topics known there."""

    sheets: Sequence[Sheet]
    community: dict[str, Community]
    topics: dict[str, Sequence[Topic]]

    def about(self, subject: Subject) -> list[Sheet]:
        return [sheet for sheet in self.sheets if subject.slug in getattr(sheet, subject.kind)]

    def labels(self) -> dict[Subject, str]:
        """What the sheets are about, in the reader's language."""
        return {subject: label for sheet in self.sheets for subject, label in self.labels_of(sheet).items()}

    def labels_of(self, sheet: Sheet) -> dict[Subject, str]:
        known = self.topics[sheet.community]
        found = {Subject(TOPIC, one): topics.label(one, known, language()) for one in sheet.topics}
        found |= {Subject(INGREDIENT, one): _(texts.INGREDIENTS[one]) for one in sheet.ingredients}
        return found | {Subject(STAKE, one): _(texts.STAKES[one]) for one in sheet.stakes}

    def several(self) -> list[str]:
        """What two sheets or more are about, most sheets first."""
        counts = {label: len(self.about(subject)) for subject, label in self.labels().items()}
        return sorted((label for label, count in counts.items() if count >= LEAST), key=lambda label: -counts[label])


async def published(tx: Transaction, served: Sequence[Community]) -> Published:
    """All published sheets of these communities, with those that they took up from others."""
    found = {sheet.id: sheet for one in served for sheet in await circulations.found_in(tx, one.slug)}
    homes = await _homes(tx, served, {sheet.community for sheet in found.values()})
    known = {slug: await communities.topics_of(tx, slug) for slug in homes}
    newest = sorted(found.values(), key=lambda sheet: -(sheet.id or 0))
    return Published(newest, homes, known)


async def _homes(tx: Transaction, served: Sequence[Community], written_in: set[str]) -> dict[str, Community]:
    """These communities, then the others in which their sheets were written."""
    known = {one.slug: one for one in served}
    others = [await communities.get(tx, slug) for slug in sorted(written_in - set(known))]
    return known | {one.slug: one for one in others if one is not None}


def named(words: str, found: Published) -> Subject | None:
    """The subject that somebody means: what several sheets are about rather than what one is."""
    first, _space, rest = words.partition(" ")
    kinds = [kind for kind, said in _SAID_FIRST.items() if rest and fold(first).text in said]
    text = rest if kinds else words
    meant = {INGREDIENT: ingredient(text), TOPIC: _topic(text, found, by_number=bool(kinds)), STAKE: _stake(text)}
    subjects = [Subject(kind, slug) for kind, slug in meant.items() if slug and kind in (kinds or meant)]
    return max(subjects, key=lambda one: min(len(found.about(one)), LEAST), default=None)


def _topic(text: str, found: Published, *, by_number: bool) -> str | None:
    """A number alone is an ingredient's; behind the word for it, a topic's."""
    if text.strip(" .").isdigit() and not by_number:
        return None
    known = {topic.slug: topic for some in found.topics.values() for topic in some}
    topic = topics.named(text, list(known.values()))
    return topic.slug if topic is not None else None


def _stake(text: str) -> str | None:
    return parts.named(text, parts.STAKES)


# ── side by side ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Synthesis:
    """Some sheets side by side. `label` is their subject; `left` are the numbers of those that are not shown."""

    label: str
    shown: Sequence[texts.Shown]
    left: Sequence[str]
    common: Sequence[tuple[str, Sequence[str]]]

    def extracts(self, part: str, longest: int) -> list[tuple[str, str]]:
        """What each sheet says of a part, with its number; those that say nothing of it are left out."""
        said = [(sheets.number(one.sheet), _said(one, part)) for one in self.shown]
        return [(number, extract(text, longest)) for number, text in said if text.strip()]


async def side_by_side(hands: Hands, found: Published, subject: Subject, *, most: int) -> Synthesis:
    """At most so many sheets about a subject, the newest, and what else at least two of them share."""
    about = found.about(subject)
    shown = [await steps.shown(hands, sheet) for sheet in about[:most]]
    left = [sheets.number(sheet) for sheet in about[most:]]
    return Synthesis(found.labels()[subject], shown, left, _common(found, about[:most], subject))


def _said(shown: texts.Shown, part: str) -> str:
    sheet = shown.sheet
    said: str = getattr(sheet, part) if part in parts.ANSWERS else sheet.fields.get(part, "")
    return said


def _common(found: Published, those: Sequence[Sheet], subject: Subject) -> list[tuple[str, list[str]]]:
    """What several have in common besides their subject, with their numbers: most of them first."""
    numbers: dict[str, list[str]] = {}
    for sheet in those:
        labels = {**found.labels_of(sheet), Subject("kind", sheet.kind): _(KINDS[sheet.kind][0])}
        for label in (label for other, label in labels.items() if other != subject):
            numbers.setdefault(label, []).append(sheets.number(sheet))
    shared = [(label, those) for label, those in numbers.items() if len(those) >= LEAST]
    return sorted(shared, key=lambda pair: -len(pair[1]))
