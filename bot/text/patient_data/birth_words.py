"""Patterns, for folded text, of dates of birth and of the people whose birth it is."""

import re

_MONTH = "(?:janv?|fevr?|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec|feb|mar|apr|may|jun|jul|aug)[a-z]{0,7}[.]?"
_YEAR = "(?:19|20)?[0-9]{2}"
_PART = r"[ ]?[ ./_|\\-][ ]?"
# A telephone goes on in pairs.
DATE = rf"""
    (?:
      (?P<day>[0-9]{{1,2}}){_PART}(?P<month>[0-9]{{1,2}}){_PART}
      (?:(?P<year>(?:19|20)[0-9]{{2}})|(?P<short>[0-9]{{2}})(?![ ]?[ ./-][ ]?[0-9]))
    | (?P<iso_year>(?:19|20)[0-9]{{2}})[./_-](?P<iso_month>[0-9]{{1,2}})[./_-](?P<iso_day>[0-9]{{1,2}})
    | (?P<word_day>[0-9]{{1,2}})[ ]?(?:er|st|nd|rd|th)?[ -]{{1,2}}(?:of[ ])?{_MONTH}[ ,-]{{1,2}}(?P<word_year>{_YEAR})
    | {_MONTH}[ ](?P<english_day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ,]{{1,2}}(?P<english_year>{_YEAR})
    )(?![0-9])
"""
_GLUED = r"""
    (?:(?P<glued_day>[0-3][0-9])(?P<glued_month>[01][0-9])(?P<glued_year>(?:19|20)[0-9]{2})
      |(?P<compact_year>(?:19|20)[0-9]{2})(?P<compact_month>[01][0-9])(?P<compact_day>[0-3][0-9]))(?![0-9])
"""
_ON = r"""
    [ ,]{0,2}(?:(?:le|un|ce|on|in|the|du)(?![a-z])|[:=])?[ :,"]{0,3}
    (?:(?:lun|mar|mercre|jeu|vendre|same)di[ ]|dimanche[ ])?
"""
BORN = re.compile(
    rf"""
    (?<![a-z])
    (?:
      (?:nee?|nait)s?(?:\(e\)|[.\N{{MIDDLE DOT}}/-]e)?
      (?:[ ,(]{{1,2}}(?:a|au|aux|en|dans)[ ][a-z' -]{{1,30}}(?:[ ]?\([0-9a-z ]{{2,20}}\))?)?
    | nee[ ](?!a[ ]|le[ ])[a-z'-]{{1,25}}(?:[ ][a-z'-]{{1,25}})?
    | d\.?d\.?n\.?|dn|(?:d(?:ate|\.)|jour)?[ _]?(?:de[ _])?naiss(?:ance)?\.?
    | d\.?o\.?b\.?|date[ ]of[ ]birth|birth[ ]?da(?:te|y)|born
    )"?
    [ ]?(?:\)|[ ]?est(?![a-z])|[ ]?is(?![a-z]))?[ ]?[(=_-]?[ ]?\n?{_ON}
    (?:{DATE}|{_GLUED})
    """,
    re.VERBOSE,
)
DATED = re.compile(rf"(?<![0-9a-z.,/+-])(?<![0-9][ ])(?<![0-9][ ][./-][ ])(?:{DATE}|{_GLUED})", re.VERBOSE)
_PATIENT = r"""
    (?:patient|resident|residant|hospitalise|nouveau[ -]ne)(?:\(e\)|[./\N{MIDDLE DOT}-]e)?(?:e|s|es)?
    | usagere?s?|enfants?|bebes?|nourrissons?|(?:le|la)[ ]petite?|malade|beneficiaire
    | pte?|ado(?:lescente?)?
    | personne[ ](?:accompagnee|accueillie|agee)
"""
_TITLE = r"mme\.?|mde|madame|mlle\.?|melle\.?|mademoiselle|m\.?|mr\.?|monsieur|mrs\.?|ms\.?|miss"
PERSON = re.compile(
    rf"(?<![a-z])(?:(?P<patient>{_PATIENT})|(?P<title>{_TITLE}))(?![a-z])",
    re.VERBOSE,
)
SHEET = re.compile(
    r"(?<![a-z])(?:nom|prenoms?|nom[ ]de[ ](?:naissance|jeune[ ]fille|famille)|identite|(?:sur|first[ ]|last[ ])?name)"
    r"\"?[ ]?[:=]"
)
# Projects are born, too.
HEADING = re.compile(
    r"(?<![a-z])(?:ddn|d\.?o\.?b|date[ _]?(?:de[ _])?naiss\w{0,4}|nee?(?:\(e\))?[ _]le)[^\n0-9]{0,40}\n"
)
FOUNDED = re.compile(
    r"(?<![a-z])(?:projet|service|reseau|association|plateforme|dispositif|outil|application|collectif|idee|groupe(?:ment)?"
    r"|structure|etablissement|communaute|federation|agence|entreprise|residence|loi)[^.\n]{0,25}\Z"
)
_NAME = "[a-z](?:[a-z'-]{1,24}|[.](?:[a-z][a-z'-]{1,24})?)"
_PARTICLE = "(?:(?:le|la|de|du|des|van|von|el)[ ](?:la[ ])?)?"
NAMES = re.compile(rf"(?<![a-z])(?P<names>{_NAME}[ ,;|^_\n-]{{1,3}}{_PARTICLE}{_NAME})[ ,;:([|/\n_-]{{0,6}}\Z")
_DETAIL = r"(?:(?:[fmh]|[0-9]{1,3}[ ]ans|veuve?|epouse[ ][a-z'-]{2,25})[ ,;:()|/\n_-]{1,5}){0,2}"
NAMED_PERSON = re.compile(
    rf"""
    (?<![a-z])(?:(?P<patient>{_PATIENT})|(?P<title>{_TITLE}))[ .:;,|_\n-]{{1,3}}
    (?P<names>{_NAME}(?:[ ,;|_\n-]{{1,3}}{_NAME}){{0,3}})[ ,;:([|/\n_-]{{1,6}}{_DETAIL}(?:du[ ])?\Z
    """,
    re.VERBOSE,
)
NAMED_PATIENT = re.compile(
    rf"""
    (?<![a-z])(?P<names>{_NAME}(?:[ ]{_NAME}){{1,2}})[ ,;:([|/-]{{1,4}}
    (?P<patient>{_PATIENT})[ ,;:()|/\n_-]{{1,6}}(?:du[ ])?\Z
    """,
    re.VERBOSE,
)
THEN_A_PERSON = re.compile(
    rf"""
    [ ,;:)|/\n_-]{{1,4}}(?:est[ ]nee?[ ])?(?:(?P<patient>{_PATIENT})|(?P<title>{_TITLE}))[ .:;,|_\n-]{{1,3}}
    (?P<names>{_NAME}(?:[ ;|-]{_NAME}){{0,2}})
    """,
    re.VERBOSE,
)
THEN_NAMES = re.compile(rf"[ ,;:)|/\n_-]{{1,4}}(?P<names>{_NAME}[ ,;|_-]{{1,3}}{_PARTICLE}{_NAME})(?![a-z])")
# Dates of work: of a meeting, a letter, a law.
WORK = re.compile(
    r"""
    (?<![a-z])(?:reunion|rdv|rendez|comite|visio|atelier|formation|seminaire|webinaire|compte[ ]rendu|cr(?![a-z])|copil
    |congres|journee|colloque|conference|entretien|depart|arrivee|conge|absen|disponib|courri|mail|message|rapport|note
    |decret|arrete|circulaire|loi(?![a-z])|instruction|ordonnance|deliberation|decision|version|contrat|convention|avenant
    |diplom|service[ ]ouver|embauch|recrut|guide[ ]|(?<![a-z])has(?![a-z])|article|journal|presse|these|inaugur
    |nommee?(?![a-z])|nomination|retraite|fonctions|en[ ]poste|mandat|elue?(?![a-z])|fonde|habilitat|budget
    |factur|devis|commande|marche|signe|publie|valide|audit|certification|anime|intervien|meeting|call(?![a-z])|invoice)
    """,
    re.VERBOSE,
)
_NO_NAMES = (
    "le la les du de des qui est a et en au aux que sur par pour avec dans son sa ses un une ce cette nous vous ils il",
    "elle on pas ne se y je ma mon mes notre votre vos nos bonjour bonsoir merci cadre medecin infirmier infirmiere",
    "chef docteur collegue directeur directrice president presidente maire ministre",
)
NO_NAMES = frozenset(word for line in _NO_NAMES for word in line.split())
