"""The sector, of two, that people work in or a resource is for, found by the words for its structures."""

from collections.abc import Iterable
from functools import lru_cache

from bot.resources.search.analysis import prepare, singular, words

_WRITTEN = {
    "médico-social": """ehpad ehpa esms essms ime iem itep sessad esat mas fam eam savs samsah camsp cmpp ssiad saad
        spasad foyer medicosocial retraite""",
    "sanitaire": """hopital hopitaux hospitalier hospitaliere ch chu chr chs chi epsm ghu gh clinique espic mco ssr smr
        had usld hdj urgence sanitaire""",
}
_SECTORS = {word: sector for sector, written in _WRITTEN.items() for word in written.split()}


def sector_of(texts: Iterable[str]) -> str:
    """`sanitaire` or `médico-social`, empty when the texts name none or both."""
    return _sector(" ; ".join(texts))


@lru_cache(maxsize=4_096)
def _sector(text: str) -> str:
    found = {
        _SECTORS[form]
        for word in words(prepare(text))
        for form in (singular(word.folded), word.folded, word.compound)
        if form in _SECTORS
    }
    return found.pop() if len(found) == 1 else ""
