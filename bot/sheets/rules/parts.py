"""The parts of a sheet: the three answers, the fields that complete it, its kind, the issues it is about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from bot.text.plain_text import fold

ANSWERS: Final = ("need", "done", "result")
"""What every sheet has, in the order of the questions."""
LEAST_ANSWER, LONGEST_ANSWER, LONGEST_FIELD, LONGEST_TITLE = 15, 3_000, 1_000, 100
MOST_INGREDIENTS, MOST_TOPICS = 3, 3

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "conditions": ("conditions", "condition"),
    "means": ("moyens", "moyen", "means"),
    "know_how": ("savoir-faire", "travail", "know-how", "work"),
    "users": ("usagers", "usager", "aidants", "personnes", "users", "carers"),
    "indicator": ("indicateur", "indicateurs", "indicator"),
    "lasting": ("pérenniser", "durer", "suite", "lasting"),
    "territory": ("territoire", "région", "département", "territory", "region"),
    "contact": ("contact",),
    "licence": ("licence", "license"),
    "source": ("source", "structure", "établissement", "establishment"),
}
"""What completes a sheet, and the words by which people name each."""

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "pratique": ("pratique", "practice"),
    "innovation": ("innovation",),
    "méthode": ("outil ou méthode", "outil", "méthode", "tool or method", "tool", "method"),
    "repère": ("repère", "reference point"),
    "retex": ("retour d'expérience", "retex", "témoignage", "account of experience"),
}
"""The kinds of sheets, each as the kind of resource as which it is found."""

STAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "inclusion": ("inclusion", "inclusion sociale", "social inclusion"),
    "désinstitutionnalisation": ("désinstitutionnalisation", "deinstitutionalisation"),
    "territoire": ("territoire", "territory"),
    "numérique": ("numérique", "outils numériques", "digital", "digital tools"),
    "expérience": ("expérience", "expérience des personnes", "experience", "people's experience"),
}
"""The issues to come that a sheet may be about."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a sheet says, as far as the rules look at it."""

    need: str = ""
    done: str = ""
    result: str = ""
    fields: Collection[str] = ()
    ingredients: int = 0
    topics: int = 0


def named(text: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one that a text names, regardless of accents, case and a plural."""
    wanted = _plain(text)
    spelt = {_plain(word): slug for slug, words in known.items() for word in words}
    return spelt.get(wanted) or spelt.get(wanted.removesuffix("s"))


def several(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """All that are named between commas; None if one of them is unknown."""
    found = [named(part, known) for part in text.replace(";", ",").split(",") if part.strip()]
    return list(dict.fromkeys(one for one in found if one)) if found and None not in found else None


def unanswered(contents: Contents) -> tuple[str, ...]:
    """Those of the three answers that are missing."""
    said = {"need": contents.need, "done": contents.done, "result": contents.result}
    return tuple(answer for answer in ANSWERS if not said[answer].strip())


CHECKED: Final = ("conditions", "users", "indicator", "source", "contact")
"""The fields whose absence a reviewer is shown."""


def lacks(contents: Contents) -> tuple[str, ...]:
    """The checklist of a review: what the sheet does not say yet, in the order in which it is read."""
    short = [answer for answer in ANSWERS if len(getattr(contents, answer).strip()) < LEAST_ANSWER]
    fields = [field for field in CHECKED if field not in contents.fields]
    rest = {"ingredients": contents.ingredients, "topics": contents.topics}
    return (*short, *fields, *(name for name, there in rest.items() if not there))


def title_of(need: str) -> str:
    """The beginning of the need, as a title: its first sentence, ended behind a word."""
    first = " ".join(need.split())
    for mark in (". ", " ? ", "? ", "! ", " : "):
        first = first.partition(mark)[0]
    if len(first) <= LONGEST_TITLE:
        return first.rstrip(" .,;:")
    return f"{first[: LONGEST_TITLE - 1].rsplit(' ', 1)[0].rstrip(' .,;:')}…"


def _plain(text: str) -> str:
    return " ".join(fold(text).text.replace("’", "'").replace("-", " ").strip(" .,;:!?«»\"'\u00a0\u202f").split())
