"""What members read is there in French, whole."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.i18n import LOCALES, _, language, ngettext, speaking

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


AVOIDED = re.compile(
    r"\b(?:(?:la|une|de|en|sa|votre) gardes?|DM|SOS|urgente?s?|animations?|animat(?:eur|rice)s?|bilans?|clients?"
    r"|pairs|preneurs?|pris(?:e|es)? en charge|vagues?|d[ée]bit|usagers?|partante?s?)\b",
    re.IGNORECASE,
)
"""Words that mean something else in a hospital; « je garde » is a verb, and no night duty."""
TECHNICAL = re.compile(r"\b(?:wizard|token|notice|tag|slug|reset|feedback|P[0-3]|PL|commande invalide)s?\b")
CROOKED = re.compile(r"[^\u00a0\s](?<![«(])[;?!»:](?!//)| [;?!»:]")
"""A mark that has no space before it, or one at which the line may break."""


def sentences() -> set[str]:
    """Every sentence in the code that members may read."""
    found: set[str] = set()
    for folder in ("bot", "commands"):
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found


def french() -> dict[str, Message]:
    with (LOCALES / "fr" / "LC_MESSAGES" / "relais.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }


def test_every_sentence_is_there_in_french_and_no_other() -> None:
    assert sentences() == set(french())


def spoken(message: Message) -> list[str]:
    """The sentence, or both of its plural forms."""
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [str(string or "") for string in strings]


def unfit(is_fit: Callable[[str], bool]) -> list[str]:
    """The French sentences that break a rule."""
    return [string for message in french().values() for string in spoken(message) if not is_fit(string)]


def test_a_french_sentence_is_whole_and_names_what_the_english_names() -> None:
    def is_whole(message: Message) -> bool:
        named = _fields(message.id if isinstance(message.id, str) else message.id[-1])
        return all(string and _fields(string) == named for string in spoken(message))

    assert [message.id for message in french().values() if not is_whole(message)] == []


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


def test_french_typography_keeps_marks_and_words_on_one_line() -> None:
    def is_set(string: str) -> bool:
        bare = re.sub(r"!(?=[\w{])", "", string)
        return not CROOKED.search(bare) and not re.search(r"«(?!\u00a0)|\u00a0\u00a0|[·—]", string)

    assert unfit(is_set) == []


def test_no_french_sentence_uses_a_word_that_hospitals_read_differently() -> None:
    def is_plain(string: str) -> bool:
        bare = re.sub(r"\{\w+\}", "", string)
        return not AVOIDED.search(bare) and not TECHNICAL.search(bare)

    assert unfit(is_plain) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "La garde est réglée.",
        "Un DM vous attend.",
        "C'est urgent.",
        "L'équipe d'animation répond.",
        "Votre bilan est prêt.",
        "Nos clients aussi.",
        "Demande D-12 sans preneur",
        "La demande est prise en charge.",
        "vos pairs",
        "la deuxième vague",
    ],
)
def test_such_words_are_found(sentence: str) -> None:
    assert AVOIDED.search(sentence)


def test_a_sentence_is_written_in_the_language_being_spoken() -> None:
    with speaking("fr"):
        assert _("Communities") == "Les communautés"
        assert ngettext("{count} minute", "{count} minutes", 2) == "{count} minutes"
    with speaking("en"):
        assert _("Communities") == "Communities"
    with speaking("tlh"):
        assert language() == "fr"
