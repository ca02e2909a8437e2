"""How people ask for help, and offer it, without any command."""

import re

from bot.text.phrases import Phrasebook, words
from bot.text.plain_text import fold
from commands.spoken import BROKEN, DEVICE, ME, PLACES, ROLE, SOMEBODY, TALK, TRADES, WISHED

_ASKS = re.compile(
    r"(?i)(?:comment|quel(?:le)?s?|pourquoi|combien|est-ce|qu['’]|y a-t-il|peut-on|faut-il|how|what|which|why|where)\b"
)


_PERSONAL = re.compile(
    r"(?:mon|ma|mes|my) (?:chef|cadre|collegue|directeur|directrice|equipe|mari|femme|boss)"
    r"|(?:un |une )?(?:vraie? personne|humain|responsable|chef)\b|.* ce message\W*\Z"
)


def is_for_volunteers(words: str) -> bool:
    """Whether words may be put to volunteers; « un problème avec mon chef » is rather asked about first."""
    return _PERSONAL.match(fold(words).text) is None


def is_question(words: str) -> bool:
    """Whether words begin as a question does: « Expert en DPI recherché » is none."""
    return _ASKS.match(words) is not None


_SOMEBODY = "(quelqu'un|qqn|personne|expert|volontaire|specialiste|collegue|referent|une personne)"
_ON = "[(sur|pour|a|en|concernant|a propos de|au sujet de|avec|du|about|with|on)]"
_NOT_PEOPLE = (
    "!(quelque part|quelque chose|mode emploi|partager|raconter|profiter|lien|link|humain|human|je veux aider"
    "|je peux aider|can help|mon aide|mon chef|ma chef|mon collegue|mon cadre"
    "|mon medecin|patient|famille|vacances|conge|rappelle|rappel|remind|donnees|data|desinscris|moderateur"
    "|mon experience|outil|guide|document|modele|veux repondre|peux repondre|inscris|liste|plus)"
)
ASK = (
    f"qui (peux|saurait|serait capable de|va) (m'aider|nous aider|aider|me renseigner|me conseiller|me repondre"
    f"|nous conseiller|m'expliquer|me dire|m'orienter) {_ON} …",
    "^ qui (saurait|serait capable de) …",
    "^ qui (connait|sait|maitrise|s'y connait|a deja|utilise|travaille sur) [bien] [en|sur] …",
    f"a qui [est ce que] [je] [peux] [je] (demander|poser|m'adresser) [la question] {_ON} …",
    f"(j'ai|j'aurais|nous avons) [juste] [une] question {_ON} …",
    "(j'ai|j'aurais|nous avons) [juste] [une] question",
    f"~ poser [une] question [aux (experts|volontaires|collegues)] {_ON} …",
    "~ poser [une] question [a] [(collegues|expert|volontaires)] [aux (experts|volontaires|collegues)]",
    "pose [la] question [a|aux] [(experts|volontaires|collegues)] …",
    f"^ [est ce que] (quelqu'un|qqn) (connait|sait|utilise|aurait|a (deja|mis|fait|teste|essaye)) [m'aider] {_ON} …",
    f"[est ce que] quelqu'un (pour|peux|pourrait) (m'aider|nous aider|m'expliquer|me renseigner|me conseiller) {_ON} …",
    f"(je|on|nous) (cherche|recherche|cherchons) {_SOMEBODY} {_ON} [qui] [s'y] [connait] {_ON} …",
    f"~ (trouver|chercher) {_SOMEBODY} {_ON} …",
    f"(je|on|nous) (cherche|recherche|cherchons) [de] l'aide {_ON} …",
    f"^ y a-t-il {_SOMEBODY} qui …",
    f"^ (est ce qu'il|il) y a {_SOMEBODY} qui …",
    f"^ vous (connais|avez) {_SOMEBODY} (qui|pour|sur|en) …",
    f"^ connais vous {_SOMEBODY} (qui|pour|sur|en) …",
    "(je veux|j'ai besoin de) [avoir] l'avis [d'un] [(collegue|expert|volontaire)] [sur] …",
    f"(j'ai|j'aurais|on a|nous avons) besoin d'aide [d'un] [(collegue|expert|volontaire)] {_ON} …",
    "(j'ai|j'aurais|nous avons) besoin [de] l'aide [d'un] (collegue|expert|volontaire) [(sur|pour|en)] …",
    "(j'ai|j'aurais|on a|nous avons) besoin [d'un] (conseil|avis|retour|coup de main) (sur|pour|a) …",
    f"~ (demander|parler|echanger) [a|avec] [un] [(volontaire|expert|collegue|autre etablissement|quelqu'un)] {_ON} …",
    f"~ demander [a|aux] (volontaires|experts|collegues) {_ON} …",
    "(mets|mettez) me en (contact|relation) avec …",
    "~ (mettre|etre mis) en (contact|relation) avec …",
    "& (has|have|does|is|are) (anyone|anybody|someone|somebody|any of you) !(my|link) …",
    "[j'ai|on a] besoin retour (sur|d'experience|pour|concernant) …",
    "^ how do (other|others|your) …",
    "^ [~] savoir comment (autres|les autres) …",
    "& comment (autres etablissements|autres hopitaux|autres ehpad|autres services|autres structures|autres equipes) …",
    "(j'ai|on a|nous avons) [un] (probleme|souci) (avec|sur) …",
    "who (can|could) help [me|us] (with|on|about) …",
    "^ who (knows|uses|has experience with) [about] …",
    "(I have|I've got|I've) [a] question (about|on|for) …",
    "(I have|I've got) [a] question",
    "^ (does|has) (anyone|anybody|someone|somebody) [here] (know|knows|use|used|have) [about] …",
    "(can|could) (someone|somebody|anyone|anybody) help [me|us] (with|on|about) …",
    "^ is there (anyone|anybody|someone|somebody) who …",
    "^ (is|has) (anyone|anybody|someone|somebody) (using|used|tried|done|worked with) …",
    "(can|could) (someone|somebody|anyone|anybody) (advise|tell|explain) [me|us] (on|about) …",
    "^ comment (font|ont fait) les autres [(etablissements|hopitaux|services|equipes)] [pour] …",
    "^ ~ savoir si (quelqu'un|qqn|un autre etablissement) (a|a deja|utilise|connait) …",
    "[une] question pour [nos|vos] (specialiste|expert|volontaire|collegues|experts|volontaires) …",
    "^ est ce qu'un autre (ehpad|etablissement|hopital|service) (a|utilise|connait) …",
    "I need to ask (someone|somebody|a colleague|an expert) [about] …",
    "^ qui a [de] (l'experience|deja) [sur|avec|en] …",
    "~ (avoir|recueillir) [un] (retour|retour d'experience|temoignage) [d'un] [(collegue|autre etablissement)] sur …",
    "j'ai [une] question pour [vos] (experts|volontaires|collegues)",
    "je suis bloque (sur|avec) …",
    "besoin d'aide [d'un] [(specialiste|collegue|expert)] [du|en|sur] …",
    "(I|we) need (advice|help) (about|with|on) …",
    "^ (who|anyone|anybody) [here] (has|have|already) (run|used|tried|done|deployed|built|got|set up|experience) …",
    "& (quelqu'un|qqn|collegue|confrere|consoeur) (sait|connait|connaitrait|utilise|utilisait|deja|experience|retour"
    "|avis|aurait|saurait|essaye|teste|conseils|conseiller) !(lien) …",
    "& (etablissement|etablissements|hopital|ehpad|service|collegue) (parmi vous|a teste|a mis|a deja|ont deja|utilise"
    "|utilisent|ont teste|est passe|sont passes) !(mon|notre|le mien) …",
    "& (cherche|recherche|besoin|veux|auriez|aurait) (retour d'experience|retours d'experience|temoignage"
    "|temoignages|rex) …",
    "& (retour|retours|experience|temoignage|avis) (sur|avec|about|on) (personne|quelqu'un|aurait|auriez|qui|certains"
    "|collegues|autres|others|anyone) !(lien|rencontre) …",
    "& ask (group|community|others|people|colleagues|someone|everyone|anyone) …",
    "^ [est ce que] (quelqu'un|qqn|anyone|someone|somebody) (a|aurait|dispose|has) (tableau|modele|exemple|grille|trame"
    "|protocole|outil|procedure|fiche|guide|document|retour|template|checklist|experience) …",
    "^ qui [est ce que] [(je|on)] (peux|dois|puis) [je] (contacter|joindre|solliciter|consulter) (pour|sur) …",
    "& (coup de main|conseil|conseils|avis|aide|eclairage) (besoin|faudrait|veux|cherche|need) (sur|pour|avec"
    "|about|on|for"
    "|with) !(donner|proposer|apporter) …",
    "& (demander|poser|soumettre) (question|quelque chose|avis) (groupe|communaute|collegues|autres|experts|volontaires"
    "|specialiste) …",
    "& (who|anyone|anybody|someone|somebody) (here|knows|know|used|using|experience|tried|advice|help me with) …",
    "^ [voici] mon question [est] [la suivante] (comment|quel|pourquoi|combien|qui|est ce|peux|faut il|existe) …",
    "^ comment [est ce que] vous (gerez|organisez|procedez|traitez|faites pour) …",
    "& qui (peux m'aider|peux nous aider|peux me renseigner|peux m'orienter|peux me conseiller|peux m'expliquer) …",
    "^ vous (fais|gerez|organisez|procedez) comment [pour|avec] …",
    "& (quelqu'un|qqn|collegue|confrere) (m'aider|nous aider|m'expliquer|me renseigner|me conseiller|nous"
    " conseiller|m'orienter) !(qui|lien|volontaire) …",
    "& (someone|anyone|somebody|anybody) (explain|tell|share|advise|help) (how|with|who|about|what) …",
    "^ (how do you|how are you) (manage|organise|organize|handle|deal with|handling|managing) …",
    "& comment (chez vous|dans (votre|vos) (etablissement|etablissements|service|services|ehpad|hopital|structure)) …",
    "(I'm|I am|we are) looking for (someone|somebody|an expert|a volunteer) (who|in|on|with|for) …",
    f"& ({SOMEBODY}) ({TALK}) ({WISHED}) {_NOT_PEOPLE} …",
    f"& ({TRADES}) ({TALK}) ({WISHED}) ({ME}|besoin|accepterait|question) {_NOT_PEOPLE} !(a mon) …",
    f"& ({PLACES}) ({TALK}) ({WISHED}) ({ME}) !(aider|help|lien|link) {_NOT_PEOPLE} …",
    f"& (autre|autres|other|another|another) ({TRADES}|{PLACES}) ({TALK}|comment|how|gere|gerent|font|fais)"
    f" {_NOT_PEOPLE} …",
    "& (quelqu un|qui|collegue|anyone|anybody|somebody|someone|who) (rencontre|eu|vecu|meme|had|seen|same)"
    " (souci|probleme|cas|situation|bug|issue|problem) …",
    "& (quelqu un|qui|collegue|personne|anyone|anybody|somebody|someone|who|people) (maitrise|y connais|calee|cale"
    "|competent|competente|familiar|experienced|knowledgeable|knows|utiliserait|a l'habitude|deja fais|deja mis|deja"
    " deploye|deja teste|a deja|a mis en place|ayant|a monte|a ouvert|has done|has set up|has run|ran|run|idee"
    "|aurait|saurait|tell) !(coffee|pizza|lunch|truc qui|outil qui|partager|clef|cle|badge|stylo|porte|vu) …",
    f"& (idee|piste|solution|ideas|idea|avis|conseil) (avez|any|auriez|proposer) ({DEVICE}|who|how|comment) …",
    f"& ({ME}) (galere|coince|patauge|seche|peine|stuck|struggling|struggle|bloque) (avec|sur|pour|with|on|dans|a)"
    " !(lien|bot|ascenseur|embouteillage|bouchon|bouchons|relais) …",
    f"& ({DEVICE}) ({BROKEN}) !(en peux plus|venir|viens|participer|lien|link|visio|rencontre|atelier|seance"
    "|patient refuse|chaise|machine a cafe|telephone du patient|bot|relais|meeting|session de) …",
    "& (error|erreur|message d'erreur|ecran bleu) (keep|getting|affiche|obtiens|recois|quand|when|a chaque"
    "|tombe|get) …",
    "& (which|quels|quel) (hospital|hospitals|etablissement|hopital|hopitaux|ehpad|service|equipe|ght|teams|collegue)"
    " (already|deja|use|using|utilise|have|passe|mis|choisi|moved|running) …",
    "^ comment fais vous [pour] …",
    "^ comment (ca|ce) (passe|marche|fonctionne) chez vous [pour|avec|sur] …",
    f"& ({SOMEBODY}|{TRADES}) (relis|reli|relise|explique|conseil|connait|connais|maitrise|reseau|parmi vous"
    f"|communaute)"
    f" (besoin|aimerais|voudrais|souhaite|y a|avez|a t on|cherche|existe|a on|on a) {_NOT_PEOPLE} …",
    f"^ question (pour|a|aux) ({TRADES}|{SOMEBODY}) …",
    "^ question (sur|concernant|a propos|about|on) …",
)
MINE = (
    "(ou en est|ou en sont) [mon] (demande|question)",
    "[voir] mon (demande|question) [en cours]",
    "~ (voir|suivre) mon (demande|question) [en cours]",
    "[des] nouvelles [de] mon (demande|question)",
    "[avez vous] [des] nouvelles [pour|sur] mon (demande|question)",
    "suivi [de] mon (demande|question)",
    "mon (demande|question) [a-t-elle] [recu] [une] reponse",
    "(quelqu'un|qqn) a repondu [a] mon (demande|question)",
    "[any] news (about|on|of) my (request|question)",
    "[des] nouvelles [de] mon (demande|question) [de] [(lundi|mardi|mercredi|jeudi|vendredi|hier)]",
    "[show] [me] my (requests|request|questions)",
    "(where|how) is my (request|question)",
    "& mon (demande|question) (ou en|nouvelles|suivi|avance|avancement|reponse|repondu|retrouver|revoir)",
    "& mon (demande|question) (personne|toujours|encore) (repondu|repond|reponse|rien)",
    "& my (request|question) (reply|replied|anybody|anyone|respond|responded|yet)",
    "& mon (demande|question) (hier|ou ell en est|en est ou|ell en est)",
    "[je] [n'ai|ai] (pas|toujours pas|jamais) [eu|recu] [eu] [de] reponse [a] mon (demande|question)",
    "& my (request|question) (happened|going on|news|status|answer|answered|happening|progress|follow up|update)",
)
_DROP = "(annule|retire|supprime|efface|ferme|cloture|abandonne|oublie|enleve|referme|laisse tomber|arrete)"
_MINE = "(mon (demande|question) [d'aide] [d'entraide]|la (demande|question) que j'ai (pose|poste|faite|envoye))"
CANCEL = (
    f"[je] [(peux|vais)] {_DROP} {_MINE}",
    f"~ {_DROP} {_MINE}",
    "j'ai plus besoin [d'aide] [de reponse] [a] mon (demande|question)",
    "mon (demande|question) [est] plus (utile|necessaire|d'actualite)",
    "~ (cancel|withdraw|drop|close|forget|delete|remove) my (request|question)",
    "I no longer need [an answer to] my (request|question)",
    "& plus besoin (demande|question) (annule|annuler|laisse tomber|laissez tomber|retire|retirez|supprime"
    "|oublie|fermer)",
    "& mon (demande|question) (annule|retire|supprime|abandonne|laisse tomber) !(comment|pourquoi|quand)",
    "& (demande|question) (annule|retire|supprime|enleve) (j'ai|poste|fait|hier|envoye) !(comment|pourquoi|quand)",
    "& my (request|question) (cancel|withdraw|drop|remove|delete) !(how|why|when)",
)
BECOME = (
    "~ (devenir|etre|devient on) [un] (volontaire|expert)",
    "comment [on] (deviens|devient) [on] (volontaire|expert|referent)",
    "[comment] (devenir|devient on) (volontaire|expert)",
    "(je|j') (veux|peux) aider [(si besoin|les autres|mes collegues|d'autres|autres|collegues|mon collegues)]",
    "~ aider (les autres|mes collegues|autres|d'autres etablissements)",
    "je suis pret a aider [(les autres|mes collegues|autres)]",
    "je me (porte|propose) [comme] [volontaire|expert]",
    "(inscris|inscrivez|ajoute|ajoutez) me (comme|dans les|parmi les|aux) (volontaire|expert)",
    "~ m'inscrire (comme|parmi les) (volontaire|expert)",
    "~ (rejoindre|integrer) [les] (volontaires|experts|groupe des volontaires)",
    "~ (donner un coup de main|proposer mon aide|apporter mon aide|proposer mes services)",
    "~ repondre aux questions [(des autres|autres)]",
    "(I want|I'd like|I would like) to (volunteer|help others|help|become a volunteer)",
    "how (do|can) I (become a volunteer|become volunteer|volunteer)",
    "how (do|can) I (sign up|register|join) [to] (help|volunteer) [(others|people|other) [(members|hospitals|people)]]",
    "sign me up as [a] volunteer",
    "become [a] volunteer",
    "I can help others",
    "(j'ai|j'aurais) envie d'aider [(autres|collegues|mes collegues)]",
    "[comment] je (peux|pourrais) aider [(communaute|ici)]",
    "je suis disponible pour (repondre a des questions|repondre|aider)",
    "(I'd be|I am|I'm) happy to help (others|other hospitals|other people|my colleagues)",
    "~ faire partie [des] (volontaires|experts)",
    "je suis (partant|pret) pour etre (volontaire|expert)",
    "(can|could|may) I become [a] volunteer",
    "& (devenir|rejoindre|integrer|inscris|inscrire|ajoute|ajoutez|propose|candidat|porte|become)"
    " (volontaire|volontaires|expert|experts|volunteer) !(plus|pas|quitter|arreter|question|comment"
    " contacter)",
    "je (propose|offre) [mon] aide [(communaute|autres|collegues)]",
    "& je (propose|offre|mets) (mon aide|mes services|mes competences|mon experience) !(pas|plus|qui|quelqu'un)",
    "~ (devenir|etre) referent [(pour autres|pour collegues|ici)]",
    "& (donner|proposer|apporter|offrir|preter) (coup de main|mon aide|main forte) (autres|collegues|communaute|gens)"
    " !(besoin|cherche|recherche)",
    "& je (peux|veux|pret|partant|disponible|heureux) (aider|depanner|renseigner|conseiller|repondre|epauler)"
    " (autres|collegues|gens|communaute|monde|questions|etablissements|besoin) !(pas|plus|m'aider|quelqu'un|qui|j'ai)",
    "~ etre volontaire [comment] [on] [fais] [je fais]",
    "[(I|I'd|I would|I'd be|I am|I'm)] [be] (happy|glad|willing|ready|like|love) to (volunteer|be a volunteer)",
    "& (si je peux) (aider|utile|rendre service|depanner) (plaisir|volontiers|hesitez|hesite|autres|collegues)",
    "& je (veux|peux|pret|partant) (aider|conseiller) (experience|competence|competences|connaissances|maitrise"
    "|expertise)"
    " !(pas|plus|m'aider|quelqu'un|qui|besoin|cherche|document|guide|lien)",
    "& (how|where) (sign up|volunteer|register|join) (help|volunteer|others|members|expert|experts)",
    f"& ({ROLE}) (devenir|rejoindre|integrer|fais partie|figurer|compte|candidat|become|join|sign|put|add|count|mets"
    "|mettre|ajoute|ajouter|inscris|porter|fais pour etre|veux etre) (je|me|comment|how|i|my|faut|nous)"
    " !(question|contact|contacter|parler|avis|judiciaire|douleur|diplome|formation|cherche|demander|poser|plus|conseil"
    "|retire|enleve)",
    "& (je|i) (repondr|aider|coup main|conseill|renseign|depann|epaul|accompagn|partag|answer|help|support)"
    " (veux|peux|dispose|pret|partant|heureux|disponible|volontiers|can|happy|glad|willing|love|like|propose|ravi)"
    " (autre|autres|collegue|collegues|ceux|celles|gens|leurs questions|questions|communaute|others|people|colleagues"
    "|anyone|debutants|qui veut|qui voudra|qui en a besoin|mon experience) !(pas|plus|me aide|nous aide|besoin aide"
    "|cherche|pourrais vous|peux vous|vous peux|quelqu un|outil|guide|document|une fiche)",
    "& (I|I'd|I'm) (can|happy|want|like|glad|willing|love) (help|answer|support|volunteer) (others|people|questions"
    "|colleagues|hospitals|out) !(not|don't|no longer)",
)
_OUT = "(retire|enleve|supprime|desinscris|desinscription|desinscrire|sors|sortir|raye|efface|quitte|remove|take off)"
LEAVE = (
    "~ (plus|arreter d') (etre|rester) (volontaire|expert)",
    "je veux (plus|pas rester) [etre] (volontaire|expert)",
    "je suis plus (volontaire|expert)",
    "comment [ne] plus etre (volontaire|expert)",
    "~ (quitter|arreter|quitte) [d'etre] [la liste] (volontaires|experts|volontaire)",
    "je (quitte|arrete) [d'etre] (volontaires|experts|volontaire)",
    "(retire|retirez|enleve|enlevez|supprime|supprimez|desinscris|desinscrivez) me [de] [la liste]"
    " [parmi] () (volontaires|experts)",
    "(retire|retirez|enleve|enlevez|supprime|supprimez|desinscris|desinscrivez) me [liste] [parmi]"
    " (volontaires|experts)",
    "je (demissionne|me retire) [de] [mon] [role] [liste] (volontaires|volontaire|expert)",
    "(I no longer want|I don't want) to (volunteer|be a volunteer) [any more|anymore]",
    "stop being [a] volunteer",
    "~ (stop|quit) (volunteering|being a volunteer)",
    "remove me from [the] volunteers",
    "je veux plus faire partie [des] (volontaires|experts)",
    "je veux plus (aider|repondre|aider personne) [retire me] [retirez me] [me retirer]",
    "~ plus repondr (a|au|aux) (demandes|questions) [(d'entraide|entraide|des autres|collegues|des collegues)]",
    "~ plus (etre sollicite comme|figurer parmi|faire partie) (volontaires|experts|referents)",
    "& je (plus|arrete|arreter|quitter) (volontaire|expert|referent|volunteer) (etre|rester|sollicite|faire partie)",
    "take me off [the] volunteer [list]",
    "je (ai|n'ai) plus [le] temps d'etre (volontaire|expert)",
    "(sors|sortez) me de [la liste] [des] (volontaires|experts|volontaire|expert)",
    "(sors|sortez) me de liste de (volontaire|expert|volontaires|experts)",
    f"[je] [ai] plus envie [etre] ({ROLE}) [{_OUT} me]",
    f"[je] ai plus [assez] [temps] * [~] {_OUT} [me] [liste|parmi|groupe] ({ROLE})",
    f"{_OUT} me [liste|parmi|groupe] ({ROLE}) [je] [ai] plus [assez] temps [aider|repondre]",
    f"[~] {_OUT} [me] [liste|parmi|groupe] ({ROLE})",
    f"[~] (take|get) me off [list] ({ROLE}) [list]",
    f"& ({ROLE}) (je|me|i|my|mon|comment|how|svp|please) (retire|enleve|quitte|arrete|sors|sorti|sortir|desinscris"
    "|desinscription|supprime|demission|demissionne|efface|raye|remove|take off|step down|stepping down|resign|leave"
    "|unsubscribe|quit|stop) !(inscris|besoin|cherche|devenir|rejoindre|comment faire pour)",
    f"& ({ROLE}) (plus|don't want|no longer|not want|pas continuer|anymore) (je|me|i|possible|my) (etre|rester|figurer"
    "|fais partie|sollicite|recevoir|repondre|compte|continuer|be|being|contacted|questions|demandes|role)"
    " !(besoin de plus|quelqu un|cherche)",
    "& je (plus|arrete|arreter|cesser|stop) (repondre|aider|etre sollicite) (question|questions|demandes|collegues"
    "|autres) (retire|retirer|sortir|sors|enleve|volontaire|expert|liste|peux|veux|pourrai) !(comment|besoin)",
)
SOLVED = ("résolu", "resolu", "résolue", "resolved", "réglé", "solved", "sorted")
"""What ends an exchange, said alone; `is_solved` knows how else people say it."""
_ENDS = (
    "[(mon|votre)] [(question|probleme|demande|affaire|souci|ce|c'est|tout|it's|it is|that's|problem|question)]"
    " [(est|a ete"
    "|is|has been)] [tout] (regle|resolu|resolue|reglee|solved|sorted|resolved|fixed)",
    "(j'ai|j'ai eu|j'ai trouve|j'ai obtenu|j'ai recu) (mon reponse|ce qu'il me faut|tout ce qu'il me faut|ce qu'il me"
    " fallait|ce que je cherchais)",
    "(I have|I've got) (my answer|what I need|what I needed)",
    "on peux (fermer|clore|cloturer) [(demande|echange|conversation|question)]",
    "(we|we're|I'm|I am|we are) [all] (done|set|sorted) [here]",
    "(all sorted|all solved|you can close [it|this]|that solved it|that fixed it|it works now|it's working now)",
    "(c'est|ce est) (bon|regle|resolu) (ca|ce) (remarche|marche maintenant|fonctionne maintenant)",
    "(problem|issue) (fixed|solved|sorted)",
    "[tout] (est rentre|rentre) dans l'ordre [grace a vous]",
    "nous (peux|pouvons) (clore|fermer|cloturer) [(echange|demande)]",
    "(ca|ce) (remarche|refonctionne)",
)
_BESIDE = (
    "(merci infiniment|infiniment|so much|very much|thanks a lot|a lot|merci bien|maintenant|a toi|mille merci"
    "|un grand merci|ca marche"
    "|merci|merci beaucoup|merci a vous|grand merci|thanks|thank you|cheers|super|parfait|genial|nickel|impec"
    "|top|ok|oui"
    "|encore|pour votre aide|pour aide|de mon cote|pour me|great|perfect|yes|bonne journee|a tous|a vous|bravo"
    "|impeccable|c'est bon|beaucoup|relais|et|voila)",
)
_WHAT = (
    "[mon] [(question|demande|texte|message|phrase|mot|formulation|faute|chose|ce|it|this|that|text|wording"
    "|something|quelque chose)]"
)
_CORRECTS = (
    f"~ (corrige|modifie|change|edite|reformule|precise|complete|reecrire) {_WHAT}",
    f"[il] [faut que|dois|vais] [je] (corrige|modifie|change|reformule|precise|complete|reecris) {_WHAT}",
    f"[I] [(want to|need to|let me|have to)] (correct|change|edit|rephrase|reword|rewrite|fix) [my] {_WHAT}",
    "(il y a|y a) [une] (faute|erreur) [dedans|dans le texte]",
)
_MEANWHILE = (
    "(attends|attendez|une seconde|un instant|une minute|wait|hold on|not yet|pas encore|pas tout de suite|d'abord"
    "|avant|first|non|no|please|svp|stop)",
)
_CORRECTED = Phrasebook([*((phrase, True) for phrase in _CORRECTS), *((phrase, False) for phrase in _MEANWHILE)])
_SOLVED = Phrasebook([*((phrase, True) for phrase in _ENDS), *((phrase, False) for phrase in _BESIDE)])
LONGEST_END = 80


def is_solved(text: str) -> bool:
    """Whether a message says that all is well now, and nothing else but thanks."""
    return len(text) <= LONGEST_END and "?" not in text and any(_SOLVED.cover(words(text)) or ())


def is_to_be_corrected(text: str) -> bool:
    """Whether a message says that the question is to be changed before it is sent, and nothing else."""
    return len(text) <= LONGEST_END and "?" not in text and any(_CORRECTED.cover(words(text)) or ())
