"""How people say, without any command, that they would like to tell what worked."""

SHARE = (
    "~ (ecrire|rediger|raconter|partager|faire) [une] (fiche|pratique) [pratique]",
    "~ (partager|raconter) [ce qui a] [bien] (marche|fonctionne) [chez nous]",
    "~ (write|share) [a] (practice|practice sheet|sheet)",
    "~ share what worked [for us]",
)
MINE = (
    "[(voir|montre moi|ou sont)] mes fiches",
    "[(show me|see)] my sheets",
)
