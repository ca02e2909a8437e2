"""The words that narrow a search to one kind of resource, in French and English, as people write them."""

from collections.abc import Iterable, Sequence

from bot.resources.search.analysis import fold

READY = "prêt"

_WRITTEN = {
    "publication": ("publication", "rapport", "report"),
    "outil": ("outil", "tool"),
    "méthode": ("methode", "method"),
    "bonne-pratique": ("bonne pratique", "bonne-pratique", "good practice", "best practice"),
    "autodiagnostic": ("autodiagnostic", "auto-diagnostic", "self-assessment", "self assessment"),
    "retex": ("retex", "rex", "retour d'experience", "temoignage", "feedback"),
    "formation": ("formation", "training"),
    "aap": ("aap", "appel a projet", "call for projects"),
    "réponse": ("reponse", "answer"),
    "pratique": ("pratique", "practice"),
    "innovation": ("innovation",),
    "repère": ("repere", "reference point"),
}
KINDS = frozenset(_WRITTEN)
SHEET = "fiche"
_SHEET_WRITTEN = ("fiche", "fiche action", "sheet", "practice sheet")
_READY_WRITTEN = ("pret a l'emploi", "pret", "ready to use", "ready")
INGREDIENTS = {
    "ingrédient-1": ("1", "usager", "ecosysteme relationnel", "user"),
    "ingrédient-2": ("2", "collectif", "collectif de travail", "equipe", "team"),
    "ingrédient-3": ("3", "organisation", "organisation apprenante", "learning organisation"),
    "ingrédient-4": ("4", "territoire", "territory"),
    "ingrédient-5": ("5", "institution", "institutionnel", "environnement institutionnel", "institutional environment"),
}
"""The five ingredients of inspiring practices, in their order, with the words for each."""
_NAMED = ("ingredient", "ingredients")


def ingredient(text: str) -> str | None:
    """The ingredient that somebody means, by its number or a word for it."""
    return _INGREDIENT_OF.get(_plain(text).strip(" .,;:!?"))


def families(kinds: Iterable[str]) -> list[frozenset[str]]:
    """The kinds, the ingredients and whether it is a sheet apart: what is looked for is one of each."""
    asked = frozenset(kinds)
    ingredients, sheet = asked & INGREDIENTS.keys(), asked & {SHEET}
    return [some for some in (asked - ingredients - sheet, ingredients, sheet) if some]


def _forms(written: str) -> set[str]:
    words = written.split()
    every = [f"{word}s" if len(word) > 2 and "'" not in word else word for word in words]
    return {written, f"{written}s", " ".join(every), " ".join([*every[:1], *words[1:]])}


_INGREDIENT_OF = {form: slug for slug, words in INGREDIENTS.items() for one in words for form in _forms(one)}
_FILTERS = {
    tuple(form.replace("-", " ").split()): kind
    for kind, written in (_WRITTEN | {READY: _READY_WRITTEN, SHEET: _SHEET_WRITTEN}).items()
    for one in written
    for form in _forms(one)
} | {(named, *form.split()): slug for form, slug in _INGREDIENT_OF.items() for named in _NAMED}
_LONGEST = max(map(len, _FILTERS))


def filters(words: Sequence[str]) -> tuple[frozenset[str], bool, list[str]]:
    """The kinds asked for at the start of a query, whether only ready-to-use ones, and the words that remain.

    `["prêt", "outils", "blocs"]` gives `({"outil"}, True, ["blocs"])`. A filter may stand alone.
    """
    kinds: set[str] = set()
    ready = False
    rest = list(words)
    while found := _leading(rest):
        kind, used = found
        ready = ready or kind == READY
        kinds.update({kind} - {READY})
        rest = rest[used:]
    return frozenset(kinds), ready, rest


def _leading(words: Sequence[str]) -> tuple[str, int] | None:
    cut = [piece for word in words[:_LONGEST] for piece in _plain(word).split()]
    for length in range(_LONGEST, 0, -1):
        kind = _FILTERS.get(tuple(cut[:length]))
        if kind and (used := _words_used(words, length)):
            return kind, used
    return None


def _plain(word: str) -> str:
    return fold(word).replace("’", "'").replace("-", " ")


def _words_used(words: Sequence[str], pieces: int) -> int:
    """How many of the words make up the first pieces, 0 when a word would be cut in two."""
    count = 0
    for used, word in enumerate(words, start=1):
        count += len(_plain(word).split())
        if count >= pieces:
            return used if count == pieces else 0
    return 0
