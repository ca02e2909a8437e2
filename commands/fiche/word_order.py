"""`!fiche publier F-12`, `!fiche aide`: what is no thing to tell, though no number comes first."""

import re
from collections.abc import Container
from typing import Final

from bot.i18n import _
from bot.resources.texts import one_line
from commands.own_words import plain

_NUMBER_BEHIND: Final = re.compile(
    r"(?P<word>[^\W\d]+)\s+((la|ma|the|my)\s+)?((fiche|sheet)\s+)?F\s?-?\s?(?P<number>\d{1,9})\b[.,:;]?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def hint(words: str, known: Container[str]) -> str:
    """How the step that somebody means is written; empty when the words are something to tell."""
    found = _NUMBER_BEHIND.fullmatch(words.strip())
    if found is not None and plain(found["word"]) in known:
        step = one_line(f"{found['word']}{found['rest']}", longest=60)
        return _("The number comes first: `!sheet {number} {words}`").format(number=f"F-{found['number']}", words=step)
    if plain(words) in known:
        sentence = _("For which sheet? For example: `!sheet F-12 {words}`. To see yours: `!sheet mine`")
        return sentence.format(words=one_line(words, longest=60))
    return ""
