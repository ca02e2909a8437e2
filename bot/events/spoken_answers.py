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
        "(ca|ce) (marche|roule|me va|me convient) [pour me]",
        "[c'est] tout bon [pour me]",
        "je (aide|vais aider|veux aider) [(cette personne|volontiers)]",
        "(c'est|ce est) bon [pour me]",
        "[c'est] (parfait|ok|note|valide) [pour me]",
        "(bien sur|sur|sure|of course|certainly)",
        "(avec|with) [grand|great|un grand] (plaisir|joie|pleasure)",
        "(pas de|sans|aucun) (probleme|souci|soucis)",
        "(carrement|evidemment|tout a fait|bien entendu|sans hesiter|d acc|oki|avec enthousiasme|of course"
        "|absolutely|definitely)",
        "no problem",
        f"je [(peux|vais)] (prends|prendre|m'en occupe|m'en charge|accepte|valide|confirme|veux) {_IT} [ma presence]",
        "je veux (prendre)",
        f"je (viens|viendrai|participe|participerai|m'inscris|serai la|serai present|serai votre|serai|y"
        f" serai|assisterai)"
        f" {_TO}",
        "je confirme [mon] [presence]",
        "comptez sur me",
        f"[vous] [peux] [vous] (envoyer|envoie|envoyez|publier|publie|publiez|valider|valide|validez|confirmer) {_IT}",
        "(on y va|vous peux y aller|vous peux aller)",
        "je suis (preneur|preneuse|disponible|dispo|libre|interesse|motive|pour|chaud) [pour] [(aider"
        "|participer|ca|ce|en etre)]",
        "[oui] c'est (ca|ce) [exactement]",
        "je (peux|vais) aider [volontiers]",
        "I can help [(you|them|with that|with this)]",
        "(vas y|allez y|go|go ahead|allez|c'est parti)",
        "present",
        "(send|publish|do) it",
        "(I'll|I will|I can) (take it|take|be there|come|do it)",
        "(sounds|looks) good",
        "[je peux] (m'en occuper|m'en charger|le faire|la prendre) [volontiers]",
        "me je (prends|m'en occupe|m'en charge|viens|participe)",
        "(go|feu vert|banco|impeccable|nickel|entendu|c'est note|marche)",
        "[c'est] [tout] (bon|nickel|impeccable|parfait) [pour me] [vous] [peux] [vous] (envoyer|envoie|publier|publie)",
        "(I'd|I would) be (happy|glad|delighted) to [help]",
        "je valide [texte] [message] [en l'etat]",
        "(ouais|oui|ok) pourquoi pas [je prends]",
        "pourquoi pas je prends",
        "je (peux|vais) m'en (occuper|charger) [des] [(demain|cet apres midi|ce soir|cette semaine|lundi|aujourd'hui)]",
        "vous peux (publier|envoyer|valider|diffuser) tel quel [je vous en remercie]",
        "tel quel",
        "[ok] (balance|envoie|publie|lance) [tout]",
        "(vas y|ok|allez) (mets|mettez) me dessus",
        "vous peux compter sur me",
        "[yes] (post|send|publish|go for) it",
        "(count me in|happy to help|gladly|with pleasure|I accept|I'm in)",
    ),
    Gesture.NO: (
        "(non|no|nope|nan|surtout pas|pas question)",
        "(pas|plus) [le] (temps|maintenant|possible|disponible|cette fois|cette fois ci) [pour me] [en ce moment]",
        "pas pour me",
        "trop tard [pour me]",
        "je prefere pas [(envoyer|publier|repondre|venir|participer|prendre|donner suite)]",
        "pas disponible [(cette semaine|ce mois|ce jour la|en ce moment)]",
        "je (me desiste|me retire|me desengage)",
        "je suis pas [du tout] [la] (bonne personne|libre|competent|interesse|qualifie|le bon|concerne|en"
        " mesure d'aider|capable)",
        "c'est non",
        "[je suis] (empeche|retenu)",
        "[je] [ai] (pas|plus) [le] temps [en ce moment] [maintenant]",
        f"je (peux|peux vraiment|pourrai) (pas|plus) [venir|prendre|participer|aider|assister|etre la|m'en"
        f" occuper] {_IT} {_TO}",
        f"je (viens|viendrai|participerai|participe|serai|prends|suis) (pas|plus) [(present|disponible)] {_IT} {_TO}",
        "je (suis|serai) (absent|indisponible|pris|prise|occupe|deborde|en conge|en vacances)",
        "[ce sera] sans me",
        "je prefere pas",
        "(ca|ce) va (pas|malheureusement pas) [etre] (possible|le faire|aller) [pour me]",
        "surtout [ne] (envoie|envoyez|publie|publiez) (rien|pas)",
        "(envoie|envoyez|publie|publiez) rien",
        "pas (mon|ma) (domaine|sujet|rayon|partie|specialite|truc)",
        "(ce est|c'est) pas (mon|ma) (domaine|sujet|rayon|partie|specialite|truc)",
        "(demande|demandez|voyez|proposez) (a|avec) (quelqu'un d'autre|un autre|une autre personne)",
        "je (m'y|y) connais (rien|pas)",
        "je connais pas [du tout] [ce] [sujet]",
        "pas [possible] [pour me] [ce|cette] (semaine|mois|jour|jour la|fois ci)",
        "(don't|do not|nope don't|please don't) (send|post|publish) (it|that|this|anything)",
        "(sans me|passez votre tour|passe votre tour|passez mon tour)",
        "je (garde|conserve|gardons) [ce] [pour me]",
        "[(ok|bon)] (j'annule|je renonce|je laisse tomber|on annule) [tout]",
        "[not this time] (I'm|I am) (swamped|overwhelmed|snowed under|too busy)",
        "pas disponible [ce] [jour] [la]",
        "I (can't|cannot) [(this|next) (week|time|month)] [(today|tomorrow)]",
        "(ask|try) (someone|somebody) else",
        "[desole] (can't|cannot) (make it|come|do it|take it|help)",
        "[(non|nan|nope)] [trop] [de] (travail|boulot|patients) [en ce moment] [la]",
        "not my (area|field|thing|subject)",
        "(I'm|I am) (too busy|busy|not available|away|not free)",
        "je suis (pris|prise|occupe|indisponible|absent|deborde|en conge) [ce] [jour]",
        "(trop) (occupe|prise|pris|deborde) [en ce moment]",
        "je (passe|decline|refuse|annule|dois decliner|laisse) [mon] [tour] [place]",
        "j'ai [un] empechement",
        "je (dois|vais|suis oblige de) (annuler|decliner|renoncer) [mon] [(venue|participation|presence"
        "|inscription|rencontre)]",
        "je suis [de] garde [(ce soir la|ce soir|ce jour la)]",
        "impossible [pour me] [ce] [jour] [la]",
        "[(ce sera|peut etre)] (une autre fois|la prochaine fois|une prochaine fois)",
        "ce (sera|est) pas possible [pour me]",
        "[ne] [me] (envoie|envoyez|publie|publiez) pas",
        "(envoie|envoyez|publie|publiez) pas",
        "(laisse|laissez) tomber",
        "(don't send|not available|no time|I can't|I cannot|I decline|I have to decline|count me out|not for"
        " me|never mind)",
        "I (won't|can't|cannot|will not) [be able to] (come|make it|be there|take it)",
    ),
    Gesture.MAYBE: (
        "je [le] sais pas [trop] [encore]",
        "peut etre [bien] [que] [oui]",
        "(on va|faut|il faut|c'est a) voir",
        "[je suis] pas (sur|sure|certain)",
        "je suis pas [encore] (sur|certain) [de] [pouvoir] [(venir|participer|etre la|prendre|aider)]",
        "a voir",
        "(j'ai|j'aurais) [une] question [(avant|d'abord)]",
        "(I have|I've got) [a] question [(first|before)]",
        "[il] (faut|faudrait) que je (voie|vois|verifie|demande|regarde) [avec|a] [mon] [(cadre|chef|collegues|agenda"
        "|planning|equipe|direction)] [d'abord]",
        "je (vais|dois|veux) [y] (reflechir|voir|regarder|demander|verifier) [ca] [avec] [mon] [(agenda"
        "|planning|chef)]",
        "(laisse|laissez) me (reflechir|voir|verifier)",
        "je (regarde|reflechis|vois|verifie) [et] [je] [vous] [(dis|redis|reviens)]",
        "[ca|ce] (depend|dependra) [de] [mon] [(planning|agenda|chef|cadre|service|activite)]",
        "[(a|reste a)] (confirmer|reconfirmer) [(plus tard|demain|lundi)]",
        "(let me|I need to|I'll) (think|check|see) [about it] [with] [my] [(boss|calendar|team|manager)]",
        "it depends",
        "(on verra|eventuellement|on voit|je verrai) [bien] [demain]",
        "je vous (dis|dirai|redis|redirai) [ca] [(demain|plus tard|vite|bientot|rapidement|lundi)]",
        "je dois (verifier|voir)",
        "not sure [yet]",
        "I'm not sure [yet]",
        "I (don't|do not) know [yet]",
    ),
    None: (
        "je prends [bonne] note",
        "(merci|thanks) pour (invitation|message|proposition|votre aide)",
        "(helas|je regrette|navre|encore merci|bonne chance|bon courage|cheers|sincerement|volontaire|bien"
        " cordialement)",
        "(merci|merci beaucoup|merci a vous|thanks|thank you|desole|sorry|malheureusement|bonjour|bonsoir|en fait)",
        "(finalement|great|excellent|super|genial|cool|top|parfait|please|svp|s'il vous plait|ah|oh|bon|hello"
        "|stp|cher|relais|now)",
        "(mille merci|vraiment desole|je suis desole|pour cette fois|cette fois|sans faute|bien sur)",
    ),
}
_SHOW = "[(je [veux] [voir] [prends]|montre me|montrez me|voir|donne me|ouvre|celui du|celle du|show me|plutot)]"
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
        f"{_SHOW} [numero|num|no|number|resultat|option|choix] {spelt} [(one|resultat|document|lien|result)]",
        f"{_SHOW} (numero|num|no|number|resultat|option|choix) {_WORDED[gesture]}",
        f"{_SHOW} [(numero|number)] {spelt} [(resultat|document|lien)] (a l'air bien|me va|m'interesse|semble"
        f" bien|de liste|looks good"
        "|est bien|convient|me semble bien|me semble interessant|me parait interessant|me parait bien|sounds"
        " good|looks right|please|of list|suffit|seulement|fera"
        " l'affaire|will do|davantage|plutot)",
        f"{_SHOW} {spelt} (m'interesse|me va|me convient|convient|irait) [(davantage|plus|mieux)]",
        f"{_SHOW} [tout] {spelt} [(resultat|document|lien|fiche|guide|option|choix)] [je vous prie]",
        f"(can|could) I (see|have|get) {spelt} [one]",
        f"{_SHOW} (numero|number) {_WORDED[gesture]} (looks right|looks good|sounds good|please|me va)",
    )
    for gesture, spelt in _COUNTED.items()
}
_JUDGED = {
    Gesture.USELESS: (
        "[non] (ce|c'est) [est] pas [du tout] [tout] [(ce|ca|ce que je cherche|ce que je cherchais|ce que je veux)]",
        "pas (ce|ca|ce que je cherche|ce que je cherchais)",
        "(aucun|rien) [de] [ces] [resultats] (convient|correspond|m'aide|me convient)",
        "(ce|c'est) est pas [du tout] ce que (j'attendais|j'attends|je voulais|je demande|je demandais)",
        "c'est pas [tout] ce que (j'attendais|je voulais|je demande|je demandais)",
        "[bof] pas [du] [tout] [exactement] ce que (je cherche|je cherchais|je voulais|j'attendais)",
        "(aucun|aucune) [de ces] [resultats] [ne] (correspond|repond|convient) [pas] [a] [mon] [(question"
        "|recherche|besoin)]",
        "(aucun|sans) rapport [avec] [mon] [(question|recherche|demande)]",
        "rien a voir [avec] [mon] [(question|recherche|demande)]",
        "(none|nothing) [of] [(these|them|that)] (help|helps|is useful|work|works|fits)",
        "[(aucun|rien|ils|resultats)] [ne] (sont|est|m'est) pas (utile|utiles|pertinent|pertinents|bon|bons)",
        "[bof] [(ce|c'est)] pas (ce|ca) [que je (veux|cherche|cherchais)]",
        "(bof|mouais)",
        "(rien|aucun) (d'interessant|de pertinent|d'utile|de bon) [la dedans] [pour me] [ici]",
        "(hors sujet|a cote de la plaque|pas pertinent|pas terrible|not helpful|not relevant|inutile|pas utile)",
        "aucun (des trois|de ces|des resultats|resultat) [resultats] [ne] [(m'aide|convient|correspond|va|est bon)]",
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
        "[(super|oui)] utile [je garde] [ca]",
        "[(super|parfait|genial|nickel|top|impeccable)] (ce|c'est) (pile|exactement|parfaitement) (ca|ce)",
        "[(super|parfait|genial|nickel|top|impeccable)] (pile|exactement) ce (qu'il me faut|qu'il me fallait|que je"
        " cherche|que je cherchais|que je veux)",
        "[(super|parfait|genial|nickel|top)] [(merci|ca|ce)] (m'aide bien|m'aide beaucoup|a aide|m'a aide|m'a"
        " bien aide)",
        "[(merci|ah)] (ca|ce) repond [a] [(mon|ma)] (question|besoin|demande)",
        "[oui] c'est (ca|ce) [exactement]",
        "[c'est] (parfait|super|genial|nickel|impeccable|top)",
        "(that's|this is) (perfect|great|what I needed|it|very useful|helpful|really helpful)",
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
    if _QUESTION.search(text):
        return None
    known = gesture_of_word(text, yes_no=yes_no)
    if known is not None or len(text) > LONGEST or _SEVERAL.search(text):
        return known
    said = _BOOKS[yes_no].cover(words(text))
    if said is None:
        return None
    tapped = {gesture_of_emoji(sign, yes_no=yes_no) for sign in text.split() if not any(map(str.isalnum, sign))}
    meant = {*said, *tapped} - {None}
    return meant.pop() if len(meant) == 1 else None
