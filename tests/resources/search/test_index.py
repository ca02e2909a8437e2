"""What a look-up promises."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest

from bot.resources.search import Answer, Document, Index, Lexicon, analyse, fts5_available, lexicon
from bot.resources.search.sectors import sector_of
from tests.resources.search.catalogues import TODAY, shipped_lexicon

TELE = Document(1, "numerique", "Guide de la télémédecine", "Déployer la téléconsultation en EHPAD.", ("télésanté",))
DPI = Document(2, "numerique", "Choisir son dossier patient informatisé", "Cahier des charges type.", ("logiciel",))
ENTRY = Document(3, "numerique", "Admission sans double saisie", "Relier deux logiciels.", kind="outil", ready=True)
ENERGY = Document(4, "rse", "Réduire le chauffage", "La responsabilité sociétale au quotidien.", kind="retex")
ALL = (TELE, DPI, ENTRY, ENERGY)


@pytest.fixture
def index() -> Index:
    index = Index(shipped_lexicon())
    for document in ALL:
        index.put(document)
    return index


def asked(
    index: Index,
    words: str,
    community: str = "numerique",
    *,
    kinds: frozenset[str] = frozenset(),
    ready_only: bool = False,
    limit: int = 5,
) -> Answer:
    return index.search(words, community=community, today=TODAY, kinds=kinds, ready_only=ready_only, limit=limit)


def ids(answer: Answer) -> list[int]:
    return [hit.document.id for hit in answer.hits]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("télémédecine", 1),
        ("telemedecine", 1),
        ("télé-médecine", 1),
        ("tele medecine", 1),
        ("TÉLÉMÉDECINES", 1),
        ("c'est quoi le DPI ?", 2),
        ("c’est quoi le dpi ?", 2),
        ("quelqu’un a un retour sur l’informatisation du dossier patient ?", 2),
        ("doublesaisie", 3),
        ("comment faire pour éviter la double saisie", 3),
        ("téléconsult", 1),
    ],
)
def test_it_is_found_however_it_is_written(index: Index, words: str, expected: int) -> None:
    assert ids(asked(index, words))[:1] == [expected]


def test_rse_and_csr_find_the_same(index: Index) -> None:
    assert ids(asked(index, "rse", "rse")) == ids(asked(index, "csr", "rse")) == [4]


def test_a_misspelled_word_is_corrected_and_the_correction_told(index: Index) -> None:
    answer = asked(index, "guide télémedceine")
    assert (answer.corrected, ids(answer)[0]) == ("guide télémédecine", 1)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Hôpitaux privés", "cliniques prrivées"),
        ("Relances envoyées automatiquement", "relance autmatique"),
        ("Partager des fichiers ; Fiche de poste", "fichers"),
        ("Une clé étrangère", "etranger"),
        ("Signaler une agression", "insules"),
        ("Décès à l'hôpital ; décret du jour", "decrs"),
    ],
)
def test_an_error_in_a_form_that_stands_nowhere_is_seen_through(title: str, words: str) -> None:
    index = Index(shipped_lexicon())
    index.load((Document(number, "a", one), None) for number, one in enumerate(title.split(" ; ")))
    assert ids(asked(index, words, "a"))[0] == 0


@pytest.mark.parametrize("words", ["dossier", "DPI", "T2A", "logiciels", "3114"])
def test_a_word_that_exists_is_never_corrected(index: Index, words: str) -> None:
    assert asked(index, words).corrected is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("La folie", "foie"),
        ("Une tumeur", "tuteurs"),
        ("Une insulte", "insuline"),
        ("Les soins", "sein"),
        ("La contention", "contentieux"),
    ],
)
def test_a_word_of_care_that_no_resource_holds_is_no_misspelling(title: str, words: str) -> None:
    index = Index(shipped_lexicon())
    index.load([(Document(1, "a", title), None)])
    answer = asked(index, words, "a")
    assert (ids(answer), answer.corrected, answer.suggestion) == ([], None, None)


def test_of_two_likely_words_the_one_that_stands_with_the_others_is_meant() -> None:
    index = Index()
    titles = [
        "Prises de courant",
        "Prises de sang",
        "Prises murales",
        "Cliniques privées",
        "Hôpitaux et cliniques privées",
    ]
    for number, title in enumerate(titles):
        index.put(Document(number, "a", title))
    assert index.search("cliniques privses", community="a", today=TODAY).corrected == "cliniques privées"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Stockage et archives", "stocker"),
        ("Diététique au quotidien", "diététicien"),
        ("Séjours de moins de 24 heures", "24h"),
        ("Le numéro de bâtiment", "n° bâtiment"),
        ("Chaînage mère et nouveau-né", "nouveaux-nés"),
    ],
)
def test_a_word_finds_those_derived_from_it(title: str, words: str) -> None:
    index = Index()
    index.put(Document(1, "a", title))
    assert ids(index.search(words, community="a", today=TODAY)) == [1]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("aide-soignant", "Auxiliaire de soins"),
        ("check-list", "Une grille"),
        ("mal-être", "La souffrance psychique"),
        ("nouveau-né", "Un accouchement"),
    ],
)
def test_a_word_with_a_hyphen_has_synonyms_too(words: str, title: str) -> None:
    index = Index(shipped_lexicon())
    index.load([(Document(1, "a", title), None)])
    assert ids(asked(index, words, "a")) == [1]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("faire boire un résident", "Addiction à l'alcool"),
        ("stupéfiants", "Toxicomanie"),
        ("fracture numérique", "Orthopédie"),
        ("cliché", "Les préjugés"),
        ("isoler", "La toiture"),
        ("bilan", "Un autodiagnostic"),
        ("dépendance", "Addictologie"),
        ("mal de dos", "La souffrance psychique"),
        ("nouveau logiciel", "Un accouchement"),
    ],
)
def test_a_word_that_hospitals_read_otherwise_is_not_taken_for_it(words: str, title: str) -> None:
    index = Index(shipped_lexicon())
    index.load([(Document(1, "a", title), None)])
    assert ids(asked(index, words, "a")) == []


def test_a_common_word_is_not_taken_for_a_rarer_one() -> None:
    index = Index()
    index.put(Document(1, "a", "Le chantier de la blanchisserie"))
    assert index.search("changer la blanchisserie", community="a", today=TODAY).corrected is None


def test_misspelled_grammar_is_no_subject(index: Index) -> None:
    answer = asked(index, "chauffage pendannt cellles-ci", "rse")
    assert (ids(answer), answer.partial) == ([4], False)
    assert ids(asked(index, "pendannt", "rse")) == []


def test_no_word_of_another_community_is_told(index: Index) -> None:
    answer = asked(index, "chaufage")
    assert (answer.hits, answer.corrected, answer.suggestion) == ((), None, None)
    assert asked(index, "chaufage", "rse").corrected == "chauffage"


def test_nothing_found_proposes_the_nearest_words(index: Index) -> None:
    answer = asked(index, "admisoinne")
    assert (answer.hits, answer.suggestion) == ((), "admission")


def test_kinds_and_readiness_narrow_the_search(index: Index) -> None:
    assert ids(asked(index, "logiciel", kinds=frozenset({"outil"}))) == [3]
    assert ids(asked(index, "logiciel", ready_only=True)) == [3]
    assert ids(asked(index, "télémédecine", kinds=frozenset({"outil"}))) == []


@pytest.mark.parametrize(
    "words", ["outil logiciel", "outils logiciel", "tools logiciel", "prêt logiciel", "pret logiciel"]
)
def test_filter_words_narrow_too(index: Index, words: str) -> None:
    assert ids(index.ask(words, community="numerique", today=TODAY)) == [3]


def test_a_filter_word_that_finds_nothing_is_a_plain_word(index: Index) -> None:
    assert ids(index.ask("formation télémédecine", community="numerique", today=TODAY))[:1] == [1]


def test_a_title_that_begins_with_a_filter_word_is_found(index: Index) -> None:
    index.put(Document(9, "numerique", "Outils de la double saisie", kind="publication"))
    assert ids(index.ask("outils de la double saisie", community="numerique", today=TODAY))[0] == 9


def test_a_title_of_grammar_only_is_found_when_typed(index: Index) -> None:
    index.put(Document(9, "numerique", "Que faire ?"))
    answer = asked(index, "que faire")
    assert (ids(answer), answer.exact) == ([9], True)


EQUAL = Document(1, "x", "Guide du bloc", verified_on=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (replace(EQUAL, id=2, ready=True), EQUAL),
        (replace(EQUAL, id=2), replace(EQUAL, verified_on=date(2025, 6, 1))),
        (replace(EQUAL, id=2), replace(EQUAL, verified_on=None)),
        (replace(EQUAL, id=2, useful=9, useless=1), replace(EQUAL, useful=5, useless=5)),
        (replace(EQUAL, id=2, useful=5), replace(EQUAL, useful=4)),
        (replace(EQUAL, id=2, verified_on=date(2026, 7, 1)), EQUAL),
        (EQUAL, replace(EQUAL, id=2)),
    ],
)
def test_equal_matches_have_one_order(better: Document, worse: Document) -> None:
    for first, second in ((better, worse), (worse, better)):
        index = Index()
        index.put(first)
        index.put(second)
        assert ids(asked(index, "bloc", "x")) == [better.id, worse.id]


def test_between_equal_matches_those_of_ones_own_sector_come_first_and_none_is_missing() -> None:
    index = Index()
    index.put(Document(1, "x", "Guide du bloc", tags=("hôpital",)))
    index.put(Document(2, "x", "Guide du bloc", tags=("EHPAD",)))
    own = {
        sector: ids(index.search("guide", community="x", today=TODAY, sector=sector)) for sector in ("sanitaire", "")
    }
    assert own == {"sanitaire": [1, 2], "": [1, 2]}
    assert ids(index.search("guide", community="x", today=TODAY, sector="médico-social")) == [2, 1]


@pytest.mark.parametrize(
    ("workplace", "sector"),
    [
        ("EHPAD", "médico-social"),
        ("maison de retraite", "médico-social"),
        ("Centre hospitalier", "sanitaire"),
        ("les hôpitaux de jour", "sanitaire"),
        ("CH et EHPAD rattaché", ""),
        ("siège d'une association", ""),
    ],
)
def test_a_workplace_tells_its_sector_or_none(workplace: str, sector: str) -> None:
    assert sector_of((workplace,)) == sector


def test_a_better_match_comes_before_a_ready_one() -> None:
    index = Index()
    index.put(Document(1, "x", "Guide du bloc opératoire"))
    index.put(Document(2, "x", "Guide des achats", "Un mot du bloc opératoire, entre autres sujets.", ready=True))
    assert ids(asked(index, "bloc opératoire", "x")) == [1, 2]


def test_an_update_is_seen_by_the_next_query(index: Index) -> None:
    index.put(replace(TELE, title="Guide de la télésurveillance", summary="Suivre à distance."))
    assert ids(asked(index, "télésurveillance")) == [1]
    assert ids(asked(index, "EHPAD")) == []
    index.remove(1)
    assert ids(asked(index, "télésurveillance")) == []


def test_a_document_moves_with_its_community(index: Index) -> None:
    index.put(replace(TELE, community="rse"))
    assert 1 not in ids(asked(index, "télémédecine"))
    assert ids(asked(index, "télémédecine", "rse")) == [1]


def test_stored_tokens_load_as_fresh_ones_do(index: Index) -> None:
    loaded = Index(shipped_lexicon())
    loaded.load([(TELE, analyse(TELE)), (DPI, None), (ENTRY, "of an older version"), (ENERGY, analyse(ENERGY))])
    for words in ("télémédecine", "dpi", "double saisie", "guide logiciel"):
        assert asked(loaded, words) == asked(index, words)


def test_what_a_community_is_taught_holds_there_only(index: Index) -> None:
    index.teach("numerique", Lexicon({}, [["machin", "télémédecine"]]))
    assert ids(asked(index, "machin")) == [1]
    assert ids(asked(index, "machin", "rse")) == []


def test_it_may_be_asked_on_one_thread_and_fed_on_another(index: Index) -> None:
    feeder = Thread(target=_feed, args=[index])
    feeder.start()
    while feeder.is_alive():
        assert ids(asked(index, "télémédecine"))[0] == 1
    assert asked(index, "bloc", limit=50).total == 50


def _feed(index: Index) -> None:
    for number in range(10, 300):
        index.put(Document(number, "numerique", f"Fiche bloc {number}"))


def test_full_text_search_is_there() -> None:
    assert fts5_available()


@pytest.mark.parametrize(
    ("glossary", "synonyms"), [("DPI: dossier", "[]"), ("[DPI]", "[]"), ("{}", "a: b"), ("{}", "- [seul]")]
)
def test_a_bad_glossary_is_refused(glossary: str, synonyms: str) -> None:
    with pytest.raises(ValueError, match=r"glossary|synonyms"):
        lexicon.read(glossary, synonyms)
