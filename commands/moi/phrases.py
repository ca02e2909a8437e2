"""How people say, without any command, what concerns only themselves."""

import re

from bot.text.plain_text import fold
from bot.time.typed_zones import zone_named

PAUSE = (
    "(mets|mettez) me en pause",
    "~ mettre en pause",
    "~ faire une pause",
    "je (fais|prends|mets) pause [pendant] [(deux|2|trois|3|quelques|1)] [(semaine|semaines|mois|jours)]",
    "(envoie|envoyez) me plus [de] demandes",
    "me (envoie|envoyez) plus [de] demandes [(pour le moment|en ce moment|cette semaine|ce mois ci)]",
    "~ envoyer plus [de] demandes",
    "[je veux] plus [recevoir] [aucune] (demandes|sollicitations)",
    "je suis plus disponible",
    "je suis (debordee|deborde|surchargee|surcharge) plus de demandes",
    "& je suis (debordee|deborde|surcharge|submerge)",
    "(pause|stop) [my] requests",
    "I need a break [from requests]",
    "no [more|new|further] (requests|questions) [for a while] [for now] [this (week|month)]",
    "j'ai trop de demandes [en ce moment] [stop]",
    "je (prefere|veux) (plus|ne plus) etre sollicite [pendant] [un] [(mois|semaine)]",
    "please pause",
    "(sollicite|sollicitez) me plus [pendant] [(deux|2|3|trois|quelques|1)] [(semaine|semaines|mois|jours)]",
    "me (sollicite|sollicitez) plus [pendant] [(deux|2|3|trois|quelques|1)] [(semaine|semaines|mois|jours)]",
    "& (trop) (demandes|sollicitations) (pause|stop|souffler|moins)",
    "& me (proposez|propose|envoie|envoyez|sollicite|sollicitez|solliciter) plus (rien|demandes|moment|temps|pendant)",
    "& (mets|mettez|mettre|passer) (me|nous) (pause|sourdine|veille)",
    "& je (deborde|surcharge|submerge|trop de travail|trop de boulot|peux plus) (demandes|sollicitations|sollicite"
    "|questions)",
    "& (pause|stop|less|fewer|no more) (requests|questions) (me|my|for a while|now|please|few)",
    "je veux [faire] [une] pause [de] [(deux|2|trois|3|quelques|1)] [(semaine|semaines|mois|jours)]",
    "(propose|proposez) me plus rien",
    "me (propose|proposez) plus rien",
)
RESUME = (
    "je suis [de] (retour|rentree|rentre|revenu) [de] [mon] [(conge|vacances|arret)]",
    "je suis revenu [de] [(conge|vacances|mes conges|mon conge)]",
    "je (reprends|suis a nouveau disponible|suis disponible a nouveau|suis de nouveau disponible)",
    "vous peux [me] (renvoyer|envoyer) [a nouveau] [des] demandes [a nouveau]",
    "fin [de] [ma] pause",
    "& (revoila|solliciter|sollicitez|demandes) (nouveau|revoila|reprendre|reprends) !(plus)",
    "& je (retour|rentre|revenu|reviens) (conge|vacances|disponible|demandes|boulot|travail|reprends|solliciter)",
    "& (nouveau|redevenu|reprends) (disponible|demandes|sollicitations|aider|repondre) !(plus) !(pas)",
    "I'm back",
    "& back (holiday|leave|requests|available|work|vacation|conge) ",
    "& (send|ask) me (requests|questions) again",
    "I am back",
    "(I'm|I am) available again",
    "send me requests again",
    "je peux [a nouveau|de nouveau] (repondre|aider|recevoir des demandes) [a nouveau|de nouveau]",
    "[I'm] ready (to take|for) requests [again]",
)
WORKPLACE = (
    "je (change|ai change|vais changer) (etablissement|service|poste|hopital|employeur|metier|fonction|ehpad"
    "|structure)",
    "~ (completer|remplir|modifier|mettre a jour|corriger) mon profil",
    "(update|change|edit|complete) my profile",
    "~ (update|change|edit|complete) my profile",
)
_GONE = (
    "(absent|en conge|conge|en arret|arret|en rtt|rtt|en recup|recup|en deplacement|en mission"
    "|en repos|repos|pas joignable|injoignable|off|away|out|out of office|on conge|on vacation|on maternity"
    " conge|on training|indisponible"
    "|pas disponible|non disponible|not available|unavailable|en congres|en stage|en maternite)"
)
_GONE_FOR = (
    "[(maladie|maternite|mat|paternite|parental|annuel|sans solde|sick|travail|office|work|sabbatique|formation|pat"
    "|bonifie|maternity|training|pendant|toute|tout|for)]"
)
AWAY = (
    "je (suis|serai) (absent|en conge|en vacances|indisponible|pas disponible|en deplacement) …",
    "je (suis|serai) pas …",
    "suis pas [la] …",
    "(pas|plus|non) disponible …",
    "indisponible …",
    "je (travaille|bosse) pas …",
    "je (pars|suis|serai) en (conge|vacances|formation) (maternite|paternite|parental|annuel|maladie|annuels) …",
    "je (pars|vais) en (conge|vacances) …",
    "(notez|note) que je (suis|serai) (absent|en conge|indisponible) …",
    "[mon] (conge|conges|vacances|absence|absent|en conge) …",
    "je (suis|pars) en (arret|arret maladie|formation|deplacement|conge maternite|conge paternite|mission|stage"
    "|congres) …",
    "je serai en (arret|arret maladie|conge maternite|conge paternite) …",
    "(off sick|on leave|off|away|out of office|on holiday|out|sick) …",
    "en (formation|deplacement|arret) …",
    "je suis en (rtt|recup|repos|ca) …",
    "je (prends|pose) [mon] (conge|vacances) …",
    "I (won't be|will not be) (available|there|in|at work) …",
    "(I'm|I am|I'll be|I will be) (away|on holiday|on leave|off|absent|on conge) …",
    f"[je] [(suis|serai|serais|pars|vais etre|vais|m'absente|me mets|prends|pose|suis mis|suis mise)] {_GONE}"
    f" {_GONE_FOR} …",
    f"[(I|we)] [(am|m|ll be|will be|shall be|be)] [currently] {_GONE} {_GONE_FOR} …",
    "je pars (2|3|4|5|8|10|15|deux|trois|quinze|quelques) (jours|semaines|mois) …",
    "[je] [(suis|serai|pars)] en vacances [(a|a partir)] …",
    "je [m']absente [me] [(pour|pendant|toute)] …",
    "(sollicite|solliciter|derange|contacte|demande) [me] [rien] (pas|plus|rien) [me] (pendant|durant) mon"
    " (conge|absence|arret|formation) …",
    "me (sollicite|solliciter|derange|contacte) (pas|plus) (pendant|durant) mon (conge|absence|arret|formation) …",
    "(pas|plus) me (sollicite|solliciter|derange|contacte) [(pendant|durant)] [mon] [(conge|absence|arret"
    "|formation)] …",
)
AT_WORK = (
    "& (je suis|je travaille|j'exerce|je bosse) …",
    "& (I am|I'm|I work) …",
)
PROFILE = (
    "[voir] mon (profil|reglages|parametres|inscriptions)",
    "& inscrit (quoi|quels|liste|voir|deja) !(inscris|inscrire|comment)",
    "& mon (inscriptions|reglages|parametres|profil|preferences) !(annule|annuler|supprime|supprimer|efface|effacer)",
    "& (my|I) (registrations|settings|registered|signed up for) (what|see|show|list|which|my)",
    "my (settings|profile|registrations)",
    "a quels rencontre (suis je|je suis) (inscrit|inscrite)",
    "je suis inscrit a quoi",
    "[a] quoi (suis je|je suis) inscrit",
    "~ (voir|changer) mes (inscriptions|reglages|parametres)",
)
ENGLISH = (
    "(parle|parlez|ecris|ecrivez|reponds|repondez|passe|passez) [me] [en] anglais",
    "~ (parler|ecrire|repondre|passer) [en] anglais",
    "~ (parler|ecrire|repondre) [me] [en] anglais",
    "[je prefere] [en] anglais",
    "I don't (speak|understand|read) French",
    "I do not (speak|understand|read) French",
    "[in] English",
    "do you speak English",
    "(can|could|shall) we (switch|change) to English",
    "(can|could|shall) we (speak|talk|write|continue|go on|do this) [in] English",
    "je (parle|comprends|lis) pas [le] francais",
    "~ [you] (speak|write|answer|reply|talk) [to me] [in] English",
    "(speak|write|answer|switch|change) [to|to me] [in] English",
)
FRENCH = (
    "(parle|parlez|ecris|ecrivez|reponds|repondez|passe|passez) [me] [en] francais",
    "~ (parler|ecrire|repondre|passer) [me] [en] francais",
    "[je prefere] [en] francais",
    "(speak|write|answer|switch|change) [to|to me] [in] French",
    "[in] French",
)
_NOT_SPOKEN = (
    "!(patient|traduis|traduction|traduire|mail|document|outil|guide|formation|cours|radio|texte|collegue"
    "|article|famille"
    "|logiciel|version|translate|file|report|letter|fiche|medecin|notice|film|question|compte rendu|courrier)"
)
LANGUAGE = (
    *(f"{phrase} => en" for phrase in ENGLISH),
    *(f"{phrase} => fr" for phrase in FRENCH),
    "(repassons|repasse|repassez|revenons|reviens|revenez) (en|au) francais => fr",
    "je prefere que vous me (repondez|ecrivez|parlez) en anglais => en",
    "& (en anglais|in English) (parle|parlez|ecris|reponds|repondez|passer|passe|preferer|speak|reply|write"
    "|answer|switch"
    "|prefer|continue|talk|please) => en",
    "& (en francais|in French|to French|au francais) (parle|parlez|ecris|reponds|repondez|passer|passe"
    "|repassons|revenez"
    "|reviens|remets|speak|back|switch|write|prefere|retour|continuer) => fr",
    "&& (anglais|english) (en|in|to|au) (parle|parler|ecris|ecrire|reponds|repondre|repond|passe|passer|remets"
    "|remettre|repasse"
    "|repasser|reviens|revenir|bascule|basculer|mets|mettre|continue|continuer|switch|messages|recevoir|write|speak"
    "|answer|reply|talk|back|change|use|language|choose|go|turn|get|have|discuter|communiquer|echanger)"
    f" (me|vous|veux|you|i|je|we|on|nous|please|prefere|svp|language|langue) {_NOT_SPOKEN} => en",
    "&& (anglais|english) (better|easier|mieux|plus simple|plus facile|prefere|prefer|rather|arrange|plus a l'aise)"
    f" {_NOT_SPOKEN} => en",
    "(parle|parlez|speak|talk) (anglais|english) [please|svp|to me] => en",
    "je (parle|comprends|lis|maitrise) (pas|mal|rien) [en|a] (francais|french) [ecris|reponds|parle|passe] [me]"
    " [en] (anglais|english) => en",
    "&& (francais|french) (en|in|to|au) (parle|parler|ecris|ecrire|reponds|repondre|repond|passe|passer|remets"
    "|remettre|repasse"
    "|repasser|reviens|revenir|bascule|basculer|mets|mettre|continue|continuer|switch|messages|recevoir|write|speak"
    "|answer|reply|talk|back|change|use|language|choose|go|turn|get|have|discuter|communiquer|echanger)"
    f" (me|vous|veux|you|i|je|we|on|nous|please|prefere|svp|language|langue) {_NOT_SPOKEN} => fr",
    "&& (francais|french) (better|easier|mieux|plus simple|plus facile|prefere|prefer|rather|arrange|plus a l'aise)"
    f" {_NOT_SPOKEN} => fr",
    "(parle|parlez|speak|talk) (francais|french) [please|svp|to me] => fr",
    "je (parle|comprends|lis|maitrise) (pas|mal|rien) [en|a] (anglais|english) [ecris|reponds|parle|passe] [me]"
    " [en] (francais|french) => fr",
    "~ changer langue",
    "(change|changez) langue",
    "~ change [my] language",
)
PRIVACY = (
    "[est ce que] vous (enregistres|gardes|conserves|lis|stockes|enregistrez|gardez|conservez|lisez) "
    "(nos conversations|ce que j'ecris|mes messages|nos messages|nos discussions|nos echanges|tout)",
    "[est ce que] (c'est|ce est) (confidentiel|anonyme|prive|secret) [ici]",
    "who (can|could|will|does) [else] (see|read) (what I (write|say|type)|my messages|my message|this) [here]",
    "qui (peux|va) (lire|voir) (mes messages|ce que j'ecris|mon message)",
    "combien de temps (gardes|gardez|conservez) vous [mes|nos] (messages|donnees|conversations)",
    "que (fais vous|faites vous) [de] mon donnees",
    "qu'est ce que vous (fais|faites) [de] mon donnees",
    "[politique] [de] confidentialite",
    "(are|is) (my messages|this|it) (private|confidential|anonymous)",
    "do you (store|keep|record|read) (our conversations|my messages|everything|what I write)",
    "(c'est|est ce) confidentiel [ce] [que] [je] [vous] [(dis|ecris)]",
    "privacy [policy]",
    "& (lire|voir|voit|lit|vois|voient|lisent|lu|acces|accede|read|see|lus|surveille|espionne)"
    " (mon messages|mon message|ce que j'ecris|ce qu'on ecris|mon conversations|notre echanges|mon echanges|j'ecris ici"
    "|what I write|my messages|what we write|notre discussion)",
    "& (confidentiel|confidentielle|prive|privee|secret|anonyme|private|confidential|securise)"
    " (c'est|ici|conversation|messages|echanges|discussion|chat|bot|this|ecris) !(cherche|outil|logiciel"
    "|document|guide)",
    "notre (echanges|messages|conversations) restent ils (entre nous|secrets|prives|confidentiels)",
    "& (entre nous|secret) (echanges|messages|discussion|conversation|reste|restent|ca|ce)",
    "& (mon donnees|messages|conversations|my data) (stocke|stockees|conserve|conservees|heberge|hebergees"
    "|gardees|stored|kept)"
    " !(outil|guide|logiciel|patient|patients)",
    "[est ce que] mes messages sont (lus|enregistres|gardes|conserves) [par] [quelqu'un]",
    "mes messages sont ils (enregistres|gardes|conserves|lus)",
    "is this [(chat|conversation|room)] (private|confidential|anonymous)",
    "[est ce que] [mon] (collegues|autres|chef|equipe) (voit|voient|peux voir|lit|lisent)"
    " (ce que j'ecris|mes messages) [ici]",
    "qui (lit|voit) (mes messages|ce que j'ecris|mon message)",
    "qui [d'autre] (peux|va) [bien] (lire|voir|acceder a) [ce que] [je] [vous] (ecris|dis|envoie|raconte) [ici]",
)
_NOT_SHOWN = (
    "!(efface|effacez|effacer|supprime|supprimer|delete|erase|remove|oublie|effacement|suppression|patient"
    "|dossier|forget"
    "|wipe|retire|outil|guide|document|quelqu un|collegue|famille|medecin)"
)
DATA = (
    "quels donnees (avez vous|vous avez|gardez vous|gardes vous|vous gardez) (sur me|de me)",
    "que (sais vous|vous sais|savez vous) [sur] me",
    "(montre|montrez|dis|dites) me [ce] que (vous sais|vous savez|vous gardes|vous gardez) [sur] me",
    "vous (sais|savez) quoi [sur] me",
    "qu'est ce que vous (sais|savez|gardez|gardes|avez|conservez|stockez) [sur] me",
    "[(voir|acces a|exporte|exportez|montre moi|montrez moi|donne moi)] mon donnees [personnelles]",
    "~ (voir|recuperer|consulter|exporter|telecharger|avoir) mon donnees [personnelles]",
    "what do you (know|keep|store|have) (about|on|of) me",
    "quels information (avez vous|vous avez|gardez vous|gardes vous|vous gardez) (sur me|de me)",
    "~ [avoir|recevoir] [une] copie [de] mon donnees",
    "(show|give) me my data",
    "& (savez|sais|gardez|gardes|conservez|conserves|enregistre|enregistrez|stocke|stockez|avez|detenez|know"
    "|keep|store)"
    " (sur me|a mon sujet|me concernant|me concerne|about me|on me) !(efface|effacez|supprime|supprimez|delete|erase)",
    "& (copie|export|exporter|recuperer|telecharger|acceder|consulter|copy|download) (mon donnees|my data)",
    "& (donnees|information|data|tout|que|quoi|what|everything) (sur me|a mon sujet|me concerne|concernant me"
    "|me concernant"
    "|about me|on me|sur mon personne|personnel|personnelles|a mon propos|sur mon compte|i ecris|vous ecris)"
    " (sais|gardez|garde|conserve|conservez|enregistre|stocke|avez|detenez|detiens|possede|know|keep|store|hold|have"
    "|collect|collecte|montre|voir|savoir|connaitre|copie|export|exporter|telecharger|acceder|acces|recuperer"
    "|transmettre|consulter|donne|communiquer|see|show|copy|download|access|obtenir|recevoir|memorise|retenu|retiens)"
    f" {_NOT_SHOWN}",
    f"& (mon donnees|mon information|my data|my information|donnees personnelles|information personnelles)"
    f" (copie|export"
    f"|exporter|recuperer|telecharger|acces|acceder|consulter|voir|montre|copy|download|see|show|access|obtenir"
    f"|transmettre|donne|recevoir|connaitre|get) {_NOT_SHOWN}",
    "& (droit) (acces) (donnees|rgpd|information|exercer|personnelles)",
    "[see] my [personal] data",
    "~ (see|download|export) my data",
)
_ERASE = "(efface|effacez|supprime|supprimez|effacer|supprimer|enleve|enlevez)"
_NOT_ERASED = (
    "!(est efface|est supprime|a ete|ameli|patient|dossier|facebook|outlook|volontaire|expert|rencontre"
    "|inscription|rappel|rappels|mon demande|question"
    "|liste|comment|pourquoi|why|how|fichier|document|ligne|tableau|photo|messagerie|mail|windows|ordinateur|message"
    "|collegue|medecin|notification|notifications|don't|compte rendu|participation|seance|atelier|messages|imprimante)"
)
OBLIVION = (
    f"{_ERASE} [tout] [mon] (donnees|compte|historique) [personnelles]",
    f"~ {_ERASE} [tout|toutes] mon (donnees|compte|historique) [personnelles]",
    f"[~] {_ERASE} tout ce que vous (savez|avez) [sur] me",
    f"{_ERASE} tout [ce que vous (savez|sais|avez) [sur] me]",
    "(oublie|oubliez) me",
    f"{_ERASE} me [completement] [votre] [(base|fichier|systeme|registre)]",
    "je veux (qu'on|que vous) [me] (oublie|oubliiez|efface|effaciez|supprime) [me]",
    "~ (etre oublie|etre efface)",
    "~ (disparaitre|sortir|etre efface|etre supprime|etre retire) [completement] votre (base|fichier|fichiers"
    "|systeme|registre|base donnees)",
    "[je veux] [mon] [exercer] droit a l'oubli",
    "[je veux] [demande] l'effacement [de] mon donnees",
    "je demande l'effacement [de] mon donnees",
    "(delete|erase|remove) [all] [of] my (data|account)",
    "~ (delete|erase|remove) [all] my (data|account)",
    f"[je veux] [que] [vous] {_ERASE} tout ce qui me concerne",
    "[je veux] [que] [vous] (effaciez|supprimiez) tout ce qui me concerne",
    "je veux [que] mon donnees [soient|etre] (supprimees|effacees)",
    "(delete|erase|forget) everything [you know about me]",
    "forget me",
    "[~] exercer [mon] droit a (l'effacement|l'oubli)",
    f"{_ERASE} [(tout|toutes)] mon information",
    "(delete|erase|remove) my (data|account) and everything [about me]",
    "& (efface|vire|virez|jette|effacer|effaciez|effacement|supprime|supprimer|supprimiez|suppression|oublier"
    "|detruire|detruisez|delete"
    "|deleted|deletion|erase|erased|remove|removed|wipe|wiped|purge|nettoie|retire|fais disparaitre|disparaitre|droit"
    " oubli)"
    " (donnees|information|compte|profil|historique|tout|data|account|profile|traces|trace|everything|history|details)"
    f" (mon|me|my|vous|personnel|personnelles|rgpd|svp|je|i) {_NOT_ERASED}",
    "(efface|oublie|supprime|enleve|retire|sors) me [de] (votre|cette) (memoire|base|systeme|fichier|serveur|registre)",
    "forget me [I'm] [leaving] *",
)
_LIVE = (
    "(viens me installer|me suis installe|suis en poste|ai ete mute|viens d'etre mute|suis parti vivre"
    "|suis installe|suis base|suis mute|suis affecte|suis arrive|viens arriver|viens m'installer|ai demenage"
    "|am based|m based|have moved|now live|now work|suis domicilie|suis nomme|vais vivre|suis desormais"
    "|suis maintenant|suis actuellement|est base|sommes bases|suis|habite|vis|travaille|reside|bosse|exerce"
    "|demenage|live|work|am|m|moved|sommes|est)"
)
ZONE = (
    "[me] je (suis|habite|vis|travaille|reside|bosse|exerce) [base|basee] [actuellement] a la reunion => La Réunion",
    "je (suis|habite|vis|travaille) a la reunion me [il est] * [heures] * => La Réunion",
    "[me] je (suis|habite|vis|travaille|reside|bosse|exerce) [base|basee] [actuellement] [a|en|au|aux]"
    " [l'heure] [de] …",
    "[(ici|chez nous)] (on|nous) (est|sommes) [a|en|au|aux] …",
    "[mon] (fuseau horaire|fuseau) [(est|ce est)] [(celui de|ce|a)] la reunion => La Réunion",
    "[mon] (fuseau horaire|fuseau) [(est|ce est)] [(celui de|a)] …",
    "~ (changer|change|mettre|regler) [mon] (fuseau horaire|fuseau) [(pour|a|sur|en)] …",
    "(change|changez|mets) [mon] (fuseau horaire|fuseau) [(pour|a|sur|en)] …",
    "(change|changez) [mon] (fuseau horaire|fuseau)",
    "~ changer [mon] (fuseau horaire|fuseau)",
    "[quel] [est] [mon] fuseau [horaire]",
    "I (live|work|am) in …",
    f"[me] (je|on|nous|I|we) {_LIVE} [(maintenant|desormais|actuellement|now|depuis peu)] [(a|en|au|aux|in|to|sur)] …",
    "(mets|mettez|passe|passez|regle|reglez|cale|calez) [vous] [me] (a|sur) [heure] …",
    "(use|set|switch to) [my] [(time|clock|timezone|time zone)] [(is|to|of)] …",
    "I'm in …",
    "[set] my (time zone|timezone) [(is|to)] …",
    "[what is] my (time zone|timezone)",
)
_DAY = re.compile(
    r"(?:(?:du|de|des|le|la|les|l'|jusqu'?|jusqu'a|toute? (?:la|le)|a|au|dans|pendant|pour|toute?|tous|en|ce"
    r"|cette|this|partir|on|from|until|the|between|entre"
    r"|a partir|depuis|next|all|for)[ ']+){0,3}(?:\d|aujourd'?hui|demain|apres[- ]demain|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|semaine|mois|jusqu|week-?end|matin"
    r"|soir|noel|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|fin "
    r"|debut |la fin|mi-|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january"
    r"|february|march|april|may|june|july|august|september|october|november|december|(?:un|une|deux|trois|quatre|cinq"
    r"|dix|quinze|one|two|three|four|quelques)(?: a \w+)? (?:jours?|semaines?|mois|days?|weeks?|months?))"
)


def names_a_day(words: str) -> bool:
    """Whether the words of an absence name one; otherwise they say why, or how."""
    return _DAY.match(fold(words).text.strip(" :")) is not None


_WORKS_AT = re.compile(
    r"^(?:(?:a l'|au |aux |a la |a |l'|en |in |the )?(?:chu|chr|chd|ch|ehpad|hopital|clinique|centre hospitalier|mairie"
    r"|hospital|universite|saint[ -][a-z]+|fort[ -]de[ -]france|ile)(?: universitaire)?) (?:de |d'|du |of |in )",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?: a partir (?:de|d').*| depuis .*| maintenant| desormais| now| since .*| from .*| pour .*| jusqu.*| donc.*"
    r"|[,.;:(].*)$",
    re.IGNORECASE,
)


def place_of(words: str) -> str:
    """The place in what somebody says of where they live: « au CHU de la Réunion depuis lundi »."""
    plain = _SINCE.sub("", fold(words).text).strip()
    return _WORKS_AT.sub("", plain, count=1)


def is_zone(words: str) -> bool:
    """Whether somebody who says where they are names a place whose hour we know: « en réunion » is none."""
    return place_of(words) not in ("reunion", "meeting") and zone_named(place_of(words)) is not None
