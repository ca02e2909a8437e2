"""What a whole sentence answers, put together from declared phrases: « désolée, pas le temps », « oui, je prends ».

Every word has to belong to a phrase, and all of them to one answer: « oui mais pas mardi » decides nothing. Such
answers count where a card is replied to, and in private; among people only the words of `bot.events.gestures` do.
"""

import re
from collections.abc import Mapping

from bot.events.gestures import Gesture, gesture_of_emoji, gesture_of_word
from bot.text.phrases import Phrasebook, words

LONGEST = 80
_QUESTION = re.compile(r"[?¿]")
_SEVERAL = re.compile(r"\bles (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|[2-9]|10)\b", re.IGNORECASE)
_IT = "[ce] [(ce|la demande|demande|cette demande|question|tout|it|the request|request|message)]"
_TO = "[(a|au|aux|to|at)] [(rencontre|visio|seance|atelier|demande)]"
_YES = "(oui|ouais|ouai|ouii|ouiii|yes|yep|yeah|yup|ok|okay|okey|d'accord|volontiers|absolument|certainement)"

_Table = Mapping[Gesture, tuple[str, ...]] | Mapping[Gesture | None, tuple[str, ...]]

_ASKED: dict[Gesture | None, tuple[str, ...]] = {
    Gesture.YES: (
        f"{_YES} [pour me]",
        "[c'est] d'accord [pour me]",
        "je suis [d'accord|partante|partant]",
        "(ca|ce) (marche|roule|me va|me convient|va)",
        "[c'est] (bon|parfait|ok|note|valide) [pour me]",
        "(bien sur|sur|sure|of course|certainly)",
        "(avec|with) [grand|great|un grand] (plaisir|joie|pleasure)",
        "pas de (probleme|souci|soucis)",
        "no problem",
        f"je [(peux|vais)] (prends|prendre|m'en occupe|m'en charge|accepte|valide|confirme|veux) {_IT} [ma presence]",
        "je veux (bien|prendre)",
        f"je (viens|viendrai|participe|participerai|m'inscris|serai la|serai present|serai votre|serai|y"
        f" serai|assisterai)"
        f" {_TO}",
        "je confirme [mon] [presence]",
        "comptez sur me",
        f"[vous] [peux] [vous] (envoyer|envoie|envoyez|publier|publie|publiez|valider|valide|validez|confirmer) {_IT}",
        "(vas y|allez y|go|go ahead|allez|c'est parti)",
        "present",
        "(send|publish|do) it",
        "(I'll|I will|I can) (take it|take|be there|come|do it)",
        "(sounds|looks) good",
        "(count me in|happy to help|please do|gladly|with pleasure|I accept|I'm in)",
    ),
    Gesture.NO: (
        "(non|no|nope|nan|surtout pas|pas question)",
        "(pas|plus) [le] (temps|maintenant|possible|disponible|cette fois|cette fois ci) [pour me] [en ce moment]",
        "pas pour me",
        "[je] [ai] (pas|plus) [le] temps [en ce moment] [maintenant]",
        f"je (peux|peux vraiment|pourrai) (pas|plus) [venir|prendre|participer|aider|assister|etre la|m'en"
        f" occuper] {_IT} {_TO}",
        f"je (viens|viendrai|participerai|participe|serai|prends|suis) (pas|plus) [present|disponible|la] {_IT} {_TO}",
        "je prefere pas",
        "je suis (pris|prise|occupe|indisponible|absent|deborde|en conge) [ce] [jour]",
        "(trop|tres) (occupe|prise|pris|deborde) [en ce moment]",
        "je (passe|decline|refuse|annule|dois decliner|laisse) [mon] [tour] [la] [place]",
        "j'ai [un] empechement",
        "impossible [pour me]",
        "ce (sera|est) pas possible [pour me]",
        "[ne] [me] (envoie|envoyez|publie|publiez) pas",
        "(envoie|envoyez|publie|publiez) pas",
        "(laisse|laissez) tomber",
        "(don't send|not available|no time|I can't|I cannot|I decline|I have to decline|count me out|not for"
        " me|never mind)",
        "I (won't|can't|cannot|will not) [be able to] (come|make it|be there|take it)",
    ),
    Gesture.MAYBE: (
        "je [le] sais pas [encore]",
        "peut etre [bien]",
        "[je suis] pas (sur|sure|certain)",
        "je suis pas (sur|sure|certain)",
        "a voir",
        "je (vous) (dirai|redis)",
        "je dois (verifier|voir)",
        "not sure [yet]",
        "I'm not sure [yet]",
        "I (don't|do not) know [yet]",
    ),
    None: (
        "(merci|merci beaucoup|merci a vous|thanks|thank you|desole|sorry|malheureusement|bonjour|bonsoir|en fait)",
        "(finalement|super|genial|cool|top|parfait|please|svp|s'il vous plait|ah|oh|bon|hello|stp|cher|relais|now)",
        "(mille merci|vraiment desole|je suis desole|pour cette fois|cette fois)",
    ),
}
_SHOW = "[(je [veux] [voir] [prends]|montre me|montrez me|voir|donne me|ouvre|celui du|celle du|the|show me|plutot)]"
_COUNTED = {
    Gesture.ONE: "(premier|1er|1ere|1re|first|1)",
    Gesture.TWO: "(deuxieme|second|seconde|2e|2eme|2nd|2)",
    Gesture.THREE: "(troisieme|third|3e|3eme|3rd|3)",
    Gesture.FOUR: "(quatrieme|fourth|4e|4eme|4th|4)",
    Gesture.FIVE: "(cinquieme|fifth|5e|5eme|5th|5)",
    Gesture.SIX: "(sixieme|sixth|6e|6eme|6th|6)",
    Gesture.SEVEN: "(septieme|seventh|7e|7eme|7th|7)",
    Gesture.EIGHT: "(huitieme|eighth|8e|8eme|8th|8)",
    Gesture.NINE: "(neuvieme|ninth|9e|9eme|9th|9)",
    Gesture.TEN: "(dixieme|tenth|10e|10eme|10th|10)",
}
_WORDED = {
    Gesture.ONE: "one",
    Gesture.TWO: "(deux|two)",
    Gesture.THREE: "(trois|three)",
    Gesture.FOUR: "(quatre|four)",
    Gesture.FIVE: "(cinq|five)",
    Gesture.SIX: "six",
    Gesture.SEVEN: "(sept|seven)",
    Gesture.EIGHT: "(huit|eight)",
    Gesture.NINE: "(neuf|nine)",
    Gesture.TEN: "(dix|ten)",
}
_NUMBERS = {
    gesture: (
        f"{_SHOW} [numero|num|no|number|resultat] {spelt} [(one|resultat|document|lien|result)]",
        f"{_SHOW} (numero|num|no|number|resultat) {_WORDED[gesture]}",
    )
    for gesture, spelt in _COUNTED.items()
}
_JUDGED = {
    Gesture.USELESS: (
        "[non] (ce|c'est) [est] pas [du tout] [tout] [(ce|ca|ce que je cherche|ce que je cherchais|ce que je veux)]",
        "pas (ce|ca|ce que je cherche|ce que je cherchais)",
        "(aucun|rien) [de] [ces] [resultats] (convient|correspond|m'aide|me convient)",
        "rien a voir",
        "(ce|ca) (m'aide|repond|correspond|convient) pas [a] [mon] [(question|recherche|besoin)]",
        "(ce|ca) me (aide|sert) (pas|a rien)",
        "(not what I|that's not what I) (need|want|am looking for|was looking for)",
        "that doesn't help",
        "(wrong|not useful)",
    ),
    Gesture.USEFUL: (
        "[oui] (ce|c'est) [est] exactement (ce|ca|ce que je cherche|ce que je cherchais)",
        "[c'est] [est] [exactement] ce (que je cherche|que je cherchais|qu'il me faut|qu'il me fallait)",
        "exactement ce qu'il me (faut|fallait)",
        "[tres] utile",
        "(ce|ca) m'aide [beaucoup]",
        "(that|this) helps [a lot]",
        "(exactly what I|just what I) (need|needed|want|was looking for)",
    ),
}


def _book(*tables: _Table) -> Phrasebook[Gesture | None]:
    found: list[tuple[str, Gesture | None]] = []
    for table in tables:
        for gesture, phrases in table.items():
            found += [(phrase, gesture) for phrase in phrases]
    return Phrasebook(found)


_BOOKS = {True: _book(_ASKED, _NUMBERS), False: _book(_JUDGED, _NUMBERS, _ASKED)}


def spoken_gesture(text: str, *, yes_no: bool) -> Gesture | None:
    """What a whole sentence answers; None if it is doubtful, conditional, a question, or no answer at all."""
    known = gesture_of_word(text, yes_no=yes_no)
    if known is not None or len(text) > LONGEST or _QUESTION.search(text) or _SEVERAL.search(text):
        return known
    said = _BOOKS[yes_no].cover(words(text))
    if said is None:
        return None
    tapped = {gesture_of_emoji(sign, yes_no=yes_no) for sign in text.split() if not any(map(str.isalnum, sign))}
    meant = {*said, *tapped} - {None}
    return meant.pop() if len(meant) == 1 else None
