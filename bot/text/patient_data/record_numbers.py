"""Finds numbers of patients' records and stays in folded text: a word that announces one, then its figures."""

import re
from collections.abc import Iterator

_NUM = r"(?:n[ ]?\N{DEGREE SIGN}|no\.?|nr\.?|num\.?|numeros?|number|\#)"
_OF = r"(?:du[ ]|de[ ]la[ ]|de[ ]l'|de[ ]|d'|des[ ])"
_SUBJECT = r"(?:patient|resident|malade|usager|beneficiaire)(?:\(e\)|\.e|e)?"
_STAY = (
    r"(?:venue|sejour|hospitalisation|hospit|admission|passage(?:[ ](?:aux[ ])?urgences)?|episode|entree"
    r"|prise[ ]en[ ]charge)"
)
_TITLED = r"(?:mme|mlle|mr|m\.|madame|monsieur)(?:[ ][a-z]\.)?"
# `sure` words announce nothing else; a `hint` also announces other numbers.
_LABEL = rf"""
    (?P<sure>
        i[ .]?p[ .]?p\.?|n[ .]?i[ .]?p\.?|n[ .]?d[ .]?a\.?|i[ .]?e[ .]?p\.?|i\.?n\.?s\.?|m\.?r\.?n\.?
      | {_NUM}[ ._]?{_OF}?(?:ipp|nip|nda|iep|ins|{_SUBJECT}|{_STAY})
      | (?:identifiant|identification|id|code|ref\.?|reference)[ ._-]?{_OF}?(?:unique[ ]|permanente?[ ]|interne[ ])?
        (?:{_SUBJECT}|permanente?|{_STAY})
      | (?:numero|identifiant)[ ]{_OF}?(?:identification[ ])?permanent|matricule[ ._-](?:ins|{_SUBJECT})
      | dossier[ ._-]{_OF}?(?:{_SUBJECT}|medical|clinique|hospitalier)
      | {_NUM}[ ]?{_OF}?dossier[ ]{_OF}?(?:{_SUBJECT}|medical)
      | {_SUBJECT}[ ._-]?(?:id|number)(?![a-z])|medical[ ]record|pid(?=\|)
    )
  | (?P<hint>{_NUM}[ ]?{_OF}?(?:dossier|doss\.?)|dossiers?|doss\.?|{_STAY}|{_SUBJECT})
"""
_FILLING = rf"""
    (?P<filling>
      [ ]{{0,3}}
      (?:(?:du|de[ ]la|de[ ]l'|de|d'|des|la|le|{_SUBJECT}|{_TITLED}|est|etait|is|c'est
           |{_NUM}(?![a-z]{{2}}|[a-z](?![0-9]))|dossier|{_STAY}|suivante?|local|provisoire|interne|chu?|ght
           |[^a-z0-9\0])[ ]{{0,2}}){{0,8}}
    |
      (?:[ ]{{1,2}}(?!tel|fax|sire|rpps|adeli|fine|iban|fact|comm|vers|code|mail|date|sign|proj)
         \(?(?:[a-z'.-]{{1,20}}|[0-9]{{1,3}})\)?){{1,5}}
      [ ]{{0,2}}(?:[:=]|est(?:[ ]le)?(?=[ ]))[ ]{{0,3}}
    )
"""
_NO_PREFIX = "(?!(?:du|de|des|le|la|les|au|aux|et|en|ou|un|une|a|sur|par|p|h|v|tel|fax|bp|cs)[ ._/-])"
_RECORD = re.compile(
    rf"""
    (?<![a-z0-9])(?:{_LABEL})(?![a-z]{{2}}|[a-z](?![0-9])){_FILLING}
    (?P<number>(?:{_NO_PREFIX}[a-z]{{1,4}}[ ._/-]?)?[0-9](?:[ ._/-]{{0,2}}[0-9]|[a-z][0-9]){{3,19}})(?![0-9])
    (?:(?=(?P<unit>[ ]{{0,2}}(?:mg|g|ml|%|€|k€|euros?|eur|boites?|pages|patients|residents|jours?|ans|mois|fois|lits
                             |places|h|min|comprimes|personnes|etablissements|dossiers|sejours|agents|utilisateurs
                             |professionnels|fusions|venues|passages|comptes)(?![a-z]))))?
    """,
    re.VERBOSE,
)
# `IPP` is also a class of medicines, `NDA` an agreement, `IEP` a school, `INS` a project with a telephone.
_OTHER = re.compile(
    r"""
      (?:0?[1-9]|[12][0-9]|3[01])[ ]?[ ./-][ ]?(?:0?[1-9]|1[0-2])[ ]?[ ./-][ ]?(?:19|20)[0-9]{2}(?![0-9]) # a date
    | (?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|1[0-2])[./-][0-9]{2}(?![0-9])
    | (?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])
    | (?:19|20)[0-9]{2}(?:[ ./-]{1,3}(?:19|20)[0-9]{2}){0,4}\Z                                         # years
    | 0[1-9](?:[ ._/-]{1,2}[0-9]{2}){4}(?![0-9])                                                       # a telephone
    | (?:10|127|172|192)(?:\.[0-9]{1,3}){3}(?![0-9.])                                                  # a machine
    """,
    re.VERBOSE,
)
_ANNOUNCED_AFTER = re.compile(
    r"""
    (?<![a-z0-9.,/-])[0-9]{6,12}[ ]{0,2}(?:[(\[=:]|c'est|est|etant|comme)[ ]?(?:l'|le[ ]|son[ ]|sa[ ]|comme[ ])?
    (?:i\.?p\.?p|n\.?i\.?p|n\.?d\.?a|i\.?e\.?p)(?![a-z])
    """,
    re.VERBOSE,
)
_COUNTED = re.compile(r"nombre[ ]d|volum|total|(?<![a-z])(?:crees|creees|qualifiee?s|fusionnes|dedoublonnes)(?![a-z])")
_MOST_COUNTED = 7
"""Figures of the largest count."""
_GLUED = 3
"""Figures right behind the label that are no part of another word, as in `ipp2`."""
_NUMBERED = re.compile(rf"{_NUM}|[:=]|(?<![a-z])(?:est|is)(?![a-z])")
_FEWEST = {"venue": 6, "patient": 7, "patiente": 7, "sejour": 7}
"""Figures right behind a word that needs no other to announce them."""
_PROJECT = re.compile(r"i\.?n\.?s\.?\Z")
_TELEPHONE = re.compile(r"0[1-9][0-9]{8}\Z")
# A dossier, an entry, a stay of something else.
_ELSEWHERE = re.compile(
    r"""
    commission|subvention|appel|offres?(?![a-z])|marche|factur|commande|sinistre|projet|permis|demarche|simplifiee
    |autorisation|candidat|concours|presse|dgos|(?<![a-z])ars(?![a-z])|cnil|ticket|incident|support|glpi|achat|recrut
    |migration|financ|budget|convention|contrat|fournisseur|rpps|siret|finess|iban|tel(?:ephone)?(?![a-z])|://
    """,
    re.VERBOSE,
)
_AROUND = 50


