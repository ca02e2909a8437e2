"""Finds the topic that somebody means: by its number, its name, or the words of a question."""

import re
from collections.abc import Sequence

from bot.communities import Topic
from bot.communities.communities import spoken
from bot.resources.search.analysis import terms
from bot.text.numbers import whole
from bot.text.plain_text import fold

_NUMBER_SIGN = re.compile(r"\A(?:n\s?[°o.]|numero|number)\s*(?=\d)")


def named(text: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic that somebody names: `3`, `n°3 !`, `interopérabilité`, the beginning of a name, one word of it."""
    wanted = _NUMBER_SIGN.sub("", fold(text).text.strip(" #.!?«»\"'\u00a0\u202f"))
    if wanted.isdigit():
        number = whole(wanted, most=len(topics))
        return topics[number - 1] if number else None
    if not wanted:
        return None
    exact = [topic for topic in topics if wanted in (fold(topic.slug).text, *_names(topic))]
    begun = [topic for topic in topics if any(name.startswith(wanted) for name in _names(topic))]
    return _only(exact) or _only(begun) or _only(_best(wanted, topics))


def inferred(text: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic that the words of a question are about; None when none, or several, would do."""
    return _only(_best(text, topics))


def _best(text: str, topics: Sequence[Topic]) -> list[Topic]:
    """Those that share most terms with the text; a term counts less the more topics have it."""
    asked = set(terms(text))
    vocabulary = {topic.slug: _terms(topic) for topic in topics}
    shared = {topic.slug: asked & vocabulary[topic.slug] for topic in topics}
    weight = {slug: sum(1 / sum(t in v for v in vocabulary.values()) for t in found) for slug, found in shared.items()}
    highest = max(weight.values(), default=0.0)
    return [topic for topic in topics if highest and weight[topic.slug] == highest]


def _terms(topic: Topic) -> set[str]:
    return {term for name in topic.name.values() for term in terms(name)} | set(terms(topic.slug.replace("-", " ")))


def _names(topic: Topic) -> tuple[str, ...]:
    return tuple(fold(name).text for name in topic.name.values())


def _only(found: list[Topic]) -> Topic | None:
    return found[0] if len(found) == 1 else None


def label(slug: str | None, topics: Sequence[Topic], language: str) -> str:
    """The topic's name for use in a sentence; the slug when the community no longer has the topic."""
    found = next((topic for topic in topics if topic.slug == slug), None)
    if found is None:
        return slug or ""
    return lowered(spoken(found.name, language))


def numbered(topics: Sequence[Topic], language: str) -> str:
    """The topics by number, a few on each line."""
    names = [f"{place}. {spoken(topic.name, language)}" for place, topic in enumerate(topics, 1)]
    return "\n".join(" / ".join(names[start : start + 4]) for start in range(0, len(names), 4))


def lowered(name: str) -> str:
    """A name for the middle of a sentence: `Interopérabilité` in lower case; `DMP` stays as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
