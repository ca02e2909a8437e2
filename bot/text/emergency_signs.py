"""The words of somebody in danger, or in a hurry, folded: no accents, no capitals."""

from typing import Final

_SOMEBODY: Final = (
    r"(?:patiente?|residente?|collegue|proche|amie?|mari|femme|fils|fille|mere|pere|enfant|personne|dame|monsieur"
    r"|bebe|jeune|agente?|soignante?|visiteur|visiteuse|quelqu'un|resident|colleague|someone|somebody|child)"
)
_SHE: Final = rf"(?:je|il|elle|on|i|he|she|they|{_SOMEBODY})"
_IS: Final = r"(?:est|suis|sommes|sont|is|am|are)"

HURRY: Final = (
    r"^\W*(?:urgent|urgente|urgently)\b|\burgentissime\b",
    r"(?:^|[,.;:!?(\[-]) ?(?:urgente?|urgence|emergency) ?(?:$|[,.;:!)\]])",
    r"\b(?:urgente?|urgence|emergency) ?!",
    r"\b(?:est|semble|tres|trop|vraiment|extremement|hyper|ultra|super|c'est|it's|is|very|really|so|extremely)"
    r" (?:\w+ )?urgente?\b",
    r"\b(?:besoin|demande|question|reponse|aide|cas|situation|probleme|avis|conseil|need|help|request|answer)"
    r" (?:tres |vraiment |extremement )?urgente?\b",
    r"\burgent (?:need|help|advice|request|question|besoin)\b",
    r"\b(?:need|help|answer|reply|call|advice)\b[^.?!]{0,40}\burgently\b|\burgently (?:need|require)",
    r"\b(?:besoin|aide[rz]?|repond\w*|rappel\w*|appel\w*|venez|vite|contact\w*|reponse|avis)\b"
    r"[^.?!~]{0,40}\b(?:d'|en )urgence\b",
    r"\b(?:c'est|est|j'ai|ai|avons|avez|y a|this is|it's|it is|have|got)(?: bien| vraiment)?"
    r"(?: une| l'| an| a)? ?(?:vraie |grosse |real |medical )?(?:urgence|emergency)\b",
    r"(?:^|[:!.,;-] ?|\bune )urgence (?:vitale|patiente?|residente?|absolue|medicale|extreme)\b",
    r"\burgence (?:en|dans la|a la|au) (?:chambre|salle|bloc|etage|accueil)\b",
    r"\bsos\b|\bau secours\b|\ba l'aide ?(?:!|$)",
    r"\bbesoin d[eu'][^.?!]{0,30} (?:tout de suite|immediatement|maintenant)\b",
    r"\bhelp me (?:now|quick|quickly)\b|\bhelp ?!",
)

