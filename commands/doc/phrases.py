"""How people ask for a document without any command; only the words that they look for are taken."""

_OF = "[(de|du|pour)]"
_THING = (
    "[(quelque chose|chose|information|renseignement|document|ressource|precisions|elements|contenu|something|anything"
    "|information|documents|resources) (sur|a propos de|concernant|pour|about|on|for)]"
)
_TAKEN = f"{_OF} {_THING} …"
_DOCUMENT = "(information sur|renseignement sur|document|guide|outil|ressource|fiche|modele|exemple|information)"
SEARCH = (
    f"(je|on|nous) [suis|est en train] (cherche|recherche|cherchons|recherchons|cherchais|voudrais trouver) {_TAKEN}",
    f"~ (trouver|chercher|rechercher) {_TAKEN}",
    f"(cherche|recherche|trouve|cherchez|trouvez|recherchez) [me] {_TAKEN}",
    "(montre|montrez|donne|donnez|propose|proposez) [me|nous] (document|guide|outil|ressource|fiche|modele) …",
    "~ (montrer|donner|proposer) [me|nous] (document|guide|outil|ressource|fiche|modele) …",
    f"[est ce que] vous (connais|avez|auriez) {_TAKEN}",
    f"[est ce que] (connais|avez|auriez) vous {_TAKEN}",
    "que (avez vous|vous avez) (sur|a propos de|concernant) …",
    "qu'est-ce que vous avez (sur|a propos de|concernant) …",
    f"(est ce qu'il|il) (y a|existe) {_OF} {_THING} …",
    f"y a-t-il {_OF} {_THING} …",
    f"y a il {_OF} {_THING} …",
    f"existe-t-il {_TAKEN}",
    f"ou [est ce que] [je peux] (trouver|trouve-t-on|trouve) {_TAKEN}",
    "[je veux] [savoir] s'il (existe|y a) …",
    f"je veux [avoir|consulter|lire|voir] {_DOCUMENT} …",
    f"il me (faudrait|faut) {_DOCUMENT} …",
    "(j'ai|j'aurais|nous avons|on a) besoin (document|guide|outil|ressource|fiche|modele|logiciel) …",
    "(j'ai|j'aurais|nous avons|on a) besoin (information|renseignement|document) (sur|concernant|pour) …",
    "[avez vous] [une] (idee|suggestion) (d'outil|de document|de guide|de logiciel) …",
    "quels (outils|documents|guides|logiciels|ressources) [existe] (pour|sur|existent pour) …",
    "(outil|document|guide|ressource|logiciel) (pour|sur) …",
    f"(I'm|I am|we are|we're) (looking|searching) for [any|some] {_THING} …",
    f"(looking|searching) for [any|some] {_THING} …",
    f"~ [you] (find|look for|search for|search) [me|us] {_THING} …",
    f"(find|show|give) me {_THING} …",
    f"where [can|could|do] (I|we) find {_THING} …",
    f"(do you know|do you have|have you got|is there|are there) [of] [any] {_THING} …",
    "I need (information|documents|a document|a guide|a tool|a template) (on|about|for) …",
    "what do you have (on|about) …",
)
