"""How people ask for help, and offer it, without any command."""

import re

from bot.text.plain_text import fold

_ASKS = re.compile(
    r"(?i)(?:comment|quel(?:le)?s?|pourquoi|combien|est-ce|qu['’]|y a-t-il|peut-on|faut-il|how|what|which|why|where)\b"
)


_PERSONAL = re.compile(r"(?:mon|ma|mes|my) (?:chef|cadre|collegue|directeur|directrice|equipe|mari|femme|boss)")


def is_for_volunteers(words: str) -> bool:
    """Whether words may be put to volunteers; « un problème avec mon chef » is rather asked about first."""
    return _PERSONAL.match(fold(words).text) is None


def is_question(words: str) -> bool:
    """Whether words begin as a question does: « Expert en DPI recherché » is none."""
    return _ASKS.match(words) is not None


_SOMEBODY = "(quelqu'un|qqn|personne|expert|volontaire|specialiste|collegue|referent|une personne)"
_ON = "[(sur|pour|a|en|concernant|a propos de|au sujet de|avec|d'|du|about|with|on)]"
ASK = (
    f"qui (peux|saurait|serait capable de|va) [m'aider|nous aider|me renseigner|me conseiller|me repondre] {_ON} …",
    "qui (connait|sait|maitrise|s'y connait|a deja|utilise|travaille sur) [bien] [en|sur] …",
    f"a qui [je] [peux je] (demander|poser|m'adresser) [la question] {_ON} …",
    f"(j'ai|j'aurais|nous avons) [juste] [une] question {_ON} …",
    "(j'ai|j'aurais|nous avons) [juste] [une] question",
    f"~ poser [une] question [aux (experts|volontaires|collegues)] {_ON} …",
    "~ poser [une] question [a] [(collegues|expert|volontaires)] [aux (experts|volontaires|collegues)]",
    "pose [la] question [a|aux] [(experts|volontaires|collegues)] …",
    f"[est ce que] (quelqu'un|qqn) (connait|sait|utilise|aurait|a (deja|mis|fait|teste|essaye)) [m'aider] {_ON} …",
    f"[est ce que] quelqu'un (pour|peux|pourrait) (m'aider|nous aider|m'expliquer|me renseigner|me conseiller) {_ON} …",
    f"(je|on|nous) (cherche|recherche|cherchons) {_SOMEBODY} {_ON} [qui] [s'y] [connait] {_ON} …",
    f"~ (trouver|chercher) {_SOMEBODY} {_ON} …",
    f"(je|on|nous) (cherche|recherche|cherchons) [de] l'aide {_ON} …",
    f"y a-t-il {_SOMEBODY} qui …",
    f"(est ce qu'il|il) y a {_SOMEBODY} qui …",
    f"vous (connais|avez) {_SOMEBODY} (qui|pour|sur|en) …",
    f"connais vous {_SOMEBODY} (qui|pour|sur|en) …",
    "(je veux|j'ai besoin de) [avoir] l'avis [d'un] [(collegue|expert|volontaire)] [sur] …",
    f"(j'ai|j'aurais|on a|nous avons) besoin d'aide [d'un] [(collegue|expert|volontaire)] {_ON} …",
    "(j'ai|j'aurais|nous avons) besoin [de] l'aide [d'un] (collegue|expert|volontaire) [(sur|pour|en)] …",
    "(j'ai|j'aurais|on a|nous avons) besoin [d'un] (conseil|avis|retour|coup de main) (sur|pour|a) …",
    f"~ (demander|parler|echanger) [a|avec] [un] [(volontaire|expert|collegue|autre etablissement|quelqu'un)] {_ON} …",
    f"~ demander [a|aux] (volontaires|experts|collegues) {_ON} …",
    "(mets|mettez) me en (contact|relation) avec …",
    "(j'ai|on a|nous avons) [un] (probleme|souci) (avec|sur) …",
    "who (can|could) help [me|us] (with|on|about) …",
    "who (knows|uses|has experience with) [about] …",
    "(I have|I've got|I've) [a] question (about|on|for) …",
    "(I have|I've got) [a] question",
    "(does|has) (anyone|anybody|someone|somebody) [here] (know|knows|use|used|have) [about] …",
    "(can|could) (someone|somebody|anyone|anybody) help [me|us] (with|on|about) …",
    "is there (anyone|anybody|someone|somebody) who …",
    "(is|has) (anyone|anybody|someone|somebody) (using|used|tried|done|worked with) …",
    "(can|could) (someone|somebody|anyone|anybody) (advise|tell|explain) [me|us] (on|about) …",
    "comment (font|ont fait) les autres [(etablissements|hopitaux|services|equipes)] [pour] …",
    "~ savoir si (quelqu'un|qqn|un autre etablissement) (a|a deja|utilise|connait) …",
    "[une] question pour [un|nos|vos|les] (specialiste|expert|volontaire|collegues|experts|volontaires) …",
    "est ce qu'un autre (ehpad|etablissement|hopital|service) (a|utilise|connait) …",
    "I need to ask (someone|somebody|a colleague|an expert) [about] …",
    "qui a [de] (l'experience|deja) [sur|avec|en] …",
    "~ (avoir|recueillir) [un] (retour|retour d'experience|temoignage) [d'un] [(collegue|autre etablissement)] sur …",
    "j'ai [une] question pour [vos] (experts|volontaires|collegues)",
    "je suis bloque (sur|avec) …",
    "besoin d'aide [d'un] [(specialiste|collegue|expert)] [de|du|en|sur] …",
    "(I|we) need (advice|help) (about|with|on) …",
    "(I'm|I am|we are) looking for (someone|somebody|an expert|a volunteer) (who|in|on|with|for) …",
)
MINE = (
    "(ou en est|ou en sont) [mon] (demande|question)",
    "[voir] mon (demande|question) [en cours]",
    "~ (voir|suivre) mon (demande|question) [en cours]",
    "[des] nouvelles [de] mon (demande|question)",
    "[avez vous] [des] nouvelles [de|pour|sur] mon (demande|question)",
    "suivi [de] mon (demande|question)",
    "mon (demande|question) [a-t-elle] [recu] [une] reponse",
    "(quelqu'un|qqn) a repondu [a] mon (demande|question)",
    "[any] news (about|on|of) my (request|question)",
    "[des] nouvelles [de] mon (demande|question) [de] [(lundi|mardi|mercredi|jeudi|vendredi|hier)]",
    "[show] [me] my (requests|request|questions)",
    "(where|how) is my (request|question)",
)
BECOME = (
    "~ (devenir|etre|devient on) [un] (volontaire|expert)",
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
)
LEAVE = (
    "~ (plus|arreter d') (etre|rester) (volontaire|expert)",
    "je veux (plus|pas rester) [etre] (volontaire|expert)",
    "je suis plus (volontaire|expert)",
    "comment [ne] plus etre (volontaire|expert)",
    "~ (quitter|arreter|quitte) [d'etre] [la liste] (volontaires|experts|volontaire)",
    "je (quitte|arrete) [les|d'etre] (volontaires|experts|volontaire)",
    "(retire|retirez|enleve|enlevez|supprime|supprimez|desinscris|desinscrivez) me [de] [la liste]"
    " [parmi] (des|de) (volontaires|experts)",
    "(retire|retirez|enleve|enlevez|supprime|supprimez|desinscris|desinscrivez) me [liste] [parmi]"
    " (volontaires|experts)",
    "je (demissionne|me retire) [de] [mon] [role] [liste] (volontaires|volontaire|expert)",
    "(I no longer want|I don't want) to (volunteer|be a volunteer) [any more|anymore]",
    "stop being [a] volunteer",
    "~ (stop|quit) (volunteering|being a volunteer)",
    "remove me from [the] volunteers",
    "je veux plus faire partie [des] (volontaires|experts)",
    "take me off [the] volunteer [list]",
    "je (ai|n'ai) plus [le] temps d'etre (volontaire|expert)",
    "(sors|sortez) me de [la liste] [des] (volontaires|experts|volontaire|expert)",
    "(sors|sortez) me de liste de (volontaire|expert|volontaires|experts)",
)
SOLVED = (
    *("résolu", "resolu", "résolue", "resolved", "c'est réglé", "c'est résolu", "problème réglé", "problème résolu"),
    *("tout est réglé", "c'est bon c'est réglé", "j'ai ma réponse", "j'ai eu ma réponse", "it's solved", "all sorted"),
    *("it is solved", "problem solved"),
)
"""What ends an exchange, said alone."""
