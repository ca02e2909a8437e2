"""How people speak of meet-ups without any command."""

import re

from bot.text.plain_text import fold
from commands.spoken import DAYS, MEETUPS

_MEETUP = "(rencontre|rendez vous|visio|visioconference|atelier|seance|date|conference|formation|event|session|meet up)"
_SEE = (
    "[(quel est|quel sont|quels sont|montre me|montrez me|~ voir|voir|affiche|donne me|what are|what is"
    "|show me|see|list)]"
)
_WHEN = (
    "[(quand|c'est quand|c quand|a quel heure|quel jour|when)] [(est|sont|is|are|a lieu|ont lieu|aura lieu|sera|quand)]"
)
_MONTH = "(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
_SOON = (
    f"[(en {_MONTH}|next week|this week|this month|next month|soon|bientot|cette semaine|semaine prochaine"
    f"|semaine pro|ce mois ci|ce mois|mois prochain|jours a venir|prochain jours|prochain"
    " semaines|ci|prochainement|a venir|prevu|programme|planifie|aujourd'hui)]"
)
_DAY = "(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain)"
_NOT_LISTED = (
    "!(inscris|inscrire|participer|lien|link|viens|viendrai|pas|plus|creer|annuler|deplacer|rappelle|rappel"
    "|remind|absent|sign|register|join|rejoindre|connecter|connecte|adresse|patient|medecin|docteur|chirurgien"
    "|put me|count me|desinscris|outil|guide|modele|note me|compte me)"
)
NEXT_ONES = (
    f"{_SEE} {_WHEN} [(mon|votre|notre)] [prochain] {_MEETUP} {_SOON} {_SOON}",
    f"{_SEE} {_WHEN} [date] [de] prochain {_MEETUP} {_SOON}",
    f"quel est [date] prochain {_MEETUP}",
    f"[est ce qu'il|il|y] (y a|a-t-il|a t il|a) (prochain) {_MEETUP} {_SOON}",
    f"[est ce qu'il|il] y a [(t il|-t-il)] [prochain] {_MEETUP} {_SOON} {_SOON}",
    f"[est ce qu'il|il] y a [(quoi|quelque chose)] [de] [prevu] {_SOON}",
    f"(qu'est ce qui est|quoi de) prevu {_SOON} [en] [{_MONTH}]",
    f"{_SEE} (agenda|calendrier|programme) [(rencontre|communaute|mois)]",
    f"(upcoming|coming|next) {_MEETUP}",
    f"(any|are there any) [upcoming] {_MEETUP} [(coming up|soon|planned|this week)]",
    f"(what is|what's|anything) (next|planned|coming up|on|happening) {_SOON}",
    f"(est ce qu'il|il|y|is there|are there|y a-t-il) [y] [a] [t il] [any] {_MEETUP} {_SOON} [en] [{_MONTH}]",
    f"{_MEETUP} [du] [{_DAY}] [est] [a] quel (heure|jour)",
    "quand [est ce qu'on] [on] (voit|reunit|retrouve) [on] [nous] [prochain] [fois]",
    f"programme [des] [prochain] {_MEETUP}",
    "[il] passe quoi (cette semaine|ce mois ci|ce mois|mois prochain|bientot|semaine prochaine|prochainement)",
    f"quel [prochain] {_MEETUP} [y a] [t il] [il y a] {_SOON} {_SOON}",
    f"quand est ce que [prochain] {_MEETUP} (a lieu|est)",
    f"quel {_MEETUP} (sont|est) (prevus|prevues|prevu|programmes) {_SOON} [ci]",
    f"(when's|when is) [the] [prochain] {_MEETUP}",
    f"prochain {_MEETUP} c'est (quel jour|quand|a quel heure)",
    f"(vous|est ce que vous) (avez|auriez) [des] {_MEETUP} [prevu] {_SOON}",
    f"(avez|auriez) vous [des] {_MEETUP} [prevu] {_SOON}",
    "(do you have|is there|are there) [any|a] (meetings|events|event|webinar|rencontre)"
    " [(soon|next week|this week|planned)]",
    f"what {_MEETUP} are (coming up|planned|next)",
    f"& {_MEETUP} (semaine|mois|quoi|lundi|mardi|mercredi|jeudi|vendredi|demain|week|month)"
    " (y a|avez|prevu|any|is there|quel|quoi|ya|what) !(inscris|inscrit|lien|pas|plus|rappelle|absent)",
    "& (rencontre|visio|atelier|webinaire|seance|conference|meetups|event|events)"
    " (prochain|prochaines|quand|prevu|prevus|prevue|prevues|programme|dates|agenda|calendrier|any|upcoming|bientot)"
    " !(inscris|inscrit|inscrire|participer|lien|viens|viendrai|pas|plus|organiser|creer|annuler|deplacer|rappelle"
    "|rappeler|rappel|remind|proposer|link|absent|sign)",
    f"& ({MEETUPS}) (quand|prochain|prevu|prevue|prevus|a venir|calendrier|dates|agenda|programme|organisez|organise"
    "|proposez|scheduled|planned|upcoming|next|when|what|any|which|quel jour|bientot|quoi|coming up|y a t il)"
    " (quand|quel|quoi|y a|vous|avez|what|when|which|any|connaitre|savoir|voir|donne me|is there|are there|how"
    "|c'est|prochain"
    f"|communaute|groupe|list) {_NOT_LISTED}",
    "& (voit|retrouve|reunit|revoit|rencontre|meet|meeting) (quand|when) (prochain|fois|groupe|communaute|tous"
    "|next|again)",
    "[(quel est|c'est quoi|donne me|voir|montre me)] programme [du] (mois|semaine|mois ci|semaine prochain"
    "|prochain mois)",
    f"(montre|affiche|liste|voir) ({MEETUPS}) (a venir|prochain|prevu)",
    "prochain (cafe|apero) [virtuel] [c'est] [quand|quel jour]",
    f"[~] [(voir|connaitre|avoir)] (calendrier|agenda|dates|programme|liste) [prochain] ({MEETUPS}) [a venir|prochain]",
)
_ONE = (
    "[(a|pour|pour le|du|to|for|au)] [(mon|cette|ce)] [prochain] [(rencontre|rendez vous|visio"
    "|atelier|seance|session|date)]"
)
_NAMED = (
    "[(a|pour|du|from|to|for|au)] [(cette|prochain)]"
    f" >(r|{_MEETUP[1:-1]}|lundi|mardi|mercredi|jeudi|vendredi|demain|tomorrow) …"
)
_ITS = f"[(a|pour|du|au)] [(cette|prochain)] >(r|{_MEETUP[1:-1]}) …"
_SIGN = "(inscris|inscrivez|inscrire|ajoute|ajoutez)"
_COME = "(participe|participerai|viens|viendrai|m'inscris|me inscris|serai present|assisterai)"
_TO = "(a|au|aux|pour)"
_NOT_COMING = (
    "!(volontaire|expert|referent|rappel|rappelle|remind|conge|absent|question|patient|lien|link|room|salle|train|taxi"
    "|hotel|table|billet|lit|consultation|medecin|docteur|bloc|quels|deja|liste des|reveil|retire|enleve|annule|wait"
    "|calendar|agenda|notice|noticed|impossibilite|incapacite|empeche|empechee|empechement)"
)
SIGN_UP = (
    f"{_SIGN} me {_ONE}",
    f"{_SIGN} me {_TO} …",
    f"{_SIGN} me {_NAMED}",
    f"~ {_SIGN} {_ONE}",
    f"~ {_SIGN} {_NAMED}",
    f"~ (participer|assister|venir|m'inscrire) {_ONE}",
    f"~ (participer|assister|venir) {_NAMED}",
    "~ (participer|assister) (a|au|aux) …",
    "& (comptez|compte|inscris|note|notez) me (participants|presents|inscrits|jeudi|lundi|mardi|mercredi|vendredi) …",
    "& (inscris|inscrire|participer|sign me up|register|count me in|viendrai)"
    f" {_MEETUP} !(quoi|quels|deja|comment|liste|volontaire|expert|lien) …",
    f"~ m'inscrire {_TO} …",
    f"[finalement] je (participe|participerai|assisterai|viendrai) {_TO} …",
    f"je {_COME} {_ONE}",
    f"je {_COME} {_NAMED}",
    f"[finalement] je m'inscris {_TO} …",
    f"je serai {_ITS}",
    f"(note|notez|compte|comptez|mets|mettez) [sur] me {_NAMED}",
    f"(reserve|reservez|garde|gardez) me [une] place {_ONE}",
    f"(reserve|reservez|garde|gardez) me [une] place {_NAMED}",
    f"(sign me up|count me in) {_ONE}",
    "(sign me up|count me in|put me down|book me|register me|add me) (to|for) …",
    f"(sign me up|count me in) {_NAMED}",
    f"~ (join|register|sign up) {_ONE}",
    f"~ (join|register|sign up) {_NAMED}",
    f"(I want|I'd like|I would like|can I|could I) [to] (come|attend) {_ONE}",
    f"(I want|I'd like|I would like|can I|could I) [to] (come|attend) {_NAMED}",
    f"comptez [sur] me [present] {_NAMED}",
    f"(oui|ok) {_NAMED}",
    f"(I'll|I will) (come|be there|attend|join) {_NAMED}",
    f"(I'm|I am|I'll be|I will) [(coming|come|there)] {_NAMED}",
    f"(I'll|I will) (come|be there|attend) {_ONE}",
    f"je serai [present|des votre|votre|parmi vous] >({DAYS}) …",
    f"&& (inscris|inscrire|ajoute|ajouter|compte|mets|mettre|reserve|register|sign|put|count|add|save) (me|my)"
    f" ({MEETUPS}|participants|presents|inscrits|place) {_NOT_COMING} …",
    f"&& (inscris|inscrire|compte|sign|count|my name down) (me|my) ({DAYS}) {_NOT_COMING} …",
    "je confirme [mon] (presence|venue|participation) (a|au|pour|du) …",
    f"&& je (viendrai|participerai|participer|assister|m'inscris|assisterai|serai present|serai votre) ({MEETUPS})"
    f" {_NOT_COMING} …",
    f"&& (i) (join|attend|come|be there|sign up|register) (want|like|ll|will|love|can) ({MEETUPS}) {_NOT_COMING} …",
)
_OFF = "(desinscris|desinscrivez|desinscrire|enleve|enlevez|retire|retirez|desinscription|decommande)"
_CANCEL = "(annuler|annule|annulez) [mon] (inscription|participation|presence|venue)"
_AWAY = "(pas|plus) [(venir|etre la|present|participer|assister)]"
_NOT_OFF = (
    "!(volontaire|expert|referent|bureau|travail|boulot|bloc|service|garde|astreinte|chambre|consultation"
    "|cantine|office"
    "|work|ward|shift|lien|link|connecter|connexion|acceder|rejoindre|patient|medecin|docteur|abonnement|liste des"
    " volontaires|visite|trouve|find|clinique|hopital|crash|semaine)"
)
SIGN_OFF = (
    f"{_OFF} [me] {_ONE}",
    f"{_OFF} me {_NAMED}",
    f"{_OFF} me (a|du|au) …",
    f"je (me desiste|me desinscris|decommande) {_ONE}",
    f"je (me desiste|me desinscris|decommande) {_NAMED}",
    f"(non|pas) {_NAMED}",
    f"~ {_OFF} {_ONE}",
    f"~ {_OFF} {_NAMED}",
    f"~ {_CANCEL} {_ONE}",
    f"~ {_CANCEL} {_NAMED}",
    f"je (viendrai|viens|peux|participerai|serai) {_AWAY} {_ONE}",
    f"je (viendrai|viens|peux|participerai|serai) {_AWAY} {_NAMED}",
    f"je (suis|serai) absent {_ITS}",
    f"je pourrai (pas|plus) [finalement] (venir|participer|etre la|assister) {_ONE}",
    f"je pourrai (pas|plus) [finalement] (venir|participer|etre la|assister) {_NAMED}",
    f"je pourrai finalement (pas|plus) (venir|participer|etre la|assister) {_NAMED}",
    f"[finalement] je (viendrai|viens|participerai|participe|assisterai) (pas|plus) {_TO} …",
    f"[finalement] je (peux|pourrai|vais) [finalement] (pas|plus) (venir|participer|assister|etre la) {_TO} …",
    f"[finalement] je serai (pas|plus) [(present|disponible)] {_TO} …",
    f"&& (impossibilite|incapacite|empeche|empechee|empechement) (assister|venir|participer|etre) ({MEETUPS}|{DAYS}) …",
    f"j'ai [un] empechement {_ITS}",
    f"j'ai [un] empechement {_TO} …",
    f"(take me off|remove me from) {_NAMED}",
    f"& (enleve|enlevez|retire|retirez|desinscris|desinscrivez) me {_MEETUP} …",
    "& (take me off|remove me from) (session|meeting|call|monday|tuesday|wednesday|thursday|friday) …",
    "& (annule|annuler|cancel|retirer|desinscrire|desinscris|renonce) (participation|inscription|presence|venue|seat"
    "|place|booking|registration) …",
    "& (viendrai|pourrai|peux|participerai|serai|can't|won't) (pas|plus|can't|won't|not) "
    "(lundi|mardi|mercredi|jeudi|vendredi|demain|monday|tuesday|wednesday|thursday|friday|tomorrow) !(lien|semaine) …",
    "& (viendrai|pourrai|peux|participerai|serai|can't|won't) (pas|plus|can't|won't|not) "
    f"{_MEETUP} !(lien|connecter|trouve|acceder|rejoindre|find|link) …",
    f"(sign me off|unregister me|remove me) {_ONE}",
    f"(sign me off|unregister me|remove me) {_NAMED}",
    f"cancel my (registration|seat|place|booking) {_ONE}",
    f"cancel my (registration|seat|place|booking) {_NAMED}",
    "I (can't|cannot|won't) [be able to] (make it|come|be there) (to|for) …",
    "I (can't|cannot|won't) [be able to] attend …",
    f"I (can't|cannot|won't) (make it|come|be there|attend) {_ONE}",
    f"I (can't|cannot|won't) (make it|come|be there|attend) {_NAMED}",
    f"&& me (enleve|retire|desinscris|remove|take|unregister|efface|raye|supprime) ({MEETUPS}|{DAYS}|participants"
    f"|participant|inscrits|presents) {_NOT_OFF} …",
    "&& (annule|annuler|cancel|supprime|supprimer|retire|retirer|withdraw) (mon|my) (participation|inscription|venue"
    f"|presence|place|spot|seat|booking|registration) {_NOT_OFF} …",
    f"&& je (viens|viendrai|peux venir|pourrai|participerai|peux participer|peux assister|peux etre|venir) (pas|plus)"
    f" ({MEETUPS}|{DAYS}) {_NOT_OFF} …",
    f"&& je (desiste|decommande|desinscris|renonce|empechement|dois annuler|suis oblige annuler) ({MEETUPS}|{DAYS})"
    f" {_NOT_OFF} …",
    "compte pas [sur] me (pour|a|au) …",
    f"&& impossible (venir|participer|assister|etre present) ({MEETUPS}|{DAYS}) {_NOT_OFF} …",
    f"&& (can't|won't|cannot|unable|not be able|not going) (make|come|attend|be there|join) ({MEETUPS}|{DAYS})"
    f" {_NOT_OFF} …",
    f"&& (i|my) (cancel|drop out|pull out|skip) ({MEETUPS}|{DAYS}) {_NOT_OFF} …",
)
_LINK = "(lien|url|adresse) [(du)] [(visio|connexion|rencontre|zoom|teams|visioconference)]"
LINK = (
    f"[(quel est|ou est|c'est quoi|donne me|donnez me|~ avoir|ou trouver)] {_LINK} [(rencontre|visio|pour"
    f")] [(demain|rencontre|aujourd'hui|la prochaine)]",
    f"j'ai (perdu|plus|pas|pas recu) {_LINK}",
    f"je (trouve|retrouve) (pas|plus) {_LINK}",
    f"(envoie|envoyez|renvoie|renvoyez|donne|donnez) me {_LINK}",
    f"~ (renvoyer|envoyer|donner|avoir|retrouver) {_LINK}",
    "(comment|ou) [je|on] (connecter|me connecter|se connecter|rejoindre|connecte|rejoint|me connecte)"
    " [a|pour] [(rencontre|visio)]",
    "(what's|what is|where is|send me) [the] link [for] [the] [(meeting|rencontre|call|meet up)]",
    "I (lost|can't find|don't have|need) [the] link [for] [the] [(meeting|rencontre|call)]",
    "how do I (join|connect) [to] [the] [(meeting|rencontre|call)]",
    f"(vous|est ce que vous) (avez|auriez|as) {_LINK}",
    "(where is|where's|what's|what is|send me|I need) [video|meeting|zoom|call] link",
    "& (trouve|trouver|retrouve|retrouver|perdu|recu|plus|pas|find|lost) (lien|link) (visio|visioconference|rencontre"
    "|zoom|teams|connexion|meeting|call)",
    "& (lien|url|adresse|link) (visio|visioconference|rencontre|zoom|teams|webconf|connexion|meeting|call|atelier)"
    " !(ajouter|ajoute|mettre|changer|proposer|partager)",
    "& (connecter|rejoindre|rejoins|acceder|connecte|join) (visio|visioconference|rencontre|zoom|teams|call|meeting)"
    " (comment|ou|arrive|peux|how|where|can't|trouve) !(volontaires|experts)",
    "& (trouve|trouver|retrouve|retrouver|perdu|recu|plus|pas|find|lost) (lien|link) (atelier|seance|formation"
    "|conference)",
    "(can|could) I (have|get) [the] [(video|meeting|visio)] link",
    f"(il est ou|ou est) {_LINK} [pour] [rencontre] [de] [cet] [(apres midi|matin|soir|demain|ce)]",
    f"je (arrive pas a|peux pas|n'arrive pas a) (me connecter|rejoindre|acceder|connecter) [a|au] {_MEETUP}",
    "& (lien|link|url) (redonne me|redonner|renvoie me|renvoyer|envoie me|envoyer|donne me|donner|repasse|passe"
    " me|send me"
    "|send|resend|give me|ou|pas|plus|perdu|retrouve|recu|svp|stp|please|commence|starts|lost|find|get|have|avoir"
    "|where|quel|what|besoin|need|manque|communiquer|transmettre|vite) (je|me|svp|please|i|ou|where|quel"
    "|commence|starts"
    "|nous|pas|on|avez|what|vite)"
    " !(ajouter|proposer|partager|entre|symptome|rapport|guide|document|ressource|site|vois|voit|aucun|avec"
    "|outil|utile|vous envoyer|vous transmettre|vous donner)",
    f"& (adresse|acces|accede|acceder|connecte|connecter|connexion|join|rejoindre|rejoint|invitation|salle|link)"
    f" ({MEETUPS}|rendez vous) (comment|ou|quel|how|where|arrive|quoi|communiquer|donne me|envoie me|renvoie"
    f"|avoir|peux|can"
    f"|retrouve"
    "|recu|besoin) !(volontaires|experts|volontaire|liste)",
    "… je (trouve|sais|comprends|vois) pas [comment] [on] me connecter",
    "lien [svp|please] [ca commence] [commence] [dans 5 minutes]",
)
_ELSEWHERE = re.compile(
    r"volontaire|expert|liste(?! (?:des |de |d')?(?:participant|inscrit|present))|demande|notification|referent"
    r"|\b(?:bureau|travail|boulot|work|office)\b"
)


def may_be_meetup(words: str) -> bool:
    """Whether the words may name a meet-up: no list of volunteers that one is put on, no place where one works."""
    return _ELSEWHERE.search(fold(words).text) is None