_BODY: Final = (
    r"\brespire(?:nt)? (?:plus|pas|mal|tres mal|difficilement|a peine)\b",
    r"\bn'arrive (?:plus|pas) a respirer\b|\b(?:mal|peine) a respirer\b|\barretee? de respirer\b",
    r"\b(?:not|isn't|stopped|barely|hardly) breathing\b|\b(?:can't|cannot|can not) breathe\b",
    r"\b(?:plus|pas) de pouls\b|\bno pulse\b|\bpronostic vital\b",
    rf"\b(?:{_IS}|tombee?|retrouvee?|trouvee?|semble|found|fell) (?:\w+ )?"
    r"(?:inconsciente?|unconscious|unresponsive|inanimee?)\b",
    r"\b(?:perdu|perd|perdre|lost|losing) (?:connaissance|consciousness)\b",
    rf"\b{_SOMEBODY} (?:ne |n')?(?:repond|reagit) plus\b",
    rf"\b{_SHE} (?:ne |n')?bouge plus\b|\bse (?:releve|reveille) (?:pas|plus)\b",
    rf"\b{_SOMEBODY} (?:vient de s'effondrer|s'est effondree?)\b",
    r"\b(?:fait|faire|fais|having|has|had) (?:un |une |a |an )?(?:petite? |gros |grosse )?"
    r"(?:arret (?:cardi\S*|respiratoire)|avc|infarctus|malaise|overdose|hemorragie|convulsions?|oedeme"
    r"|embolie|attaque cerebrale|choc anaphylactique|reaction allergique (?:grave|severe)|heart attack"
    r"|crise (?:cardiaque|d'epilepsie|d'asthme|convulsive)|cardiac arrest|stroke|seizure)\b",
    r"\b(?:on a|nous avons|j'ai|we have) (?:un |a )?(?:arret cardiaque|cardiac arrest)\b",
    r"\b(?:arret cardiaque|cardiac arrest) (?:en cours|chambre|room|ici|here)\b",
    rf"\b{_IS} en (?:arret (?:cardi|respi)\S*|hemorragie|etat de choc|train de mourir)",
    rf"\b(?:patiente?|residente?) {_IS} en arret\b(?! de)",
    rf"\b{_SHE} {_IS} (?:en|in) (?:grand |immediate )?(?:danger|detresse|peril|distress)\b",
    r"\bdanger (?:imminent|de mort)\b",
    r"\b(?:convulses?|convulsing|s'etouffer?|s'etrangle|s'asphyxie|is choking|is dying)\b",
    r"\b(?:saigne|saignent|bleeding|bleeds) (?:beaucoup|abondamment|enormement|heavily|badly|a lot|out)\b",
    r"\b(?:perd|perdu) (?:beaucoup|enormement) de sang\b",
    r"\b(?:mal|douleurs?|oppression|pain) (?:a|dans|in) (?:la|the|my|his|her) (?:poitrine|chest)\b",
    r"\b(?:a|ai|j'ai|has|have) (?:une |des |un )?(?:douleurs? thoraciques?|chest pain)\b",
    r"\b(?:a|ai|j'ai|vient d') ?(?:avaler?|ingerer?|bu) [^.?!]{0,30}"
    r"(?:medicaments|comprimes|javel|produit|pile|boite)\b",
    r"\b(?:pris|avale) (?:tous|toute) (?:ses|sa|les|mes) (?:comprimes|medicaments|boite)\b",
    r"\b(?:desature|vomit du sang|crache du sang|vomiting blood|est (?:tout|toute) bleue?)\b",
    rf"\b{_SOMEBODY} (?:qui )?(?:ne |n')?parle plus\b|\bretrouvee? (?:au sol|par terre)\b",
    rf"\b{_SOMEBODY} (?:has |just |has just )?collapsed\b",
    r"\btook (?:all|too many) (?:of )?(?:my|his|her|pills)\b",
    r"\b(?:j'ai|a|elle a|il a) (?:pris|avale) trop de (?:medicaments|comprimes|cachets)\b",
    r"\b(?:overdosed|swallowed (?:pills|bleach|a battery))\b",
)

