"""The guard finds patients' numbers however they are written, and lets other numbers pass."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dispatch.answer.budget import PROCESSOR, bounded
from bot.errors import OverBudget
from bot.text.patient_data.patient_data import NIR, PATIENT_BIRTH, RECORD_NUMBER, check
from tests.text.patient_data import KINDS, MOST_FALSE, REACH, key_of, rate

ROOT = Path(__file__).parents[2]
SHIPPED = [
    *(ROOT / "config").rglob("*.yaml"),
    *(ROOT / "tests/time/when_cases").glob("*.txt"),
    ROOT / "tests/dispatch/ordinary_sentences.txt",
]


def rules(text: str) -> list[str]:
    return [finding.rule for finding in check(text)]


@st.composite
def nir_bodies(draw: st.DrawFn) -> str:
    sex = draw(st.sampled_from("123478"))
    year = draw(st.integers(0, 99))
    month = draw(st.sampled_from([*range(1, 13), *range(20, 43), *range(50, 100)]))
    place = draw(st.one_of(st.integers(1, 99).map("{:02d}".format), st.sampled_from(["2A", "2B"])))
    commune, order = draw(st.integers(0, 999)), draw(st.integers(0, 999))
    return f"{sex}{year:02d}{month:02d}{place}{commune:03d}{order:03d}"


SEPARATORS = st.sampled_from(["", "", " ", ".", "-", "\xa0", "\u202f", "\u2009", "\u2011", "\t", " - ", "\u200b"])


@st.composite
def spaced(draw: st.DrawFn, number: str) -> str:
    return number[0] + "".join(draw(SEPARATORS) + char for char in number[1:])


@given(st.data(), nir_bodies(), st.sampled_from(["", "Mme X, ", "NIR:", "n°", "(", "chambre 12 : "]))
def test_a_valid_number_is_found_with_any_separators(data: st.DataObject, body: str, before: str) -> None:
    number = data.draw(spaced(f"{body}{key_of(body)}"))
    findings = check(f"{before}{number} a chuté.")
    assert [(f.rule, f.start, f.end) for f in findings] == [(NIR, len(before), len(before) + len(number))]


@given(st.data(), nir_bodies(), st.integers(1, 99))
def test_a_number_with_a_wrong_key_is_never_found(data: st.DataObject, body: str, shift: int) -> None:
    wrong = (int(key_of(body)) + shift) % 100
    if wrong == int(key_of(body)):
        return
    assert check(data.draw(spaced(f"{body}{wrong:02d}"))) == ()


@given(nir_bodies())
def test_lower_case_corsica_and_full_width_digits_count_the_same(body: str) -> None:
    number = f"{body}{key_of(body)}"
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    assert rules(number.lower()) == rules(wide) == rules("\u2060".join(number)) == [NIR]


@pytest.mark.parametrize("month", ["00", "13", "19", "43", "49"])
def test_a_month_that_does_not_exist_makes_no_number(month: str) -> None:
    body = f"155{month}99999999"
    assert check(f"{body}{key_of(body)}") == ()


@pytest.mark.parametrize("sex", ["0", "5", "6", "9"])
def test_a_first_digit_that_does_not_exist_makes_no_number(sex: str) -> None:
    body = f"{sex}550899999999"
    assert check(f"{body}{key_of(body)}") == ()


FOUND = [
    ("1 55 08 99 999 999 19", [NIR]),
    ("2 60 01 2A 999 999 26", [NIR]),
    ("1 60 01 2B 999 999 06", [NIR]),
    ("La patiente 2 60 01 2A 999 999 26 n'a pas son traitement", [NIR]),
    ("2.60.01.2a.999.999.26", [NIR]),
    ("1-55-08-99-999-999-19.", [NIR]),
    ("١٥٥٠٨٩٩٩٩٩٩٩٩١٩", [NIR]),
    ("1️⃣55089999999919", [NIR]),
    ("155089999999919 puis 155089999999919", [NIR, NIR]),
    ("chambre 2 155089999999919", [NIR]),
    ("scan_155089999999919.pdf", [NIR]),
    ("voir https://exemple.fr puis 155089999999919", [NIR]),
    ("#secu:155089999999919", [NIR]),
    ("1 55 08 99 999 999 clé 19", [NIR]),
    ("1550899999999 / clé : 19", [NIR]),
    ("1550899999999/19", [NIR]),
    ("1550899999999 (19)", [NIR]),
    ("1,55,08,99,999,999,19", [NIR]),
    ("1 | 55 | 08 | 99 | 999 | 999 | 19", [NIR]),
    ("1 55 08 99 999 999\n19", [NIR]),
    ("I 55 O8 99 999 999 l9", [NIR]),
    ("¹⁵⁵⁰⁸⁹⁹⁹⁹⁹⁹⁹⁹¹⁹", [NIR]),
    ("NIR155089999999919", [NIR]),
    ("patient155089999999919", [NIR]),
    ("https://exemple.fr/doc/155089999999919", [NIR]),
    ("https://exemple.fr/?id=1-55-08-99-999-999-19&x", [NIR]),
    ("exemple.fr/doc/155089999999919", [NIR]),
    ("https://exemple.fr/?nir=1%2055%2008%2099%20999%20999%2019", [NIR]),
    ("n° de sécurité sociale : 1 55 08 99 999 999", [NIR]),
    ("numéro SS 1550899999999, merci", [NIR]),
    ("1550899999999 (NIR sans clé)", [NIR]),
    ("I.P.P. 8001234567", [RECORD_NUMBER]),
    ("NIP 1234567", [RECORD_NUMBER]),
    ("dossier n° 1234567", [RECORD_NUMBER]),
    ("n° patient : A123456", [RECORD_NUMBER]),
    ("venue 26001234", [RECORD_NUMBER]),
    ("l'IPP de Mme Dupont est 80012345", [RECORD_NUMBER]),
    ("https://exemple.fr/?ipp=8001234567", [RECORD_NUMBER]),
    ("Mme DUPONT Jeanne née le 12/03/1948", [PATIENT_BIRTH]),
    ("M. Martin, 12.03.48", [PATIENT_BIRTH]),
    ("née le 12 mars 1948, Mme Dupont", [PATIENT_BIRTH]),
    ("Mme Dupont\nJeanne\nDDN : 12/03/1948", [PATIENT_BIRTH]),
    ("Jeanne DUPONT 12/03/1948", [PATIENT_BIRTH]),
    ("Nom : Dupont\nNé le : 12/03/1948", [PATIENT_BIRTH]),
    ("Mr Smith, born on March 12, 1948", [PATIENT_BIRTH]),
    ("enfant Martin Léa, 12/03/2021", [PATIENT_BIRTH]),
    ("ipp 00 12 34 56 78", [RECORD_NUMBER]),
    ("patient 1234567890", [RECORD_NUMBER]),
    ("IPP 8001234567", [RECORD_NUMBER]),
    ("ipp:8001234567", [RECORD_NUMBER]),
    ("IPP n° 12345", [RECORD_NUMBER]),
    ("IPP nº 1234", [RECORD_NUMBER]),
    ("l'IPP du patient est 0012345", [RECORD_NUMBER]),
    ("NDA : 2026 001 234", [RECORD_NUMBER]),
    ("NDA=A1234567", [RECORD_NUMBER]),
    ("IEP-123456789", [RECORD_NUMBER]),
    ("IEP (123456)", [RECORD_NUMBER]),
    ("INS numéro 9876543", [RECORD_NUMBER]),
    ("INS 1 55 08 99 999 999 19", [RECORD_NUMBER, NIR]),
    ("IPP 123.456.789", [RECORD_NUMBER]),
    ("IPP １２３４５６７", [RECORD_NUMBER]),
    ("Patient Dupont né le 12/03/1950", [PATIENT_BIRTH]),
    ("la patiente, entrée hier, née le 3 mars 1942, refuse", [PATIENT_BIRTH]),
    ("Résidente X, née le 1er avril 1931", [PATIENT_BIRTH]),
    ("résident(e) Y né(e) le 01.02.38", [PATIENT_BIRTH]),
    ("patient·e né·e le 01-02-1938", [PATIENT_BIRTH]),
    ("PATIENT NE LE 1950-03-12", [PATIENT_BIRTH]),
    ("patient, date de naissance : 12/03/1950", [PATIENT_BIRTH]),
    ("1 55 08 99 999 999 et la clé c'est 19", [NIR]),
    ("NIR(13)=1550899999999 CLE(2)=19", [NIR]),
    ("1 55 08 99 999 999 I 19", [NIR]),
    ("I P P 80012345", [RECORD_NUMBER]),
    ("IPP ? 80012345", [RECORD_NUMBER]),
    ("IPP 👉 80012345", [RECORD_NUMBER]),
    ("IPP;80012345", [RECORD_NUMBER]),
    ("IPP de Mme L. 80012345", [RECORD_NUMBER]),
    ("IPP du résident ch 12 : 80012345", [RECORD_NUMBER]),
    ("IPP (identifiant permanent) : 80012345", [RECORD_NUMBER]),
    ("80012345 (IPP)", [RECORD_NUMBER]),
    ("80012345 est son IPP", [RECORD_NUMBER]),
    ("doss n° 1234567", [RECORD_NUMBER]),
    ("passage aux urgences n° 1234567", [RECORD_NUMBER]),
    ("patientId=1234567", [RECORD_NUMBER]),
    ("PID|||80012345^^^CHU^PI", [RECORD_NUMBER]),
    ("NDA 123456 IPP 80012345", [RECORD_NUMBER, RECORD_NUMBER]),
    ("Le 12/03/1944 est née Mme Martin", [PATIENT_BIRTH]),
    ("Mme Martin DDN=20190112", [PATIENT_BIRTH]),
    ("Mme Martin (12031944)", [PATIENT_BIRTH]),
    ("Mme J.Martin 12/03/1944", [PATIENT_BIRTH]),
    ("Mme Martin (F) 12/03/1944", [PATIENT_BIRTH]),
    ("Mme Martin, 78 ans, 12/03/1944", [PATIENT_BIRTH]),
    ("Mme Martin 12|03|1944", [PATIENT_BIRTH]),
    ("Mme Martin 12/03/1948, service de cardiologie", [PATIENT_BIRTH]),
    ("pte Martin née le 12/03/1944", [PATIENT_BIRTH]),
    ("Nom;Prénom;DDN\nMartin;Jeanne;12/03/1944", [PATIENT_BIRTH]),
    ("PID|1||X||MARTIN^Jeanne||19440312|F", [PATIENT_BIRTH]),
    ('{"nom":"Martin","dateNaissance":"12/03/1944"}', [PATIENT_BIRTH]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_what_points_at_a_patient_is_found(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


PASSED = [
    "",
    "1 55 08 99 999 999 18",
    "2 60 01 2A 999 999 27",
    "SIRET 123 456 789 00012",
    "SIRET 26750045200011",
    "RPPS 10001234567",
    "FINESS 750712184",
    "01 23 45 67 89",
    "01 23 45 67 89 / 06 12 34 56 78",
    "+33 1 23 45 67 89",
    "06.12.34.56.78 06.12.34.56.79 06.12.34.56.70",
    "mxc://exemple.org/155089999999919",
    "@155089999999919:exemple.org",
    "!155089999999919:exemple.org",
    "#155089999999919:localhost:8008",
    "$155089999999919:exemple.org",
    "matrix:u/155089999999919:exemple.org",
    "!155089999999919-abcdefghijklmnopqrstuvwxyzA",
    "1550899999999190",
    "0155089999999919",
    "x155089999999919",
    "155089999999919f",
    "IPP 20 mg",
    "IPP 40 mg pendant 28 jours",
    "les IPP depuis 2019",
    "NDA signé le 12/03/2026",
    "NDA 12/03/2026",
    "INS 01.01.2026",
    "IEP 2024-2025",
    "IEP n° 2024",
    "INS 2.0",
    "contact INS : 01 23 45 67 89",
    "INS 2026-01-15",
    "NDA no 2",
    "NDA 1200 pages",
    "IPP 150 boîtes",
    "INS 2026 : 120 patients",
    "inspection 1234567",
    "ipp2 1234567",
    "Le directeur, né le 3 mars 1960",
    "Nos patients sont nombreux",
    "la résidence est née le 3 mars 1960",
    "Mme Martin anime la réunion du 12/03/2027",
    "M. Durand, réunion le 3 mars 2026",
    "Mme Martin, 12/03/2027",
    "Madame Martin rappelle que le réseau est né le 12 mars 1998",
    "La patiente de 78 ans",
    "Mme Martin 06 12 34 56 78",
    "dossier n° 3 de la commission",
    "dossier démarches simplifiées n° 12345678",
    "venue le 12 mars 2026",
    "IBAN FR76 3000 6000 0112 3456 7890 189",
    "patient\nMa fille est née le 3 mars 2020",
    "les patients nés en 1950",
    "un patient ne le sait pas, le 3 mars 2026",
    "nombre d'IPP : 201345",
    "volumétrie : 201345 IPP, 1447555 NDA",
    "IPP créés : 85571",
    "INS qualifiées : 579644",
    "dossier patient : 10791 utilisateurs",
    "serveur ipp 192.168.10.12:631",
    "HAS, guide du 08/05/1993, patient âgé",
    "diplôme obtenu le 11/05/1993, Madame Martin",
    "service ouvert le 01/07/1999, Monsieur Martin",
    "embauchée le 20/11/1973 : M. Martin",
    "Mme Martin (05 . 04 . 78 . 09 . 15)",
]


@pytest.mark.parametrize("text", PASSED)
def test_what_is_no_patient_passes(text: str) -> None:
    assert check(text) == ()


LONG = (
    "1" * 60_000,
    "12" * 30_000,
    "1 " * 30_000,
    "1    " * 12_000,
    "２" * 60_000,
    "ipp " * 15_000,
    "ipp" + " " * 60_000,
    "patient " * 7_500,
    "patient" + "né le 1" * 8_000,
    "a" * 60_000,
    "a." * 30_000,
    "@a" * 30_000,
    "@" + "a" * 60_000,
    "@a:" + "b." * 30_000,
    "-" * 60_000,
    "https://" * 7_500,
)


def test_a_long_message_is_checked_within_what_one_event_may_cost() -> None:
    ended = []
    for text in LONG:
        try:
            with bounded(PROCESSOR):
                check(text)
        except OverBudget:
            ended.append(text[:12])
    assert ended == []


@pytest.mark.parametrize("kind", REACH)
def test_most_of_what_is_a_patients_is_found(kind: str) -> None:
    assert rate(kind, count=500) >= REACH[kind]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in REACH])
def test_hardly_any_other_number_or_date_is_taken_for_a_patients(kind: str) -> None:
    assert rate(kind, count=500) <= MOST_FALSE


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.name)
def test_nothing_that_we_ship_is_taken_for_a_patients(file: Path) -> None:
    assert [line for line in file.read_text("utf-8").split("\n") if check(line)] == []


@given(st.text())
def test_any_text_is_answered_with_spans_inside_it(text: str) -> None:
    for finding in check(text):
        assert 0 <= finding.start < finding.end <= len(text)


def test_a_finding_never_shows_the_value() -> None:
    assert "999" not in repr(check("IPP 8009999999, NIR 155089999999919"))
