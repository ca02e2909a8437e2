"""Tells whether a short sentence is English, by its commonest words."""

import re

from bot.text.plain_text import fold

_WORD = re.compile(r"[a-z]+")
_COMMON = (
    "hi hello hey good morning evening help the what who how where when which why can could would should do does is are"
    " am i you your my we our need want would like looking anyone anybody somebody someone please thanks thank to about"
    " for with it this that have has know find show give sorry any not"
)
_COMMON_IN_FRENCH = "je j tu vous nous le la les l un une des du d et est pour sur avec mon ma mes quel quelle qui"
_ENGLISH, _FRENCH = frozenset(_COMMON.split()), frozenset(_COMMON_IN_FRENCH.split())


def is_english(text: str) -> bool:
    """Whether a third of the words at least are English, and none is one of the commonest French ones."""
    said = _WORD.findall(fold(text).text)
    return bool(said) and _FRENCH.isdisjoint(said) and 3 * sum(word in _ENGLISH for word in said) >= len(said)
