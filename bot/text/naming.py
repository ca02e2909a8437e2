"""Tells which of several things, meet-ups for instance, words name: « la visio de jeudi », « le club DPI »."""

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
    name = _name(said)
    if not name:
        return None
    common = [len(name & _plain(one)) for one in known]
    most = max(common, default=0)
    return [position for position, count in enumerate(common) if count == most and count > 0]


def leaves_doubt(said: str, *, title: str, known: str) -> bool:
    """Whether words name something by its day alone and say more besides: « au bureau jeudi »."""
    name = _name(said)
    return not name & _plain(title) and not name <= _plain(known)


def _name(said: str) -> set[str]:
    return _plain(said) - _OF_ANY


def _plain(text: str) -> set[str]:
    return {word.plain for word in words(text)}
