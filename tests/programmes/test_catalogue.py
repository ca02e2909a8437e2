"""The themes are data: those of the founding document, found by what people type; a wrong file is refused by name."""

from pathlib import Path

import pytest

from bot.errors import StartRefused
from bot.programmes import catalogue
from bot.registers import shipped

INTERNAL = {
    *("blocs-operatoires", "imagerie", "sejour-clinique", "consultations-externes"),
    *("urgences", "pharmacie", "sterilisation"),
}
TERRITORIAL = {
    *("flux-patients", "urgences-territoire", "imagerie-territoire"),
    *("filieres-chirurgicales", "pharmacie-territoire", "biologie"),
}


def test_the_themes_are_those_that_the_anap_names() -> None:
    found = {slug: theme.scope for slug, theme in catalogue.every().items()}
    assert found == dict.fromkeys(INTERNAL, "internal") | dict.fromkeys(TERRITORIAL, "territorial")


def test_a_theme_is_found_by_what_people_type() -> None:
    rows = {
        "blocs opératoires": ["blocs-operatoires"],
        "BLOC OPERATOIRE": ["blocs-operatoires"],
        "la stérilisation": ["sterilisation"],
        "organisation du séjour clinique": ["sejour-clinique"],
        "urgences": ["urgences", "urgences-territoire"],
        "urgences internes": ["urgences"],
        "Urgences territoriales": ["urgences-territoire"],
        "pharmacie territorial": ["pharmacie-territoire"],
        "patient flows": ["flux-patients"],
        "hortensias": [],
    }
    assert {words: [one.slug for one in catalogue.named(words)] for words in rows} == rows
    found, rest = catalogue.at_beginning("consultations externes @ben @cleo")
    assert ([one.slug for one in found], rest) == (["consultations-externes"], "@ben @cleo")


def test_the_schema_for_editors_is_current() -> None:
    written = shipped.folder() / "programmes.schema.json"
    assert written.read_text(encoding="utf-8") == catalogue.schema_text(), "write there what schema_text() says"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("- {slug: a, scope: internal, fr: A}", "no. 1 en: Field required"),
        ("- {slug: a, scope: regional, fr: A, en: A}", "no. 1 scope"),
        ("- {slug: a, scope: internal, fr: A, en: A, prix: 3}", "no. 1 prix"),
        (
            "- {slug: a, scope: internal, fr: Un, en: One}\n- {slug: a, scope: internal, fr: Deux, en: Two}",
            "two themes have the slug “a”",
        ),
        (
            "- {slug: a, scope: internal, fr: Eins, en: One}\n- {slug: b, scope: internal, fr: Zwei, en: Ones}",
            "stands for “a” and for “b”",
        ),
        ("[]", "there is no theme in it"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(tmp_path: Path, lines: str, why: str) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(StartRefused, match=r"themes\.yaml") as refused:
        catalogue.load(path)
    assert why in str(refused.value)
