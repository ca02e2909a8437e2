"""Numbers and ranks in words, in French and English."""

from collections.abc import Iterator

_FRENCH_WORDS = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit"
    " vingt-neuf"
)
_ENGLISH_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_RANK_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_FRENCH, _ENGLISH, _RANKS = _FRENCH_WORDS.split(), _ENGLISH_WORDS.split(), _RANK_WORDS.split()


def _french() -> Iterator[str]:
    yield from _FRENCH
    for tens in ("trente", "quarante", "cinquante"):
        yield from (tens, f"{tens}-et-un", *(f"{tens}-{unit}" for unit in _FRENCH[1:9]))


def _english() -> Iterator[str]:
    yield from _ENGLISH
    for tens in ("twenty", "thirty", "forty", "fifty"):
        yield from (tens,) if tens != "twenty" else ()
        yield from (f"{tens}-{unit}" for unit in _ENGLISH[:9])


FRENCH_NUMBERS, ENGLISH_NUMBERS = tuple(_french()), tuple(_english())  # 1 to 59: days of a month, minutes of an hour
ENGLISH_RANKS = (*_RANKS, *(f"twenty-{rank}" for rank in _RANKS[:9]), "thirtieth", "thirty-first")