def record_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each labelled number, label included."""
    yield from (match.span() for match in _RECORD.finditer(text) if _is_record(match, text))
    yield from (match.span() for match in _ANNOUNCED_AFTER.finditer(text))


def _is_record(match: re.Match[str], text: str) -> bool:
    number = match["number"]
    figures = re.findall("[0-9]+", number)
    count = sum(map(len, figures))
    if _OTHER.match(number) or (match["unit"] and count <= 6) or (count <= _MOST_COUNTED and _is_count(match, text)):
        return False
    if not match["filling"] and len(figures[0]) < _GLUED:
        return False
    numbered = _NUMBERED.search(text, match.start(), match.start("number")) is not None
    if match["sure"]:
        if _PROJECT.match(match["sure"]) and _TELEPHONE.match(number):
            return False
        return count >= (4 if numbered else 5 if len(figures) == 1 else 6)
    alone = match["filling"] and len(figures[0]) >= _FEWEST.get(match["hint"], 20)
    enough = count >= 5 if numbered else alone
    return bool(enough) and not _TELEPHONE.match(number) and not _is_elsewhere(match, text)


def _is_count(match: re.Match[str], text: str) -> bool:
    return _COUNTED.search(text, max(0, match.start() - _AROUND // 2), match.start("number")) is not None


def _is_elsewhere(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    return _ELSEWHERE.search(text, max(0, start - _AROUND), end + _AROUND) is not None
