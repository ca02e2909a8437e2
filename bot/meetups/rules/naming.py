"""Tells which of several meet-ups words name: « la visio de jeudi », « le club DPI »."""

from collections.abc import Sequence

from bot.text.phrases import words

_OF_ANY = frozenset(word.plain for word in words(
    "rencontre visio visioconference atelier seance session date conference formation rendez-vous reunion prochaine "
    "annuler annule participation inscription presence venue place dois malheureusement finalement veux"
    " voudrais peux pas "
    "plus viens viendrai pourrai participer assister inscrire inscris bien donc tous serai suis empeche oui non"
    " sign up "
    "meeting call video a à au aux sur pour du en et je me moi votre mon ma y de cette ce svp merci please to for on at"
))  # fmt: skip
"""Words that suit every meet-up, as they are compared."""


def named_by(said: str, known: Sequence[str]) -> list[int] | None:
    """The positions of what has most words in common with those said, none if all have nothing; None for no name.

    `known`: what may be said of each meet-up: its title, its day.
    """
    name = {word.plain for word in words(said)} - _OF_ANY
    if not name:
        return None
    common = [len(name & {word.plain for word in words(one)}) for one in known]
    most = max(common, default=0)
    return [position for position, count in enumerate(common) if count == most and count > 0]
