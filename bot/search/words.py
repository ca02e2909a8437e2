"""French words that carry no subject: stop words, chat filler, and words too common to count in full.

All are written folded (lower case, no accent), as `analysis.fold` gives them.
"""

_GRAMMAR = """
a afin ai aie aient ainsi alors apres as au aucun aucune aujourd aupres auquel aussi autre autres aux
auxquels avaient avais avait avant avec avez avoir avons ayant car ce ceci cela celle celles celui cependant
certain certaines certains ces cet cette ceux chacun chaque chez ci comme contre d dans de dedans dehors
depuis des desquels donc dont du duquel durant elle elles en encore entre envers es est et etaient etais
etait etant ete etes etre eu eux fut hors hui il ils j je jusqu jusque l la laquelle le lequel les lesquels
leur leurs lors lorsqu lorsque lui m ma mais malgre me meme memes mes mien moi moins mon n ne ni nos notre
nous on ont or ou par parce parmi pas pendant peu plus plusieurs plutot pour pourtant pres puis puisqu
puisque qu quand que quel quelle quelles quels quelque quelques qui quoi quoiqu s sa sans se selon sera
serait seront ses si sien soi soient sois soit sommes son sont sous suis sur t ta tandis te tel telle telles
tels tes toi ton tous tout toute toutes tres trop tu un une vers via vis voici voila vos votre vous y the of
and for to in is are how what
"""

_QUESTION = """
comment combien pourquoi lequel ou quest quoi cest peut peux peuvent pouvez pouvons pourrais pourrait
pourriez puis doit dois doivent devez devons devrait faut fait faire fais faites font va vais vont allez
aller veux veut voulez vouloir voudrais voudrait souhaite souhaiterais souhaitez aimerais aimerait aimerions
aimeriez jaimerais savoir sait sais savez sachant existe existent trouve trouver trouves trouvez trouvera
cherche chercher cherchez cherchons recherchons connait connais connaissez connaitre dispose disposez passe
dit dire signifie veulent
"""

_FILLER = """
bonjour bonsoir salut coucou hello merci svp stp plait avance cordialement bsr bjr quelqu quelquun quelqun
personne retour auriez aurait aurais jai ya avis idee idees conseil besoin envie urgent rapidement
simplement vraiment justement deja bien
"""

STOP = frozenset(f"{_GRAMMAR} {_QUESTION} {_FILLER}".split())

_WEAK = """
question questions aide aider info infos exemple exemples lien liens document documents page pages site
sites fiche fiches utiliser utilisation utile difference differences definition definir sens concernant
sujet place mettre mise gerer gestion comprendre obtenir avoir recuperer consulter faire niveau cadre
probleme problemes concretement quotidien vrai bon bonne bons bonnes meilleur meilleure nouveau nouvelle
nouveaux nouvelles pratique simple type types cas partie entre role sert servir marche marcher fonctionne
fonctionner actuellement possible permet permettre ressource ressources modele gens monde chose choses
personnes
"""

# Words that may be the subject (« foire aux questions ») but mostly are not (« j'ai une question sur … »).
WEAK = frozenset(_WEAK.split())

ELISIONS = "jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|qu|[cdjlmnst]"
