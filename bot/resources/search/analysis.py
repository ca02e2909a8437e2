"""Turns text into terms: folds accents, cuts into words, drops words without a subject, stems."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from bot.resources.search.words import ELISIONS, STOP, WEAK

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ø": "o", "ł": "l"})
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′＇", "'") | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None))
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = r"[^\W_]+"
_TOKEN = re.compile(
    rf"(?:\b(?:{ELISIONS})')?((?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b)?|{_WORD}(?:[-‐‑_]{_WORD})*)", re.IGNORECASE
)
_PARTS = re.compile(_WORD)
_HOURS = re.compile(r"\b(\d{1,3}) ?h(?=\W|$)", re.IGNORECASE)
_NUMBER = re.compile(r"\bn ?[°º]", re.IGNORECASE)
_ENDINGS = (("iere", "ière"), ("gere", "ger"), ("ite", "ité"), ("ee", "ée"))
_IRREGULAR = {
    "lieux": "lieu",
    "milieux": "milieu",
    "enjeux": "enjeu",
    "jeux": "jeu",
    "feux": "feu",
    "eaux": "eau",
}
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: in lower case, folded, and where it starts and ends."""

    text: str
    folded: str
    start: int
    end: int
    acronym: bool = False
    compound: str = ""

    @property
    def stop(self) -> bool:
        return self.folded in STOP and not self.acronym

    @property
    def weak(self) -> bool:
        return weak(self.folded)


def fold(text: str) -> str:
    """Lower case without accents; ligatures are spelt out."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold()))


def prepare(text: str) -> str:
    """One form for quotes, accents, hours (`24h`) and numbers (`n°`), invisible characters dropped."""
    text = unicodedata.normalize("NFC", text.translate(_QUOTES))
    return _NUMBER.sub(" numéro ", _HOURS.sub(r"\1 heures", text))


def words(prepared: str) -> list[Word]:
    """The words of a prepared text; parts of a compound (`télé-médecine`) carry its joined form."""
    shouting = prepared.upper() == prepared and prepared.count(" ") > 1
    return [word for match in _TOKEN.finditer(prepared) for word in _cut(match, shouting=shouting) if word.folded]


def _cut(match: re.Match[str], *, shouting: bool) -> Iterator[Word]:
    whole, start = match.group(1), match.start(1)
    if "." in whole:
        yield _word(whole.replace(".", ""), start, match.end(1), shouting=shouting)
        return
    parts = list(_PARTS.finditer(whole))
    joined = "".join(singular(fold(part.group())) for part in parts) if len(parts) > 1 else ""
    for part in parts:
        yield _word(part.group(), start + part.start(), start + part.end(), shouting=shouting, joined=joined)


def _word(text: str, start: int, end: int, *, shouting: bool, joined: str = "") -> Word:
    text = text[:_LONGEST]
    acronym = not shouting and len(text) > 1 and text.isupper()
    return Word(text.lower(), _solid(fold(text)), start, end, acronym, _solid(joined)[:_LONGEST])


def _solid(folded: str) -> str:
    # Unicode spells some letters out with spaces or signs; a term holds none.
    return folded if folded.isascii() else "".join(filter(str.isalnum, folded))


@lru_cache(maxsize=65_536)
def term(folded: str) -> str:
    """The key under which a folded word is found. Short words and codes (T2A, DPI) stay whole."""
    if any(letter.isdigit() for letter in folded):
        return folded
    single = singular(folded)
    if len(single) <= 3:
        return single
    return fold(_stemmer().stemWord(_accented(single)))


def weak(folded: str) -> bool:
    """Whether a word, singular or plural, is rarely the subject."""
    return folded in WEAK or singular(folded) in WEAK


def singular(folded: str) -> str:
    """A folded word without the mark of the plural."""
    # Snowball keeps the s of « détenus » and « essais »; here singular and plural must become one term.
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if len(folded) > 3 and (folded.endswith(("s", "eaux")) and not folded.endswith("ss")):
        return folded[:-1]
    return folded


def _accented(single: str) -> str:
    # Snowball knows these endings only with the accents that were folded away.
    for plain, written in _ENDINGS:
        if single.endswith(plain):
            return single[: -len(plain)] + written
    return single


def _stemmer() -> Stemmer.Stemmer:
    # One per call: a stemmer must not be shared by two threads, and making one costs a microsecond.
    return Stemmer.Stemmer("french", 0)


def terms(text: str) -> list[str]:
    """The terms of a text, stop words dropped, joined compounds last so that phrases stay whole."""
    found = words(prepare(text))
    single = [term(word.folded) for word in found if not word.stop]
    return single + [term(joined) for joined in compounds(found)]


def compounds(found: Iterable[Word]) -> list[str]:
    """Joined forms of hyphenated words, each once, those made of grammar only (`est-ce`) left out."""
    return list(dict.fromkeys(word.compound for word in found if word.compound and not word.stop))
