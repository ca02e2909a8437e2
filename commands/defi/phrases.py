"""How people ask, without any command, which challenges there are."""

CHALLENGES = (
    "[(voir|montre moi|affiche|~ voir)] [quel sont] [les] (defis|defi) [(en cours|ouverts|de la communaute)]",
    "[est ce qu'il] y a [t il] [un] (defi|defis) [(en cours|ouverts|en ce moment)]",
    "[(show me|see|list|what are)] [the] challenges",
)
