"""`!bonjour`: answers a greeting with what one may write; and what else people say to somebody whom they meet."""

from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.help_pages import overview
from bot.dispatch.watch import welcome
from bot.events.text import bullets
from bot.i18n import N_, _

command = Command(
    "bonjour",
    aliases=("bonsoir", "salut", "hello", "hi"),
    summary=N_("what you may write to me"),
    anywhere=True,
    listed=False,
)
_GREETINGS = (
    "(bonjour|bonsoir|salut|hello|hi|hey|coucou|kikou|hola|yo|wesh|enchante|bonne journee|good morning|good afternoon"
    "|good evening|salutations|bonne apres midi|bon apres midi|greetings|bien le bonjour)"
)


@command.run(
    phrases=(
        f"[re] {_GREETINGS} [{_GREETINGS}] [(relais|a tous|a toutes|there|vous|tout le monde|everyone|all|robot"
        f"|equipe|bot|cher bot|chat bot|collegue|collegues|compagnie|again|monsieur|madame|mesdames|messieurs"
        f"|docteur|la machine|a vous|a toi|le bot|et bienvenu|a tout le monde)] [et a (tous|toutes)]",
        f"[{_GREETINGS}] [comment] (ca va|vas tu|allez vous|va)",
        f"[{_GREETINGS}] how are you",
        f"& {_GREETINGS} (ravi|enchante|connaissance|premiere fois|espere|bienvenu|heureux|content|nice|plaisir"
        "|decouvre|meet|nouveau|nouvelle|pleased|va bien|allez bien|forme|well|machine|robot|bot|ami|monde"
        "|comment va|comment vous|rejoindre|there|viens rejoindre|matin|journee)"
        " !(lien|visio|panne|marche|cherche|question|outil|aide|help|inscris|document|how does|fonctionne)",
    )
)
async def greet(ctx: Context) -> Reply:
    return Reply(overview(ctx))


@command.timer(welcome.LINE)
async def welcome_together(moment: Moment, item: str) -> None:
    await welcome.say_line(moment, item)


_THANKS = "(merci|je vous remercie|mille merci|thanks|thank you|thx|cheers)"
_NICE = (
    "[c'est] [c'etait] (super|parfait|genial|top|gentil|cool|sympa|nickel|impeccable|excellent|bravo|note|great|perfect"
    "|nice|awesome|tres clair)"
)


@command.said(
    f"[ok] [oui] [{_NICE}] {_THANKS} [(beaucoup|infiniment|so much|a lot|very much)] "
    f"[(pour|for) [votre|tout|your] [(aide|reponse|help|answer|ca|retour)]] [{_NICE}] [bonne journee]",
    f"{_NICE} [{_NICE}]",
    f"[grand] {_THANKS} [(a vous|pour votre reponse rapide)] [(tres utile|c'est utile|ca m'a aide|ca m'aide beaucoup)]",
    f"[{_NICE}] (ca|ce) m'a bien aide",
    f"{_NICE} (mrc|merci|mci)",
    "(vous es|vous etes) [un] (chef|ange|genie|top|super|amour|champion|genial) [merci]",
    "& (remercie|merci|thanks|thank you) (aide|precieuse|beaucoup|vivement|reponse|infiniment|sympa|gentil|help"
    "|sauve|rapide|quick|helpful|utile|temps|top|genial|parfait|matin|info|tire"
    " d'affaire|apprecie|useful|efficace|super|coup de main|aidee|depanne|depannee|eclaire)"
    " !(cherche|outil|lien|comment|question|document|guide|supprime|efface|retire|cesser|arrete|plus|inscris|envoie me"
    "|desinscris|avance de)",
    "[(gros|immense|enorme|big|many|trop|super|nickel|top)] (merci|thanks)",
    "je vous suis [infiniment] reconnaissant",
    "[vous] [me] avez rendu [grand|fier] service [merci]",
    "[very|that is|that's] (much appreciated|appreciated|very kind|tres apprecie)",
    "[vous] [me] (avez|as) [me] (sauve|sauver) [la] [(vie|mise|journee|matinee)] [merci]",
)
async def thanked(_ctx: Context) -> Reply:
    return say(_("With pleasure. What you may write to me: `help`"))


