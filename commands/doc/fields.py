"""The fields of a resource that its team may change, and how their values are typed."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import UserError
from bot.i18n import _
from bot.resources.rules.addresses import page_address
from bot.resources.search.kinds import filters
from bot.resources.texts import is_one_of, one_line
from bot.text.numbers import whole
from bot.text.plain_text import fold

LONGEST_INTERVAL = 60
NOBODY = ("personne", "aucun", "aucune", "nobody", "none")
EMPTIED = (*NOBODY, "rien", "nothing")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its column, the words for it, and the function that reads a value or raises UserError."""

    column: str
    words: tuple[str, ...]
    read: Callable[[str], object]


def read(field: str, value: str) -> tuple[str, object]:
    """The column and the value that somebody typed. Raises UserError that says what may be typed."""
    found = next((each for each in FIELDS if is_one_of(field, each.words)), None)
    if found is None:
        names = ", ".join(each.words[0] for each in FIELDS)
        raise UserError(_("I do not know the field “{name}”. I know: {names}").format(name=field[:40], names=names))
    return found.column, found.read(value.strip(" «»“”\u00a0"))


def _text(value: str) -> str:
    return one_line(value, longest=200)


def _text_if_any(value: str) -> str:
    """Empty for « aucune » or a dash, which are no source of a resource and nobody to write to."""
    return _text(value) if any(map(str.isalnum, value)) and not is_one_of(value, EMPTIED) else ""


def _summary(value: str) -> str:
    return one_line(value, longest=1_000)


def _address(value: str) -> str:
    found = page_address(value)
    if found is None:
        raise UserError(_("This is not the address of a page. It begins with https:// or http://"))
    return found


def _kind(value: str) -> str:
    kinds, ready, rest = filters(value.split())
    if len(kinds) != 1 or ready or rest:
        raise UserError(
            _("I do not know this kind. I know: tool, method, good practice, self-assessment, publication, …")
        )
    return next(iter(kinds))


def _tags(value: str) -> list[str]:
    return [one_line(tag, longest=60) for tag in value.split(",") if tag.strip()][:20]


def _yes(value: str) -> bool:
    if not is_one_of(value, ("oui", "yes", "non", "no")):
        raise UserError(_("Write “yes” or “no”."))
    return is_one_of(value, ("oui", "yes"))


def _person(value: str) -> str | None:
    if is_one_of(value, NOBODY):
        return None
    if not value.startswith("@") or ":" not in value or " " in value or len(value) > 255:
        raise UserError(_("I need a Matrix identifier, which begins with “@”, or “nobody”."))
    return value


def _months(value: str) -> int:
    number = fold(value).text.split()[0] if value.split() else ""
    months = whole(number, most=LONGEST_INTERVAL)
    if months is None:
        raise UserError(_("I need a number of months, from 0 (never ask) to {most}.").format(most=LONGEST_INTERVAL))
    return months


FIELDS = (
    Field("title", ("titre", "title"), _text),
    Field("url", ("lien", "adresse", "url", "link", "address"), _address),
    Field("summary", ("résumé", "description", "summary"), _summary),
    Field("kind", ("type", "nature", "kind"), _kind),
    Field("tags", ("mots", "mots-clés", "étiquettes", "tags", "keywords"), _tags),
    Field("source", ("source", "origine"), _text_if_any),
    Field("contact", ("contact",), _text_if_any),
    Field("ready", ("prêt", "ready"), _yes),
    Field("owner", ("responsable", "owner"), _person),
    Field("interval_months", ("intervalle", "mois", "interval", "months"), _months),
)
