"""How people ask for a document without any command; only the words that they look for are taken."""

import re

from bot.text.plain_text import fold
from commands.spoken import WRITTEN

_ELSEWHERE = re.compile(
    r"(?:mes|mon|ma|my)\b|(?:everything|all|what|tout|ce que) .*(?:about me|on me|sur moi|me concern)|(?:un "
    r"|une |des |d'|de )?(?:autres? )?(?:etablissements?|hopita(?:l|ux)|ehpad|equipes?|collegues?|confreres?"
    r"|homologues?|retours? (?:de |d')(?:collegues?|pairs?|terrain|confreres?)|remplacante?|interimaires?"
    r"|stagiaires?|infirmiere?s?|medecins?|specialistes?|experte?s?|bloc)\b|a (?:r?entrer|prendre|etre mise?"
    r"|contacter|joindre|parler|echanger|discuter)\b|fiche[sz]?[ -]moi|(?:\W|\b(?:le|la|les|l|un|une|des|de|du"
    r"|d|the|a|an|any|some|vrai|real|prochaine?s?|next|upcoming)\b)*"
    r"(?:lien|link|visio(?:conference)?|reunions?|rencontres?|webinaires?|ateliers?|rendez-vous|rdv|webinars?|meetings?"
    r"|events?|meet-ups?|volontaires?|humains?|humans?|personne|moderateurs?|conges|vacances|notifications?|messages?"
    r"|compte(?![ -]rendu)|chat|blague|joke)\b(?!.*\b(?:sur|about|pour organiser|to run)\b)"
)
_TELLS = re.compile(
    rf"(?:(?:le|la|les|un|une|des|l'|the)\s?)?(?:{WRITTEN})s? (?:(?!qui|que|pour|comment|si|ou|who"
    rf"|that)[\w'’-]+ ){{0,3}}?"
    r"(?:est|sont|etait|etaient|sera|seront|n'est|ne|a ete|ont|change(?:nt)?|bugu?e?n?t?|plante(?:nt)?|marche(?:nt)?"
    r"|fonctionne(?:nt)?|va|vont|is|are|was|were|keeps?|does|doesn't|isn't|won't)(?![\w-])(?!.*\?)"
)
"""« Le guide est en ligne »: a sentence about a document asks for none."""


def is_searched(words: str) -> bool:
    """Whether the words may be looked for; meet-ups, links, people and accounts are none of the resources."""
    plain = fold(words).text
    return _ELSEWHERE.match(plain) is None and _TELLS.match(plain) is None


