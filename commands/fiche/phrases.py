"""How people say, without any command, that they would like to tell what worked."""

_PRACTICE = (
    "(astuce|bonne pratique|pratique|retour d'experience|experience|initiative|organisation|bonne idee|idee|reussite"
    "|temoignage|rex|tip|trick|good practice|practice)"
)
_OURS = (
    "[(chez nous|dans mon service|dans notre service|dans mon equipe|avec les autres|avec vous|aux autres|with others)]"
)
SHARE = (
    "~ (ecrire|rediger|raconter|partager|faire|proposer|deposer|soumettre|creer|publier) [une] (fiche|pratique)"
    " [pratique]",
    "~ (partager|raconter) [ce qui a] [bien] (marche|fonctionne) [chez nous]",
    f"~ (fais|donner|apporter|partager|raconter|proposer|transmettre|deposer|rediger|ecrire|presenter) [mon"
    f"|notre] {_PRACTICE} {_OURS}",
    f"(j'ai|j'aurais|nous avons|on a|g) {_PRACTICE} (a|que je veux|qu'on veux|que nous veux) (partager|raconter"
    f"|proposer|presenter) {_OURS}",
    "~ (raconter|partager|expliquer|presenter|temoigner de) ce qu'on [a] (fais|mis en place|met en place|change"
    f"|organise) {_OURS}",
    f"~ (raconter|partager|expliquer|presenter) ce que (j'ai|nous avons) (fais|mis en place|change|organise) {_OURS}",
    "& (astuce|astuces|pratique|pratiques|initiative|organisation|truc|idee|experience|reussite|trick|tip"
    "|practice|idea)"
    " (partager|raconter|la partager|faire profiter|en faire profiter|fais profiter|share|tell)"
    " !(cherche|recherche|qui|avez|existe|looking|find|quelqu'un|lien|document|guide|comment|besoin)",
    "& (chez nous|notre service|mon service|notre ehpad|mon ehpad|notre equipe|on our ward|in our unit|in our"
    " hospital|in our team|mis en place|fonctionne|marche)"
    " (partager|raconter|faire profiter|fais profiter|share|temoigner)"
    " !(cherche|recherche|avez|existe|looking|find|quelqu'un|lien|document|guide|comment|besoin)",
    "~ share (something|what|a practice|a tip|a trick|an idea) [that|which] (worked|works|we did) …",
    "~ (write|share) [a] (practice|practice sheet|sheet)",
    "~ share what worked [for us]",
)
MINE = (
    "[(voir|montre moi|ou sont)] mes fiches",
    "[(show me|see)] my sheets",
)
_SHEETS = "(fiche|pratique|sheet|practice) [(sur|a propos de|concernant|about|on)] …"
COMPARE = (
    f"~ [(faire|fais|lire|voir|avoir|montrer|montre|donner)] [(moi|nous)] synthese {_SHEETS}",
    f"~ (comparer|confronter|rapprocher|mettre cote a cote) {_SHEETS}",
    f"quoi [de] commun [entre] {_SHEETS}",
    f"qu'ont [de] [en] commun {_SHEETS}",
    f"qu'y a t il [de] commun [(entre|dans)] {_SHEETS}",
    f"~ compare {_SHEETS}",
)
