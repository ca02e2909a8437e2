"""How people say, without any command, what gets in the way, that they have an idea, or that they want to see those."""

_IRRITANT = "(irritant|frein|dysfonctionnement|grain de sable|irritants|freins|dysfonctionnements)"
_SEE = "[(voir|montre moi|montre nous|affiche|ou sont|~ voir|show me|see|list)]"
REPORT = (
    f"~ (signaler|remonter|declarer) [un] {_IRRITANT}",
    "~ report [an] irritant",
    f"~ (signaler|remonter|declarer|partager|dire) [un] {_IRRITANT} …",
    f"(j'ai|nous avons|il y a|voici|on a) [un] {_IRRITANT} [a signaler] …",
    "(ce qui nous gene|ce qui me gene|ce qui gene|ce qui bloque|ce qui nous bloque) [c'est] …",
    "~ report (an irritant|irritant|what gets in the way|a pain point) …",
    "what gets in [our] way …",
)
HAVE_AN_IDEA = (
    "(j'ai|j'aurais|nous avons|on a) [une] idee (pour|sur|concernant) …",
    "I have an idea (for|about|on) …",
)
LIST = (
    f"{_SEE} [(quels sont|quel est)] [les] {_IRRITANT} [(signales|ouverts|de la communaute)]",
    f"{_SEE} [les] idees [(signalees|de la communaute|des collegues)]",
    f"{_SEE} [(what are)] [the] (irritants|ideas)",
)
MINE = (
    f"{_SEE} mes (irritants|idees|signalements)",
    "[(show me|see)] my (irritants|ideas)",
)
