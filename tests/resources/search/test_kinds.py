"""Filter words at the start of a query."""

import pytest

from bot.resources.search import KINDS, filters


@pytest.mark.parametrize(
    ("query", "kinds", "ready", "rest"),
    [
        ("outil blocs", {"outil"}, False, "blocs"),
        ("Outils blocs", {"outil"}, False, "blocs"),
        ("tools blocs", {"outil"}, False, "blocs"),
        ("méthodes achats", {"méthode"}, False, "achats"),
        ("methode achats", {"méthode"}, False, "achats"),
        ("retex urgences", {"retex"}, False, "urgences"),
        ("retours d'expérience urgences", {"retex"}, False, "urgences"),
        ("retour d’expérience urgences", {"retex"}, False, "urgences"),
        ("bonnes pratiques achats", {"bonne-pratique"}, False, "achats"),
        ("bonne-pratique achats", {"bonne-pratique"}, False, "achats"),
        ("appels à projets énergie", {"aap"}, False, "énergie"),
        ("auto-diagnostic blocs", {"autodiagnostic"}, False, "blocs"),
        ("prêt blocs", set(), True, "blocs"),
        ("prêt à l'emploi blocs", set(), True, "blocs"),
        ("prêts outils méthodes blocs", {"outil", "méthode"}, True, "blocs"),
        ("formation", {"formation"}, False, ""),
        ("blocs outil", set(), False, "blocs outil"),
        ("bonne idée", set(), False, "bonne idée"),
        ("", set(), False, ""),
    ],
)
def test_a_query_may_begin_with_filters(query: str, kinds: set[str], ready: bool, rest: str) -> None:
    assert filters(query.split()) == (frozenset(kinds), ready, rest.split())


def test_every_kind_is_its_own_filter() -> None:
    for kind in KINDS:
        assert filters([kind, "blocs"]) == (frozenset({kind}), False, ["blocs"])
