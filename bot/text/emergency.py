"""Does a request speak of an emergency? Then it is not passed on: volunteers answer in days.

A wrong yes costs the person one word, `continuer`; a wrong no may cost more. Emergency care as a subject
(`service des urgences`, `plan d'urgence`) is left out first; what remains is read for people in danger.
"""

import re
from typing import Final

from bot.text.emergency_signs import HURRY, MACHINE, PEOPLE, SIGNS
from bot.text.plain_text import fold


def speaks_of_emergency(text: str) -> bool:
    """Whether somebody seems to be in danger now, or says that it cannot wait; French and English."""
    lines = fold(text).text.replace("’", "'").splitlines()
    plain = " . ".join(" ".join(line.split()) for line in lines)
    told = _SUBJECT.sub(" ~ ", plain)
    return _EMERGENCY.search(told) is not None or (_HURRY.search(told) is not None and not _is_machine(plain))


def _is_machine(plain: str) -> bool:
    """Whether what cannot wait is a machine, and nobody is spoken of: a server that is down is no emergency."""
    return _MACHINE.search(plain) is not None and _PEOPLE.search(plain) is None


_KIND: Final = r"(?: (?:vitale?|absolue|relative|medicale|psychiatrique|sanitaire))?"
_SUBJECTS: Final = (
    # Denied.
    r"(?:pas|non|peu|moins|ni|jamais|rien|not|nothing|isn't)[ -]"
    r"(?:tres |vraiment |si |une |d'|de l'|l'|an |a |very |really |that |so )?"
    r"(?:urgente?s?|urgences?|emergency|emergencies)",
    r"(?:sans|aucune|hors|without|no) (?:urgences?|emergency|emergencies)",
    # A thing of emergency care; but `besoin d'urgence`, `aidez-moi d'urgence` ask for help.
    rf"(?!(?:besoin|aide[rz]?|vite|nous|moi|est|suite)\b)[a-z-]{{2,30}} (?:d'|de l'|de )urgence{_KIND}",
    r"(?:en cas d'|face a une |face a l'|lors d'une |dans l'|l'|toute |chaque |quelle |notion d')"
    rf"urgence{_KIND}",
    r"urgences",
    r"urgence (?:sanitaire|climatique|ecologique|sociale)",
    r"sos (?:medecins?|amitie|mains?|oxygene|hepatites?|addictions?|prevention|villages?|psychiatrie)",
    # Several, or to be sorted: a way of working.
    r"(?:soins?|travaux|transports?|demandes?|appels?|courriers?|actes?|analyses?|examens?|bilans?|dossiers?"
    r"|consultations?|commandes?|messages?|mails?|taches?|admissions?|cas|situations?) urgente?s(?: ou non)?",
    r"(?:comment|les|aux|des|trier|prioriser|gerer) [^.?!]{0,40}\burgents?",
    r"il est urgent (?:de|d')",
    r"urgent (?:et|ou|vs|and|or|versus) (?:important|non|pas|not)|important (?:et|ou|and|or) urgent",
    r"urgent care(?: centre| center| unit)?",
    r"emergency (?:departments?|room|care|medicine|plans?|planning|kit|exits?|services?|numbers?|procedures?"
    r"|preparedness|response|lighting|stock|drill|admissions?|physician)",
    r"(?:in an|in case of|of an|for an) emergency|emergencies",
)

_SUBJECT = re.compile(rf"\b(?:{'|'.join(_SUBJECTS)})\b")
_EMERGENCY, _HURRY = re.compile("|".join(SIGNS)), re.compile("|".join(HURRY))
_MACHINE, _PEOPLE = re.compile(MACHINE), re.compile(PEOPLE)