@command.said(
    "(au revoir|a bientot|a plus|a plus tard|a demain|a la prochaine|bye|bye bye|goodbye|see you|see you (soon|later))",
    "(bonne|excellente) (soiree|nuit|fin de journee|fin de semaine|continuation|week end) [a] [(vous|tous|toutes)]",
    "(au revoir|a bientot|bye) [et] [merci] [bonne] [(journee|soiree)]",
)
async def took_leave(_ctx: Context) -> Reply:
    return say(_("See you soon. What you may write to me: `help`"))


@command.said(
    "qui (es tu|etes vous) [exactement]",
    "vous (es|etes) (qui|quoi) [vous] [exactement]",
    "[est ce que] vous (es|etes|etre) [un] (robot|bot|humain|machine|vrai personne|ia|programme|personne) "
    "[ou] [une] [(robot|bot|humain|machine|vrai personne|ia|programme)]",
    "(es tu|etes vous) [un] (robot|bot|humain|machine|vrai personne|ia|programme|personne)",
    "(c'est quoi|qu'est ce que|c'est qui) relais",
    "relais c'est (quoi|qui)",
    "a quoi vous (sert|sers|servez|sers tu)",
    "vous (sert|sers|servez) a quoi [vous]",
    "vous qui",
    "(presentez|presente|presenter) vous",
    "[vous] peux vous [vous] presenter",
    "a qui (ai je|j'ai) l'honneur",
    "a quoi (sers tu|servez vous|sert relais)",
    "[a] qui [est ce que] je parle",
    "(c'est quoi|quel est) votre (role|fonction|but|utilite|mission|metier|travail)",
    "(c'est quoi|c'est qui|qu'est ce que c'est [que]|qu'est ce que) ce (compte|bot|robot|machin|nom|profil) [relais]",
    "qui (m'ecris|m'ecrit|me repond|repond|me parle) [ici]",
    "vous (es|etes) [qui|quoi] [comme] [genre] [de] (robot|programme|machine)",
    "je parle a qui [la]",
    "[est ce que] (ce est|c'est) [un] (ia|robot|bot|humain|automate|programme)",
    "(who|what) are you",
    "are you [a] (bot|robot|human|person|real person|machine)",
    "am I talking to [a] (bot|robot|human|person|real person|machine)",
    "what is (relais|this)",
    "what exactly are you",
    "(es|etes) vous [un] (robot|humain|machine|personne|bot) ou [une] (robot|humain|machine|personne|bot)",
    "vous (es|etes) quoi [au juste]",
    "[est ce que] je parle a [une] (machine|robot|humain|vrai personne|bot|quelqu'un)",
    "who am I (talking|speaking|writing|chatting) (to|with)",
    "(who is|who's|what is|what's) (behind|answering|writing|this|that) [(this|bot|me|thing|account)]",
    "(c'est|est ce) [un] (humain|robot|vrai personne|bot|quelqu'un) qui (repond|ecris|parle)",
    "vous (es|etes) [une] intelligence artificielle",
    "& (relais|bot|robot) (c'est quoi|quoi c'est|c'est qui|qui est|what is|who is) !(responsable|gere|derange)",
    "am I talking to [a] (bot|robot|human|person|real person|machine) or [a] (bot|robot|human|person|machine)",
    "& (vous es|vous etes|etes vous|es vous|are you|c'est) (robot|ia|machine|humain|human|automate|chatgpt|programme)",
    "& (c'est|ce est|est ce) (vrai personne|quelqu'un|humain|robot|machine|automate|programme) (derriere|ou|qui) !(je)",
    "[il] y (a|a-t-il|a t il) (quelqu'un|un humain|vrai personne|humain) (derriere|au bout|en face) [ce]"
    " [(compte|bot|robot|ecran|fil)]",
    "is (this|it|there) [a] (bot|robot|human|real person|machine|person) [(behind this|or a (bot|robot|human"
    "|person|machine)|here|answering)]",
    "(c'est qui|qui est|qui se cache|qui y a) [derriere] [(ce|ce compte|compte|bot|robot)]",
    "qui est relais",
    "[qu'est ce que|que] vous es [exactement]",
    "& (vous|bot|relais|robot|ce compte|you) (developpe|cree|fabrique|programme|concu|finance|derriere|made"
    "|built|created"
    "|gere|heberge|trouve derriere) (qui|who|par quel|societe|entreprise|which company|par quoi)",
    "& (qui|who) (derriere|behind) (compte|bot|robot|relais|message|ecran|account|this|messages|cache|trouve)",
    "& (pourquoi|why|qui) (vous m'ecris|vous m'ecrivez|vous me contacte|ajoute|you writing|you messaging|recois)"
    " (vous|qui|message|you|quoi|messages)",
    "& (vous|tu|you|je parle|am i|c'est|ce est|are) (vrai humain|humain|robot|bot|ia|machine|human|chatbot|real person"
    "|vrai gens|intelligence artificielle|automate) (ou|or|vrai|real|vous|you|est ce|derriere)"
    " !(cherche|parler a|veux|responsable|joindre|panne|comment utiliser|pharmacie)",
    "what is this bot [for]",
    "& (what|a quoi|quel) (bot|relais|vous) (for|sert|sers|but|role|mission|utilite|purpose)",
)
async def asked_who(_ctx: Context) -> Reply:
    return say(
        _("I am **Relais**, an automatic program. I give no advice: I find documents and colleagues."),
        _("What you may write to me: `help`"),
    )