_OF = "[(du|pour)]"
_THING = (
    "[(quelque chose|chose|information|renseignement|document|ressource|precisions|elements|contenu|something|anything"
    "|information|documents|resources) (sur|a propos de|concernant|pour|about|on|for)]"
)
_TAKEN = f"{_OF} {_THING} …"
_DOCUMENT = "(information sur|renseignement sur|document|guide|outil|ressource|fiche|modele|exemple|information)"
_WRITTEN = (
    ">(outil|logiciel|application|guide|document|fiche|ressource|modele|exemple|protocole|procedure|grille"
    "|trame|tableau"
    "|questionnaire|kit|referentiel|recommandation|reglementation|article|etude|tutoriel|tuto|methode|checklist|charte"
    "|plaquette|affiche|support|retour|cahier|annuaire|site|video|livret|plan|template|tool|software|form"
    "|dashboard|spreadsheet|script|chart)"
)
"""What may be looked for; « vous avez mangé ? » asks for nothing that is written."""
_MY = "(je|on|nous|vous|il me|il nous|I|we|you)"
_ASKS = (
    "(cherche|recherche|trouve|trouver|chercher|avoir|besoin|faut|faudrait|veux|indiquer|recommander|conseiller"
    "|donner|envoyer|passer|montrer|proposer|fournir|need|recommend|suggest|want|looking for|share|find)"
)
_GIVE = "(donne|donnez|envoie|envoyez|passe|passez|montre|montrez|recommandez|conseillez|indiquez|trouve|trouvez)"
_HAVE = "(avez|auriez|y a|y aurait|y a t il|vous connais|existe|existerait|trouve t on|have|know of)"
_SUCH = "[(bon|quelque|autre|meilleur|nouveau|simple|exemple|genre|sorte|type|court|any|good|existant)]"
_SURE = f"{_OF} [a] {_WRITTEN} …", f"{_OF} {_THING[1:-1]} …"
_GETS = (
    "existe|existerait|trouve|trouver|consulter|lire|cherche|recherche|besoin|veux|disponible|any|have|need"
    "|want|looking"
    "|find|where|ou|point|recommend|recommande|conseiller|conseille|suggest|vous connais|connais vous"
    "|connaissance|avez|y a|svp|montre me"
    "|donne me|envoie me|passe me|passe nous|possible|dispose|interesse|utile|telecharger|sorti|sortir|are"
    " there|is there|denicher|fournir"
    "|procurer|after|partage|recuperer|please"
)
_FOR_WHOM = "je|me|nous|on|vous|i|we|you|us|y a|existe|ou|any|where|there|dans communaute|svp|please|auriez"
_NOT_READ = (
    "!(partager|proposer|soumettre|deposer|transmettre|ajouter|share|submit|mis|range|pose|rempli|signe|vu|lu"
    "|fini|termine|recu|envoye|quelqu un|qui a deja|collegue|anyone"
    "|anybody|someone|somebody|mon document|mon fiche|lien|rappelle|remind|panne|plante|bug|crash|marche|envoie le"
    "|imprime|signer|traduis|resume|commence|rencontre|visio|volontaire|expert)"
)
SEARCH = (
    f"… {_MY} * {_ASKS} [me|nous] {_SUCH} {_WRITTEN} …",
    f"… {_GIVE} (me|nous) {_SUCH} {_WRITTEN} …",
    f"… {_HAVE} [pas] {_SUCH} {_WRITTEN} …",
    f"… (on|nous|y) (aurait|aurions) [pas] {_SUCH} {_WRITTEN} …",
    f"[(I|we)] (need|want|am after|are after) [(a|some|any)] {_SUCH} {_WRITTEN} …",
    "[qu'est ce que] [que] [est ce que] [vous] (avez|auriez|y a t il|il y a|proposez|existe) [vous] [quoi] comme"
    " (ressource|document|outil|guide|modele|information|fiche|exemple|logiciel) [(sur|pour|concernant|a propos de)] …",
    "vous (avez|auriez) quoi [(sur|pour|concernant|a propos de)] …",
    f"… {_HAVE} [pas] (truc|quelque chose|moyen) [{_SUCH}] (pour|sur|qui) …",
    f"(is there|are there|do you have) [any] (good|open source|free|simple|existing) {_WRITTEN} …",
    ">(affiche|guide|logiciel|kit|tuto|plaquette|livret|grille) …",
    f"ou (est|se trouve|sont|trouve on) [range|ranges] {_WRITTEN} …",
    f"[(je|on)] (cherche|recherche) {_SUCH} {_WRITTEN} …",
    f"… (demande|demandent|reclame) (me|nous) {_WRITTEN} …",
    f"… (me|nous) (demande|demandent|reclame) {_WRITTEN} …",
    ">(protocole|procedure|grille|trame|questionnaire|referentiel|checklist|charte|formulaire|modele|exemple"
    "|template) …",
    *(f"[est ce que] vous (connais|avez|auriez) [pas] {what}" for what in _SURE),
    *(f"[est ce que] (connais|avez|auriez) vous [pas] {what}" for what in _SURE),
    *(f"(est ce qu'il|il|y) (y a|existe|a|aurait) [t il] [il] {what}" for what in _SURE),
    *(f"y (a|aurait) [t] [il] {what}" for what in _SURE),
    *(f"existe-t-il {what}" for what in _SURE),
    *(f"(do you know|do you have|have you got|is there|are there) [of] [any] {what}" for what in _SURE),
    f"(je|on|nous) [suis|est en train] (cherche|recherche|cherchons|recherchons|cherchais|voudrais trouver) {_TAKEN}",
    f"~ (trouver|chercher|rechercher) {_TAKEN}",
    f"(cherche|recherche|trouve|cherchez|trouvez|recherchez) [me] {_TAKEN}",
    "(montre|montrez|donne|donnez|propose|proposez) [me|nous] (document|guide|outil|ressource|fiche|modele) …",
    "~ (montrer|donner|proposer) [me|nous] (document|guide|outil|ressource|fiche|modele) …",
    "que (avez vous|vous avez) (sur|a propos de|concernant) …",
    "qu'est-ce que vous avez (sur|a propos de|concernant) …",
    f"ou [est ce que] [je peux] (trouver|trouve-t-on|trouve) {_TAKEN}",
    "~ savoir s'il (existe|y a) …",
    f"je veux [avoir|consulter|lire|voir] {_DOCUMENT} …",
    f"il me (faudrait|faut) {_DOCUMENT} …",
    "(j'ai|j'aurais|nous avons|on a) besoin (document|guide|outil|ressource|fiche|modele|logiciel) …",
    "(j'ai|j'aurais|nous avons|on a) besoin (information|renseignement|document) (sur|concernant|pour) …",
    "[avez vous] [une] (idee|suggestion) (d'outil|de document|de guide|de logiciel) …",
    "quels (outils|documents|guides|logiciels|ressources) [existe] (pour|sur|existent pour) …",
    "(outil|document|guide|ressource|logiciel) (pour|sur) …",
    f"(I'm|I am|we are|we're) (looking|searching) for [any|some] {_THING} …",
    f"(looking|searching) for [any|some] {_THING} …",
    f"~ [you] (find|look for|search for|search|show|give) [me|us] {_THING} …",
    f"(find|show|give) me {_THING} …",
    f"where [can|could|do] (I|we) find {_THING} …",
    "I need (information|documents|a document|a guide|a tool|a template) (on|about|for) …",
    "what do you have (on|about) …",
    f"[je suis] a la recherche {_TAKEN}",
    "[(j'ai|j'aurais|nous avons|on a)] besoin [d'un] (grille|protocole|procedure|trame|support|checklist|tableau"
    "|exemple|modele|guide|document|fiche|outil) …",
    "il me (faudrait|faut) (grille|protocole|procedure|trame|support|checklist|tableau) …",
    "[~] savoir comment …",
    "quels sont (outils|documents|guides|logiciels|ressources) …",
    "on (m'a|nous a) demande [un] (exemple|modele|guide|document|fiche|outil|procedure) …",
    "(information|renseignement|document) sur …",
    "(any|can you recommend|could you recommend) [a] [good] (template|guide|tool|document|checklist) …",
    "I need [a] (checklist|template|guide|tool|document|form|procedure) …",
    f"^ ({WRITTEN}) * (pour|sur|concernant|about|on|for|relatif|relative|au sujet) …",
    ">(fiche|modele|exemple|grille|trame|protocole|procedure|guide|referentiel|charte|checklist|cahier|plan|support"
    "|questionnaire|formulaire|livret|kit|template) …",
    f"& ({WRITTEN}) ({_GETS}) ({_FOR_WHOM}) {_NOT_READ} …",
    f"& ({WRITTEN}) (existe pas|avez pas|aurait pas|y a pas|y en a) (pour|sur|vous|qui|y) {_NOT_READ} …",
    "& (lire|consulter|trouver|read|find) (quelque chose|information|renseignement|document|elements|article|rapport"
    "|something|information|anything) (sur|concernant|about|on) (je|on|ou|i|we|where)"
    f" {_NOT_READ} …",
)

_OWN = "(guide|document|lien|outil|fiche|article|modele|site|ressource|methode|protocole|link|guide|template)"
_SHARE = (
    "(partager|proposer|transmettre|deposer|soumettre|vous envoyer|vous passer|pour autres|ajouter|share"
    "|submit|contribute|suggest a|pour collegues|interesse les autres|qui pourrait)"
)
PROPOSE = (
    f"& {_OWN} {_SHARE} !(cherche|recherche|avez|existe|trouver|looking|find|quelqu'un|besoin|connais|comment|how)",
    "~ (partager|proposer|ajouter|deposer|soumettre) [(mon|nouveau)] (ressource|lien|document|outil)",
)
"""How people say that they have something to share."""
