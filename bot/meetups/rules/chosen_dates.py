"""Reads which of the numbered dates of a poll somebody chooses in words: « la 1 et la 3 », « toutes sauf la 4 »."""

import re

from bot.events.gestures import gesture_of_word
from bot.text.phrases import words

ALL = 0
LONGEST = 80
_COUNTED = (
    *("1 un une 1ere premier", "2 deux two both second seconde deuxieme 2e 2eme 2nd"),
    *("3 trois three troisieme 3e 3eme third 3rd", "4 quatre four quatrieme 4e 4eme fourth 4th"),
    *("5 cinq five cinquieme 5e 5eme fifth 5th", "6 six sixieme 6e", "7 sept seven septieme 7e"),
    *("8 huit eight huitieme 8e", "9 neuf nine neuvieme 9e", "10 dix ten dixieme 10e"),
)
_NUMBERS = {word.plain: number for number, spelt in enumerate(_COUNTED, 1) for word in words(spelt)}


def _plain(spelt: str) -> frozenset[str]:
    return frozenset(word.plain for word in words(spelt))


_ALL = _plain("toutes tous tout all any importe n'importe laquelle peu")
_NONE = _plain("aucune aucun none")
_BUT = _plain("sauf except but pas not excepté hormis moins")
_FIRST = "premier"
_LAST = _plain("dernières derniers dernière dernier last")
_BESIDE = _plain(
    "le la les et ou and or ok oui yes pour moi me va vont convient conviennent date dates numéro choix seulement only "
    "uniquement plutôt je peux préfère prends serai là disponible dispo works work fine is are them of the one ones "
    "à ce ces des autres others merci svp please for suis bien aussi c'est bon parfait both hélas tout temps le numero "
    "créneau créneaux those work sorry for libre suis en vacances que either à va congé absent non nan either"
    " jours jour pas "
    "ne désolé désolée sorry suit suits i can do would be my pas"
)


_KNOWN = {*_NUMBERS, *_ALL, *_NONE, *_BUT, *_LAST, *_BESIDE, _FIRST}
_BOTH = re.compile(r"\b(?:les (?:deux|2)|both)\b", re.IGNORECASE)


def is_choice(text: str) -> bool:
    """Whether a message chooses among dates, however many there are; a number alone is a gesture instead."""
    return len(text) <= LONGEST and gesture_of_word(text, yes_no=False) is None and _read(text) is not None


def chosen(text: str, count: int) -> tuple[int, ...] | None:
    """The numbers that are chosen, also some beyond `count`; empty for none; None if we have to ask which."""
    read = _read(text)
    if read is None:
        return None
    kept, left = read
    if _BOTH.search(text) and set(kept) == {2}:
        return (1, 2) if count == 2 else None
    if kept == [ALL]:
        kept = list(range(1, count + 1))
    return tuple(sorted({_from_the_end(number, count) for number in kept} - set(left)))


def _from_the_end(number: int, count: int) -> int:
    return count + 1 + number if number < 0 else number


def _read(text: str) -> tuple[list[int], list[int]] | None:
    """The numbers taken, ALL for all and negative ones from the end, and those left out; None if it is no choice."""
    said = [word.plain for word in words(text)]
    if not said or not all(word in _KNOWN for word in said):
        return None
    but = next((place for place, word in enumerate(said) if word in _BUT and place), len(said))
    kept, left = _numbers(said[:but]), _numbers(said[but + 1 :])
    if any(word in _NONE for word in said):
        return None if kept else ([], [])
    if any(word in _ALL for word in said[:but]):
        kept = [ALL]
    return (kept, left) if kept else None


def _numbers(said: list[str]) -> list[int]:
    """The numbers among the words: « les deux premières » are 1 and 2, « les deux dernières » -2 and -1."""
    found = [_NUMBERS[word] for word in said if word in _NUMBERS and word != _FIRST]
    many = found[0] if len(found) == 1 else 1
    if any(word in _LAST for word in said):
        return list(range(-many, 0))
    if _FIRST in said:
        return list(range(1, many + 1)) if many > 1 else [1]
    return found
