"""Sentences in the reader's language: English msgids in the code, French in `locales/`."""

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.markup import marked

LANGUAGES = ("fr", "en")
DEFAULT = "fr"
DOMAIN = "relais"
LOCALES = Path(__file__).with_name("locales")

_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the msgids themselves."""
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=DOMAIN))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language() -> str:
    """The language in which sentences are being written now."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in this language until the end of the block; an unknown language is the default one."""
    token = _current.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str) -> str:
    """Translate a whole sentence, now; its marks are put in place (`bot.markup`)."""
    return marked(translations(_current.get()).gettext(message))


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a whole sentence that counts something, now."""
    return marked(translations(_current.get()).ngettext(singular, plural, count))


def N_(message: str) -> str:
    """Mark a sentence that is translated later, with `_`."""
    return message