_TO_HARM_ONESELF: Final = (
    r"(?:en finir|se suicider|se tuer|se pendre|se jeter|se defenestrer|passer a l'acte|s'immoler"
    r"|se couper les veines|mettre fin a)"
)
_DESPAIR: Final = (
    r"\b(?:me |m')(?:suicider|tuer|pendre|jeter par|foutre en l'air|ouvrir les veines)\b",
    r"\b(?:veut|veux|voudrais|voudrait|vais|va|envie|menace|parle|dit vouloir|pense|songe|essaye|essaie|tente"
    rf"|vient|train) ?(?:de |d'|a )?{_TO_HARM_ONESELF}",
    r"\b(?:veut|veux|voudrais|voudrait|envie|menace|parle|dit vouloir|pense|songe) (?:de |d'|a )?mourir\b"
    r"(?! (?:chez|a domicile|a la maison))",
    r"\bfin a (?:mes|ses|leurs) jours\b",
    r"\b(?:ai|a|j'ai|ont|have|has|having) (?:des |de |d')?(?:(?:idees|pensees|envies|propos) )?"
    r"(?:suicidaires?|noires|de suicide|suicidal (?:thoughts|ideas))\b",
    r"\b(?:suis|est|is|am|feels?|feeling) suicid(?:aire|al)\b",
    rf"\b{_SHE} s'est (?:suicidee?|pendue?|defenestree?)\b",
    r"\b(?:vient de faire|a fait|fait|made|had) (?:une |a )?(?:ts|tentative de suicide|suicide attempt)\b",
    r"\b(?:saute|sauter|jete|jetee) (?:par la fenetre|du toit|d'un pont|sous un train)\b",
    r"\b(?:ouvert|taille|coupe) les veines\b|\b(?:se|me) faire du mal\b|\bharm (?:my|him|her)self\b",
    r"\b(?:point (?:of|in) living|reason to live|(?:want|wish) to live any ?more)\b",
    r"\b(?:veux|voudrais|veut) plus vivre\b|\ba quoi bon (?:vivre|continuer a vivre)\b",
    r"\bplus envie de vivre\b|\bveux que (?:ca|tout) s'arrete\b",
    r"\b(?:wants?|going|wish|wishes|trying|threatens|threatening) to"
    r" (?:die|kill (?:my|him|her|them)sel(?:f|ves)|end (?:it all|(?:my|his|her|their) life))\b",
    r"\b(?:kill(?:ing)? myself|end(?:ing)? my life)\b",
)

_AROUND: Final = (
    r"\b(?:appelez|appelle|prevenez|faites venir) (?:vite )?(?:le (?:15|112|samu|smur|17|18)"
    r"|les (?:pompiers|secours)|une ambulance|la police)\b",
    r"\bcall (?:an ambulance|the police|911|112|999|15)\b|\bbesoin d'une ambulance\b",
    r"\by a le feu\b|\bau feu ?!|\bon fire\b",
    r"\b(?:incendie|agression|intrusion|attaque|prise d'otages?) en cours\b",
    r"\b(?:me|nous|le|la|les) (?:menace|agresse|frappe)(?:nt)?"
    r" (?:avec|en ce moment|maintenant|actuellement)\b",
    r"\b(?:est armee?|has (?:got )?a (?:gun|knife)|a un couteau)\b",
)

SIGNS: Final = (*_BODY, *_DESPAIR, *_AROUND)

_MACHINES: Final = (
    r"(?:serveurs?|servers?|logiciels?|software|imprimantes?|printers?|reseau|network|wi-?fi|internet|messagerie|mails?"
    r"|ordinateurs?|computers?|pc|ecrans?|site|application|appli|visio|mot de passe|password|dpi|intranet"
    r"|base de donnees"
    r"|sauvegardes?|backups?|connexion|session|tablettes?|scanner|informatique|tchap)"
)
MACHINE: Final = (
    rf"\b(?:panne|bug|plantage|coupure|crash|outage)\b[^.?!]{{0,40}}\b{_MACHINES}\b|\b(?:plus d[e']|no) ?{_MACHINES}\b"
    rf"|\b{_MACHINES}\b[^.?!]{{0,40}}"
    r"\b(?:panne|tombee?s?|marche(?:nt)? (?:plus|pas)|fonctionne(?:nt)? (?:plus|pas)|bloquee?s?"
    r"|plantee?s?|hors service|hs"
    r"|repond(?:ent)? (?:plus|pas)|inaccessibles?|coupee?s?|down|broken|crashed|not working|unreachable|perdu|oublie)\b"
)
"""A machine that is down, without anybody being in danger."""
PEOPLE: Final = (
    r"\b(?:patiente?s?|residente?s?|residents?|malades?|bebes?|enfants?|blesse\w*|vie|vital\w*|danger|mort)\b"
)
