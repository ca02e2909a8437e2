"""The columns of a file of resources, and how people write them in English and French."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.text.patient_data.patient_data import check
from bot.text.plain_text import fold

COLUMNS = ("title", "url", "summary", "tags", "kind", "source", "ready", "verified_on", "contact")
_WRITTEN = {
    "title": ("title", "titre", "nom", "name"),
    "url": ("url", "lien", "adresse", "link", "address"),
    "summary": ("summary", "resume", "description"),
    "tags": ("tags", "etiquettes", "mots-cles", "mots cles", "keywords"),
    "kind": ("kind", "type", "nature"),
    "source": ("source", "editeur", "publisher"),
    "ready": ("ready", "pret", "pret a l'emploi"),
    "verified_on": ("verified_on", "verified on", "verifie le", "date de verification"),
    "contact": ("contact", "contacts"),
}
_COLUMN = {written: column for column, forms in _WRITTEN.items() for written in forms}


def column_of(written: str) -> str | None:
    """Our name of a column, however it is written."""
    return _COLUMN.get(" ".join(fold(written).text.replace("’", "'").split()))


def known_columns(header: Iterable[str]) -> set[str]:
    return {column for written in header if (column := column_of(written)) is not None}


def unknown_column(written: str) -> str:
    """The sentence about an unknown column; does not repeat one with patient data or one that is no name."""
    known = f"the columns are {', '.join(COLUMNS)}."
    if check(written) or len(written) > 40 or not written.strip():
        return f"the first line must name the columns; {known}"
    near = get_close_matches(fold(written).text, _COLUMN, n=1)
    return f"the column “{written.strip()}” is not known; " + (f"did you mean “{near[0]}”?" if near else known)
