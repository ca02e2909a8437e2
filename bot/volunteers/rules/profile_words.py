"""Reads who somebody is at work from their words: `infirmière, Bretagne`, « je suis infirmière dans un EHPAD »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.registers import professions, territories
from bot.resources.search.sectors import sector_of
from bot.text import foreign_names

LONGEST: Final = 80
"""Characters of what is stored of one answer."""
LONGEST_SENTENCE: Final = 120
MOST_JOINTS: Final = 6
"""Prepositions and commas in a sentence: at each of them it may fall into two things that were said."""
_SAID: Final = re.compile(
    r"\s*(?:je\s+(?:suis|travaille|bosse|exerce)|j['’]exerce|i\s+am|i['’]m|i\s+work)\b(?:\s+(?:comme|as)\b)?",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"(?<!\s)\s*+,\s*|(?<!\s)\s++(?:en|à|a|au|aux|dans|du|des|de|chez|in|at|from)\s+(?:(?:le|la|les|un|une|a|an|the)\s+|l['’]\s*)?"
    r"|(?<!\s)\s++d['’]\s*(?:une?\s+)?",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?:(?:en|à|au|aux|dans|in|at)\s+)?(?:(?:le|la|les|un|une|a|an|the)\s+|l['’]\s*)?", re.IGNORECASE
)
_OWN_NAME: Final = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]")
_NO_ANSWER: Final = "autre"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody said: a profession's slug, a territory's code, the rest in their words; None where they did not."""

    profession: str | None = None
    territory: str | None = None
    structure: str | None = None
    department: str | None = None
    establishment: str | None = None

    def merged(self, other: "Given") -> "Given | None":
        """Both together; None if both say the same thing."""
        fields = {name: value for name in other.__slots__ if (value := getattr(other, name)) is not None}
        return None if any(getattr(self, name) is not None for name in fields) else replace(self, **fields)


def shortened(words: str) -> str | None:
    """The words as others may read them: one line, no link, not too long; None if nothing is left."""
    shown = foreign_names.shown(words, longest=LONGEST)
    return None if shown == foreign_names.UNNAMED else shown


def of_list(words: str) -> Given:
    """What stands between commas; without a known place: kind of structure, département, establishment."""
    known = Given()
    others: list[str | None] = []
    for part in words.split(","):
        found = _listed(part)
        if found != Given() and (both := known.merged(found)) is not None:
            known = both
        else:
            others.append(shortened(part))
    return known.merged(_by_order(others, placed=known.territory is not None)) or known


def _by_order(parts: Sequence[str | None], *, placed: bool) -> Given:
    names = ("structure", "establishment") if placed else ("structure", "department", "establishment")
    return Given(**dict(zip(names, parts, strict=False)))


def of_sentence(words: str) -> Given | None:
    """What somebody says of themselves in a sentence that says nothing else; None for any other."""
    said = _SAID.match(words)
    if said is None or len(words) > LONGEST_SENTENCE:
        return None
    found = _put_together(words[said.end() :].strip(" .!\u00a0"))
    return found if found is not None and (found.profession or found.structure or found.establishment) else None


def _put_together(words: str) -> Given | None:
    whole = _listed(words)
    if whole != Given():
        return whole if whole.profession != _NO_ANSWER else None
    cuts = list(_JOINT.finditer(words))
    for cut in reversed(cuts if len(cuts) <= MOST_JOINTS else ()):
        left, right = _put_together(words[: cut.start()]), _put_together(words[cut.end() :])
        if left is not None and right is not None and (both := left.merged(right)) is not None:
            return both
    return _structure(words)


def _listed(words: str) -> Given:
    """A profession or a territory, if the words are one."""
    profession, places = professions.named(words, exactly=True), territories.named(words)
    if len(places) == 1:
        return Given(territory=places[0].code)
    return Given(profession=profession.slug) if profession is not None else Given()


def _structure(words: str) -> Given | None:
    """The kind of structure that the words name; one with a name of its own is an establishment."""
    article = _ARTICLE.match(words)
    bare = words[article.end() :] if article is not None else words
    if not bare or len(bare) > LONGEST or not sector_of((bare,)):
        return None
    return Given(establishment=shortened(bare)) if _OWN_NAME.search(bare) else Given(structure=shortened(bare))
