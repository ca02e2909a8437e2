"""Tells a typing error from an ordinary word: only the first is worth a question."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

# Words of every day that differ by a letter or two from words that people type to us.
_ORDINARY = """
donc don dos dot dol dock roc soc toc dons choc mois mais mot mots toi soi loi lois roi rois foi fois mai mou
mon moins moine voir noir oie mie moitie aime aimes aise aises aire aires vide vides ride rides aile ailes
bide aidez aider aidee idee idees aie niche niches riche riches biche miche fichu friche affiche affiches
fichier fichiers cliche seche sache export exporte expire expires expertise expertises experte exporter admis
admise admet admettre amis trouve trouvez trouvee prouver trouer approuver cher chers chere cheres cherchez
chercheur chercheurs chercheuse chercheuses perche marche ressort rencontrer reunions reunir union demander
demandez gestion gestions digestion profit profiter partage partagez langage langues longue
pratiquer agent contre contact contacts fraction aussi non oui pas plus que qui quoi quand comment pourquoi
parce sans avec pour par sur sous dans mes tes ses les des une un le la de du et ou mod mode modes salut
bonsoir merci bravo attention important super team tea help helped find fine mind kind search reach here there
what when me my we he she the and for with too bad excuses felicitations condoleances rappeler rappelez rappelle
rappelons appeler appel bas haut adieu
"""
_WORDS = frozenset(_ORDINARY.split())


def is_ordinary(word: str) -> bool:
    """Whether a folded word is an everyday one that people write to each other."""
    return word in _WORDS


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant: a letter or two away, or begun. None for an ordinary word."""
    if len(word) < 3 or not word.isalpha() or is_ordinary(word):
        return None
    candidates = sorted(known, key=lambda spelling: (OSA.distance(word, spelling), len(spelling), spelling))
    return next((spelling for spelling in candidates if _resembles(word, spelling)), None)


def _resembles(word: str, spelling: str) -> bool:
    if len(spelling) > len(word) >= 3 and spelling.startswith(word):
        return True
    allowed = 1 if min(len(word), len(spelling)) < 6 else 2
    return len(spelling) >= 3 and OSA.distance(word, spelling) <= allowed
