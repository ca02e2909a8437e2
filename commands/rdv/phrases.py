"""How people speak of meet-ups without any command."""

import re

from bot.text.plain_text import fold

_MEETUP = "(rencontre|rendez vous|visio|visioconference|atelier|seance|date|conference|formation|event|session|meet up)"
_SEE = (
    "[(quel est|quel sont|quels sont|montre me|montrez me|~ voir|voir|affiche|donne me|what are|what is"
    "|show me|see|list)]"
)
_WHEN = (
    "[(quand|c'est quand|c quand|a quel heure|quel jour|when)] [(est|sont|is|are|a lieu|ont lieu|aura lieu|sera|quand)]"
)
_SOON = (
    "[(bientot|cette semaine|semaine prochaine|ce mois|ci|prochainement|a venir|prevu|programme|planifie|aujourd'hui)]"
)
_DAY = "(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain)"
_MONTH = "(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
NEXT_ONES = (
    f"{_SEE} {_WHEN} [(mon|votre|notre)] [prochain] {_MEETUP} {_SOON} {_SOON}",
    f"{_SEE} {_WHEN} [date] [de] prochain {_MEETUP} {_SOON}",
    f"quel est [date] prochain {_MEETUP}",
    f"[est ce qu'il|il|y] (y a|a-t-il|a t il|a) [des|une] (prochain) {_MEETUP} {_SOON}",
    f"[est ce qu'il|il] y a [(t il|-t-il)] [prochain] {_MEETUP} {_SOON} {_SOON}",
    f"[est ce qu'il|il] y a [(quoi|quelque chose)] [de] [prevu] {_SOON}",
    f"(qu'est ce qui est|quoi de) prevu {_SOON} [en] [{_MONTH}]",
    f"{_SEE} (agenda|calendrier|planning|programme) [(rencontre|communaute|mois)]",
    f"(upcoming|coming|next) {_MEETUP}",
    f"(any|are there any) [upcoming] {_MEETUP} [(coming up|soon|planned|this week)]",
    "what's (next|planned|coming up)",
    f"(est ce qu'il|il|y|is there|are there|y a-t-il) [y] [a] [t il] [any] {_MEETUP} {_SOON} [en] [{_MONTH}]",
    f"{_MEETUP} [de|du] [{_DAY}] [est] [a] quel (heure|jour)",
    "quand (se|est ce qu'on se) (voit|reunit|retrouve) [on] [nous] [prochain] [fois]",
    f"programme [des] [prochain] {_MEETUP}",
    f"quand est ce que [prochain] {_MEETUP} (a lieu|est)",
    f"quel {_MEETUP} (sont|est) (prevus|prevues|prevu|programmes) {_SOON} [ci]",
    f"prochain {_MEETUP} c'est (quel jour|quand|a quel heure)",
    f"(vous|est ce que vous) (avez|auriez) [des] {_MEETUP} [prevu] {_SOON}",
    f"(avez|auriez) vous [des] {_MEETUP} [prevu] {_SOON}",
    "(do you have|is there|are there) [any|a] (meetings|events|event|webinar|rencontre)"
    " [(soon|next week|this week|planned)]",
    f"what {_MEETUP} are (coming up|planned|next)",
)
_ONE = (
    "[(a|pour|pour le|de|du|to|for|au)] [(mon|cette|ce)] [prochain] [(rencontre|rendez vous|visio"
    "|atelier|seance|session|date)]"
)
_SIGN = "(inscris|inscrivez|inscrire|ajoute|ajoutez|note|notez)"
SIGN_UP = (
    f"{_SIGN} me {_ONE}",
    f"{_SIGN} me {_ONE} …",
    f"~ {_SIGN} {_ONE}",
    f"~ {_SIGN} {_ONE} …",
    f"~ (participer|assister|venir|m'inscrire) {_ONE}",
    f"~ (participer|assister|venir|m'inscrire) {_ONE} …",
    f"je (participe|participerai|viens|viendrai|m'inscris|me inscris|serai present|serai la|assisterai) {_ONE}",
    f"je (participe|participerai|viens|viendrai|m'inscris|me inscris|serai present|serai la|assisterai) {_ONE} …",
    "(reserve|reservez|garde|gardez) me [une] place",
    f"(reserve|reservez|garde|gardez) me [une] place {_ONE} …",
    f"sign me up {_ONE}",
    f"sign me up {_ONE} …",
    f"count me in {_ONE}",
    f"count me in {_ONE} …",
    f"~ join {_ONE}",
    f"comptez [sur] me [present] {_ONE} …",
    f"~ (sign up|register|come|attend) {_ONE}",
    f"~ (sign up|register|come|attend) {_ONE} …",
    "(I'm|I am|I'll be|I will) [(coming|come|there)] [to] … ",
)
_OFF = "(desinscris|desinscrivez|desinscrire|enleve|enlevez|retire|retirez|desinscription|decommande)"
SIGN_OFF = (
    f"{_OFF} [me] {_ONE}",
    f"{_OFF} [me] {_ONE} …",
    f"~ {_OFF} {_ONE}",
    f"~ {_OFF} {_ONE} …",
    f"~ (annuler|annule) [mon] (inscription|participation) {_ONE}",
    f"(annule|annulez) [mon] (inscription|participation|presence) {_ONE}",
    f"(annule|annulez) [mon] (inscription|participation|presence) {_ONE} …",
    f"je (viendrai|viens|peux|participerai|serai) (pas|plus) [(la|venir|etre la|present|participer|assister)] {_ONE}",
    f"je (viendrai|viens|peux|participerai|serai) (pas|plus) [(la|venir|etre la|present|participer|assister)] {_ONE} …",
    f"je (suis|serai) absent {_ONE} …",
    f"je pourrai (pas|plus) [finalement] (venir|participer|etre la|assister) {_ONE} …",
    f"je pourrai finalement (pas|plus) (venir|participer|etre la|assister) {_ONE} …",
    f"j'ai [un] empechement {_ONE} …",
    f"~ annuler ma (venue|participation|presence) {_ONE} …",
    f"(sign me off|unregister me|remove me) {_ONE}",
    f"(sign me off|unregister me|remove me) {_ONE} …",
    f"cancel my (registration|seat|place|booking) {_ONE}",
    f"cancel my (registration|seat|place|booking) {_ONE} …",
    f"I (can't|cannot|won't) (make it|come|be there|attend) {_ONE}",
    f"I (can't|cannot|won't) (make it|come|be there|attend) {_ONE} …",
)
_LINK = "(lien|url|adresse) [(de|du|de la)] [(visio|connexion|rencontre|zoom|teams|visioconference)]"
LINK = (
    f"[(quel est|ou est|c'est quoi|donne me|donnez me|~ avoir|ou trouver)] {_LINK} [(rencontre|visio|pour"
    f"|de)] [(demain|rencontre|aujourd'hui|la prochaine)]",
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
    "(can|could) I (have|get) [the] [(video|meeting|visio)] link",
    f"(il est ou|ou est) {_LINK} [pour|de] [rencontre] [de] [cet] [(apres midi|matin|soir|demain|ce)]",
    f"je (arrive pas a|peux pas|n'arrive pas a) (me connecter|rejoindre|acceder|connecter) [a|au] {_MEETUP}",
)
_NAMED = re.compile(r"\br\s?-?\s?\d{1,9}\b")


def names_a_meetup(words: str) -> bool:
    """Whether the words name one by its number."""
    return _NAMED.search(fold(words).text) is not None
