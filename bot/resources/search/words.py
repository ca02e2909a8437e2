"""French words without a subject: stop words, chat filler, and words too common to count in full.

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
puisque qu quand que quel quelle quelles quels quelque quelques qui quoi quoiqu s sa se selon sera
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
simplement vraiment justement deja bien considere consideree koi kel kelle kels kelles pk pkoi pq qd qqn qqch
bcp tjs cmt comt dsl slt jsp
"""

STOP = frozenset(f"{_GRAMMAR} {_QUESTION} {_FILLER}".split())

_WEAK = """
question questions aide aider info infos exemple exemples lien liens document documents page pages site
sites fiche fiches utiliser utilisation utile difference differences definition definir sens concernant
sujet place mettre mise gerer gestion comprendre obtenir avoir recuperer consulter faire niveau cadre
probleme problemes concretement quotidien vrai bon bonne bons bonnes meilleur meilleure nouveau nouvelle
nouveaux nouvelles pratique simple type types cas partie entre role sert servir marche marcher fonctionne
fonctionner actuellement possible permet permettre ressource ressources modele gens monde chose choses
personnes sans pb pbs souci truc trucs
"""

# Words that may be the subject (« foire aux questions ») but mostly are not (« j'ai une question sur … »).
WEAK = frozenset(_WEAK.split())

ELISIONS = "jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|qu|[cdjlmnst]"

_VERBS = """
accepter accompagner acheter adapter administrer affecter afficher ajouter alerter aligner aller amener ameliorer
analyser animer annoncer annuler appeler appliquer apporter arranger arreter arriver articuler assister associer
assumer assurer attribuer augmenter autoriser avancer baisser basculer bloquer bouger calculer casser centrer changer
charger classer cliquer coller commander commencer commenter communiquer comparer completer composer compter
concerner confier confirmer conserver considerer consister constater consulter contacter continuer controler
convoquer copier corriger couper couter creer cumuler debloquer debrouiller debuter decaler decider declarer
decoller decouper deleguer demander demarrer demenager deposer depasser deplacer deranger developper diffuser
diminuer disposer distribuer documenter donner doubler durer echanger echouer eclairer economiser ecouter ecrire
effectuer eliminer embaucher emporter emprunter encadrer encaisser encourager engager enlever enregistrer enseigner
entrer envisager envoyer equiper essayer etaler etudier eviter evoluer examiner exiger expliquer explorer exporter
exposer exprimer fabriquer facturer fermer fixer former formuler fournir frapper gagner garder garer generer gerer
grouper identifier imaginer importer imposer imprimer indiquer informer insister installer instaurer integrer
interroger inviter jeter jouer juger lancer laver lever liberer lister livrer loger louer manager manger manquer
marquer mesurer modifier monter montrer motiver moderniser negocier nommer noter observer occuper organiser
orienter oublier ouvrir parler participer partager passer payer penser piloter planifier porter poser positionner
posseder poster pratiquer preciser preparer presenter preter prevoir proceder programmer progresser projeter
prolonger proposer proteger prouver quitter raconter ramener rappeler rapporter rassembler rassurer realiser recevoir
rechercher reclamer recommander recruter rediger reduire reflechir refuser regarder regler regrouper relancer
relever remarquer remercier remonter remplacer remplir rencontrer renforcer renouveler renseigner rentrer renvoyer
reparer reperer repeter repondre reporter reprendre representer resoudre respecter ressembler rester retirer
retourner reussir revenir rouler sauter sauver securiser sembler sensibiliser separer signaler signer simplifier
solliciter sortir souhaiter soutenir structurer subir suivre supporter supprimer surveiller tarder telecharger
telephoner tenter terminer tester tirer tomber toucher tourner traiter transferer transformer transmettre travailler
traverser tuer utiliser valider valoriser varier vendre verifier verser visiter voler voter
"""

_PLAIN = """
absolument ancien ancienne anciens anciennes annee annees arriere atelier bientot besoins bureau calendrier carriere
causes choix collegue collegues complet completement couramment courant dernier derniere derniers dernieres
different differente differents differentes directement efficace efficacement ensemble entiere equipe equipes
erreur erreurs etape etapes facile facilement facon facons faible faibles fonction force forme futur future general
grand grande grands grandes habitude haute heure heures histoire idee important importante importants importantes
interne interieur jamais joindre journee jours maniere manieres matin matiere materiel milieu mieux minute minutes
mois moment moyen moyens mutuel nombre nombreux normal normalement objet outil outils papier parfois petit petite
petits petites piece pieces point points premier premiere premiers premieres principal prochain prochaine projet
projets propre quantite raison raisons rapide rapport reel reelle regle regles reponse reponses resultat resultats
reunion reunions semaine semaines seul seule seulement situation solution solutions soir souvent special suite
suivant suivante surtout systeme tableau tache taches temps terme termes total toujours urgence usage utilisateur
utilisateurs valeur valeurs version visite vite
"""

_ENDINGS = ("e", "es", "ent", "ee", "ees", "ez")


def forms(infinitive: str) -> list[str]:
    """A folded infinitive with its commonest forms; any other word alone."""
    if len(infinitive) < 5 or not infinitive.endswith("er"):
        return [infinitive]
    return [infinitive, *(infinitive[:-2] + ending for ending in _ENDINGS)]


# Everyday words: never taken for a misspelling of a rarer word, and the first choice for their own misspellings.
ORDINARY = frozenset(form for verb in _VERBS.split() for form in forms(verb)) | frozenset(_PLAIN.split())
