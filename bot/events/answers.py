"""Single words by which people answer us, besides gestures: stop, back, more. And which texts are answers at all."""

from enum import StrEnum

from bot.events.gestures import gesture_of_word, plain_answer


class Control(StrEnum):
    """What a word does to the dialogue it is said in."""

    CANCEL = "cancel"
    STOP = "stop"
    BACK = "back"
    MORE = "more"


CONTROLS = {
    Control.CANCEL: ("annuler", "annule", "abandonner", "cancel"),
    Control.STOP: ("stop",),
    Control.BACK: ("retour", "revenir", "précédent", "back"),
    Control.MORE: (
        *("suite", "la suite", "voir la suite", "voir plus", "plus de résultats", "les suivants", "les suivantes"),
        *(
            "d'autres",
            "d'autres résultats",
            "y en a d'autres",
            "il y en a d'autres",
            "rien d'autre",
            "t'as rien d'autre",
            "vous n'avez rien d'autre",
            "y en a-t-il d'autres",
            "en voir plus",
            "en voir d'autres",
        ),
        *("d'autres propositions", "avez-vous d'autres propositions", "vous en avez d'autres", "tu en as d'autres"),
        *("autre chose", "montre m'en d'autres", "montrez m'en d'autres", "more", "next", "show more", "show me more"),
        *(
            "show me the next ones",
            "the next ones",
            "any others",
            "see more",
            "more results",
            "can you show me more",
            "do you have more",
        ),
    ),
}
_WORDS = {plain_answer(word): control for control, words in CONTROLS.items() for word in words}


def control_of(text: str) -> Control | None:
    """The control that a whole message gives, None when it is none of these words."""
    return _WORDS.get(plain_answer(text))


def is_answer(text: str) -> bool:
    """Whether a whole message is one of the words that may answer a card; such a word holds nothing private."""
    if control_of(text) is not None:
        return True
    return gesture_of_word(text, yes_no=False) is not None or gesture_of_word(text, yes_no=True) is not None
