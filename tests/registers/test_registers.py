"""Promises about the public lists: found as people type them, and no name for two things by accident."""

from collections import Counter

from bot.registers import professions, shipped, territories, typed
from bot.time.public_holidays import METROPOLE, REGIONS

PLACES = {
    "Bretagne": "R53",
    "la bretagne": "R53",
    "Brittany": "R53",
    "finistere": "29",
    "Finistère (29)": "29",
    "29": "29",
    "1": "01",
    "le 93": "93",
    "2a": "2A",
    "Seine St Denis": "93",
    "Loire": "42",
    "Pays de la Loire": "R52",
    "PACA": "R93",
    "Auvergne": "R84",
    "Réunion": "974",
    "Mayotte": "976",
    "toute la France": "FR",
    "Alsace": "67 68",
    "Bretgane": "",
    "chez moi": "",
    "": "",
}
TRADES = {
    "infirmière": "infirmier",
    "INFIRMIERS": "infirmier",
    "IDE": "infirmier",
    "nurse": "infirmier",
    "infirmière à domicile": "infirmier",
    "infirmière coordinatrice": "infirmier-coordinateur",
    "aide soignant": "aide-soignant",
    "cadre de santé": "cadre-de-sante",
    "DSI": "informatique",
    "médecin DIM": "information-medicale",
    "secrétaire médicale": "secretariat-medical",
    "je ne sais pas": "",
    "": "",
}


def test_a_territory_is_found_as_people_type_it() -> None:
    assert {words: " ".join(one.code for one in territories.named(words)) for words in PLACES} == PLACES


def test_a_profession_is_found_as_people_type_it() -> None:
    found = {words: professions.named(words) for words in TRADES}
    assert {words: one.slug if one else "" for words, one in found.items()} == TRADES


def test_a_slip_of_the_finger_is_asked_about() -> None:
    assert [one.name for one in territories.near("Bretgane")] == ["Bretagne"]
    assert [one.slug for one in professions.near("infirmere")] == ["infirmier"]


def test_france_has_18_regions_with_101_departements_and_6_collectivities() -> None:
    every = [one for code in shipped_codes() if (one := territories.get(code)) is not None]
    regions = [one for one in every if one.code.startswith("R")]
    assert (len(regions), len([one for one in every if one.parent in {r.code for r in regions}])) == (18, 101)
    assert len([one for one in every if one.parent == territories.NATION and one not in regions]) == 6
    assert [one.code for one in territories.around("29")] == ["29", "R53", "FR"]


def shipped_codes() -> list[str]:
    data = shipped.read("territories.yaml")
    regions = [(f"R{number}", *region["departments"]) for number, region in data["regions"].items()]
    return [code for codes in (*regions, data["collectivities"]) for code in codes]


def test_other_holidays_are_those_of_the_territories_that_have_them() -> None:
    found = {code: one.holidays for code in shipped_codes() if (one := territories.get(code)) is not None}
    assert {code for code, region in found.items() if region == "alsace-moselle"} == {"57", "67", "68"}
    assert set(found.values()) == set(REGIONS)
    assert found["R44"] == found["75"] == METROPOLE


def test_no_word_stands_for_two_professions() -> None:
    rows = shipped.read("professions.yaml")
    words = [{typed.key(word) for word in (row["slug"], row["fr"], row["en"], *row["words"])} for row in rows]
    assert [word for word, times in Counter(word for each in words for word in each).items() if times > 1] == []
    assert "" not in set().union(*words)
