"""Words that mean the same when people speak of something in plain words, shared by the commands: data.

They are alternatives in the notation of `bot.text.phrases`, to be put between parentheses.
"""

from typing import Final

SOMEBODY: Final = (
    "quelqu un|collegue|confrere|consoeur|expert|specialiste|referent|personne|homologue|pair|professionnel|connaisseur"
    "|somebody|someone|anyone|anybody|colleague|peer|specialist|person|people|gens|utilisateur"
)
TRADES: Final = (
    "pharmacien|pharmacienne|psychologue|hygieniste|dim|drh|daf|dsi|rssi|dpo|ergotherapeute|ergo|kine|kinesitherapeute"
    "|dieteticien|dieteticienne|qualiticien|qualiticienne|juriste|acheteur|acheteuse|biomedical|radiopharmacien"
    "|biologiste|ide|idec|cadre|infirmier|infirmiere|geriatre|psychiatre|medecin|directeur|directrice|ingenieur"
    "|comptable|formateur|logisticien|assistante sociale|orthophoniste|informaticien|developpeur|sage femme"
    "|secretaire|pharmacist|nurse|lawyer|engineer|doctor|physician|psychologist|dietitian|therapist|manager|director"
    "|midwife|consultant|administrator"
)
PLACES: Final = (
    "ehpad|hopital|etablissement|structure|equipe|service|ght|chu|clinique|communaute|groupe|hospital|hospitals|team"
    "|ward|trust|site|organisation"
)
TALK: Final = (
    "parler|parle|discuter|echanger|contact|contacter|joindre|relation|conseil|conseiller|avis|retour|experience"
    "|temoignage|eclairage|eclairer|aider|aide|expliquer|orienter|renseigner|relire|accompagner|guider|depanner"
    "|question|solliciter|partager son|talk|speak|advice|advise|chat|discuss|hear from|connect|touch|pick|help|guide"
    "|insight|input|feedback|opinion|ask|interroger|comparer|repondre|contacts|consulter|raconter|dis comment"
)
WISHED: Final = (
    "veux|besoin|cherche|recherche|peux|faudrait|mettre|possible|need|want|like|love|looking|could|can|would|any|avez"
    "|y a|connais|serait|bienvenu|chance|accepterait|disponible|trouver|trouve"
)
ME: Final = "je|me|nous|on|i|we|us"
MEETUPS: Final = (
    "rencontre|visio|visioconference|atelier|seance|conference|session|webinar|webinars|workshop|events|event"
    "|cafe virtuel|meetups|classe virtuelle|salle virtuelle|webconf|journee d'echange"
)
DAYS: Final = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|monday|tuesday|wednesday|thursday|friday|tomorrow"
)
ROLE: Final = "volontaire|expert|referent|personne ressource|volunteer|volunteers|volunteering|experts|mentor"
WRITTEN: Final = (
    "outil|logiciel|application|guide|document|fiche|ressource|modele|exemple|protocole|procedure|grille|trame|tableau"
    "|questionnaire|kit|referentiel|recommandation|article|etude|rapport|tuto|tutoriel|checklist|check list|charte"
    "|plaquette|affiche|support|livret|formulaire|canevas|cahier des charges|annuaire|cartographie|reglementation"
    "|template|tool|software|form|spreadsheet|guideline|guidelines|leaflet|policy|toolkit|resource|resources"
    "|documents|video|bibliographie|mode operatoire|fiche reflexe|convention type|memo|sample|samples|job"
    " description|comparatif|reference|references"
    "|dashboard|plan type|registre|texte reglementaire|instruction"
)
DEVICE: Final = (
    "serveur|reseau|wifi|wi fi|imprimante|etiqueteuse|logiciel|dpi|outlook|messagerie|mail|vpn|ordinateur|ordi|pc"
    "|ecran|session|mon compte|mot de passe|carte cps|cps|carte vitale|lecteur|application|appli|interface"
    "|tablette|telephone"
    "|site|portail|connexion|internet|teams|excel|word|scanner|clavier|souris|windows|navigateur|viatrajectoire"
    "|mssante|pro sante connect|citrix|webcam|server|network|printer|software|ehr|emr|login|password|laptop|computer"
    "|screen|email|app|keyboard|mouse|browser|pacs|ris|sih|sgl|lims|impression|sauvegarde|mise a jour|update|poste"
    "|chariot informatique|douchette|teleservice|intranet|fichier|dossier patient|dossier informatise|mails|emails"
    "|system|database|firewall|antivirus|dossier partage|base de donnees|connecter|imprimer|printing"
)
BROKEN: Final = (
    "panne|plante|plantent|bug|bugue|bugge|beug|beugue|bloque|rame|fige|gele|crash|marche plus|marche pas"
    "|fonctionne plus|fonctionne pas|ouvre plus|ouvre pas|lance plus|envoie plus|envoie pas|recois plus|recoit plus"
    "|recois pas|recoit pas|repond plus|repond pas|affiche plus|affiche pas|affiche rien|imprime plus|imprime pas"
    "|remonte plus|remontent plus|connecte plus|connecte pas|reconnait plus|reconnait pas|plus reconnu|pas reconnu"
    "|synchronise plus|synchronise pas|charge plus|charge pas|demarre plus|demarre pas|allume plus|apparait plus"
    "|enregistre plus|enregistre pas|passe plus|communique plus|part plus|partent plus|erreur|ecran bleu|ecran noir"
    "|down|crashes|crashing|crashed|broken|frozen|freezes|freezing|keeps|won t|doesn t|isn t|not working"
    "|stopped working|stopped|fails|failing|failed|slow|stuck|lent|saute|decroche|deconnecte|deconnexion|en boucle"
    "|impossible|arrive plus|arrive pas|peux plus|peux pas|disparu|rade|hs|tombe|foire|deconne|lache|verrouille"
    "|locked|can t|cannot|unable|no longer|refuses|refuse de|hors service|plus acces|pas acces|trouve plus|vois"
    " plus|rejette|trace plus|calcule plus|transmet plus|lit plus|bloques|plus rien|verrouillee|expire|reset"
    "|perdu|corrompu"
)