_WORN = (
    "(epuise|a bout|a bout de (forces|nerfs)|au bout du rouleau|au bout de ma vie|en burn out|en burnout"
    "|au fond du trou"
    "|en detresse|en depression|deprime|depressif|au bord (du burn out|des larmes|du gouffre))"
)
_ENOUGH = (
    "[(comme ca|d'etre ici|de vivre|de rien|de tout|de tout ca|de ce travail|de mon travail|de cette vie|du travail)]"
)


@command.said(
    f"… je suis [completement|totalement|trop] {_WORN}",
    f"… on est [tous|toutes] {_WORN} [dans] [(service|notre service|equipe)]",
    f"… [je] (en peux plus|n'en peux plus) {_ENOUGH}",
    f"… je suis {_WORN} * [je] (en peux plus|n'en peux plus) {_ENOUGH}",
    "… je (craque|vais mal|vais tres mal|vais pas bien|sombre|coule|tiens plus|tiens plus le coup|dors plus)",
    "… je me sens (mal|seul|tres mal|vide|perdu et seul)",
    "… je (fais|suis en|frole) [un] (burn out|burnout|depression) [je] [(crois|pense)]",
    "… je pleure [tous les soirs] [tous] [soirs] [en] [rentrant] [tout le temps] [au travail] [sans arret]",
    "… j'ai envie de (pleurer|disparaitre|tout (lacher|arreter|plaquer|quitter|envoyer balader)) [je suis epuise]",
    "… je (en dors|n'en dors|dors) (plus|pas) [la nuit] [depuis] …",
    "& je (envie|pense|songe|veux) tout (arreter|plaquer|lacher|envoyer balader|quitter) !(outil|logiciel|guide)",
    "… j'ai plus [la] force [(de continuer|de rien|de me lever|d'y aller)]",
    "[je] [ai] (plus|pas) [la] (force|envie|courage) (de continuer|de rien|de me lever|de vivre|de me battre|de"
    " travailler)",
    "… je suis vide * [je] [(y arrive plus|en peux plus)]",
    f"… je suis {_WORN} [et] (rien va plus|plus rien va|je tiens plus|je dors plus|j'arrive plus [a] rien)",
    "… j'en ai (marre|assez) de (tout|tout ca|vivre|la vie)",
    "& (marre|assez) (vivre|vie|exister)",
    "& je (suicide|mourir|mort|disparaitre|en finir) (pense|pensees|songe|veux|envie|idees|vais) !(outil|guide"
    "|prevention|base|fichier|fichiers|liste|donnees|registre|systeme)",
    "… je (veux|vais) tout (arreter|lacher|plaquer)",
    "… je me sens [tres] (seul|mal|vide) [et] je pleure [souvent]",
    "… I feel like (giving up|ending it) [on] [everything]",
    "… I have no (strength|energy) left",
    "& (pleure|pleurs|larmes|craque|effondre) (soirs|soir|travail|boulot|service|rentrant|nuit|arret|souvent|je)"
    " !(rire|joie|patient|bebe|enfant|film|gateau|chocolat|serie|match|chanson|oignon)",
    "& je (peux plus|a bout|epuise|tiens plus|supporte plus|plus la force|plus envie|craque|rouleau|sombre)"
    " (travail|boulot|service|vie|tout|rien|nuits|equipe|moral|continuer|force|envie) !(outil|logiciel|chaleur|film)",
    "& je (en peux plus|a bout de force|envie de mourir|en finir|envie de disparaitre|idees noires|au bout du rouleau)"
    " !(logiciel|outil|appli|application|bot|ordinateur|imprimante|dpi|informatique|relances|messages"
    "|notifications|rire|chaleur|bruit|froid|film|pluie|match)",
    "& (I'm|I am|I) (exhausted|burnt out|crying|cry|hopeless|breaking down|can't cope|can't go on|burning out)",
    "… je supporte plus [mon|ce] (travail|vie|boulot|service)",
    "… (I'm|I am) [so|completely] (exhausted|burnt out|burned out|at the end of my rope|falling apart|desperate)",
    "… I don't want to (live|be here|exist|wake up) [any more|anymore]",
    "… I can't (take it|cope|go on|do this) [(like this|this way)] [any more|anymore]",
    "… je suis [completement|totalement|trop] (rince|lessive|detruit|casse|brise|en miettes|vide|crame|carbonise)",
    "& je (tenir|tiens|tient) (pas|plus|comment|combien) !(compte|promesse|delai|delais|planning|rythme des|ordinateur"
    "|a vous|a le|place|courant|outil|logiciel|dans|pour acquis|cahier)",
    "… si j'etais (plus|mort|pas) [la]",
    "& je (fais que|arrete pas|passe mon|n'arrete pas) (pleurer|chialer|craquer)",
    "& je (arrive plus|peux plus|plus la force) (lever|dormir|respirer|vivre|sourire) !(patient|logiciel|lit)",
    "& je (envie|pense|songe|veux) (disparaitre|mourir|en finir|tout lacher|rien|avaler|me faire mal|foutre en l'air)"
    " (plus|pas|mourir|disparaitre|finir|lacher|envie de tout|foutre|avaler|mal) !(outil|guide|logiciel|liste|base)",
    "& (I|I'm) (burnt out|burned out|cried|crying|give up|giving up|end it|it all to end|can't go on|kill myself|die"
    "|worthless|hopeless|at breaking point|breaking down|overwhelmed and) (hour|all|everything|everyday|every|anymore"
    "|I'm|so|work|shift|night|want|feel|room)",
    "… je me sens [(au bout du rouleau|a bout|inutile|submerge par tout|au fond du trou)]",
    "& (personne) (ecoute|aide|entend|comprend) (je|me|tout|on) (tiens|peux plus|bout|lacher|seul|craque|pleure)",
    "je (craque|sature|souffre|coule) [completement|totalement]",
    "… (I'm|I am) [so] exhausted I can't (take it|cope|go on) [any more|anymore]",
    answers_nothing=True,
)
async def in_distress(_ctx: Context) -> Reply:
    """No search and no request: where somebody listens."""
    return say(
        _("What you write matters, and I am only a robot: please talk to somebody, today if you can."),
        bullets(
            _("**3114**: free, day and night, for whoever suffers or cannot go on"),
            _("**15** or **112** if there is danger"),
            _("At work: the occupational health service, or somebody whom you trust"),
        ),
        _("I have passed nothing on."),
    )
