"""`!aide`: what the person may do here, and nothing else."""

from bot.communities.communities import name_in
from bot.communities.settings import settings
from bot.communities.settings.own_settings import CHARTER, CONTACT, CONTROLLER, DATA_PROTECTION, LONGEST_CONTACT
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import no_team, team_names
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.answers import Control, control_of
from bot.events.text import Text, quote, title
from bot.i18n import N_, _
from bot.resources.texts import one_line

command = Command(
    "aide",
    aliases=("help", "?"),
    shown=N_("help"),
    summary=N_("what you may write to me"),
    place=0,
    examples=(N_("help doc"), N_("help contact")),
    anywhere=True,
    explains=True,
)
PAGES = ("2", "3", "4", "5", "6", "7", "8", "9")
LONGEST_TOPIC = 2
"""Most words of a topic; a longer text is no question about our menu."""
REACHED_BY = {
    CONTACT: N_("Contact of the community {community}: {contact}"),
    CONTROLLER: N_("Responsible for personal data in the community {community}: {contact}"),
    DATA_PROTECTION: N_("Data protection officer of the community {community}: {contact}"),
}


@command.run(
    usage=N_("help <word>"),
    summary=N_("one word in detail, with examples"),
    phrases=(
        "(aide|aidez) (me|nous)",
        "[est ce que] (vous peux|peux vous) (m'aider|nous aider)",
        "[j'ai|j'aurais] besoin [(d'aide|de votre aide|d'un coup de main)]",
        "comment [(ca|ce|tout ca)] (marche|fonctionne)",
        "comment (ca marche|ca fonctionne|vous utiliser|utiliser [(relais|bot|robot|ce bot|outil)]|on fais"
        "|je fais|on s'en sert)",
        "comment (s'en servir|se servir [du] bot|l'utiliser|t'utiliser)",
        "je suis [completement] (perdu|nouveau|nouvelle) [(ici|comment ca marche|comment on fais)]",
        "je (debute|demarre|commence) [comment (on fais|ca marche|je fais)]",
        "[je] (comprends|comprend|comprend pas|comprends pas) (rien|pas) [(comment ca (marche|fonctionne)|a rien)]",
        "je comprends (rien|pas) [comment] [ca] [(marche|fonctionne)]",
        "[que|qu'est ce que] (vous sais|sais vous|vous peux|peux vous) fais [pour me]",
        "vous (fais|sais fais|peux fais) quoi",
        "[que|qu'est ce que] (on|je) (peux) [vous] (demander|fais|ecrire) [ici]",
        "que (peux je|puis-je) [vous] (demander|fais|ecrire)",
        "je sais pas [quoi] [comment] fais",
        "je (arrive pas|y arrive pas|bloque|galere)",
        "[par] (ou|quoi) [je] (commence|commencer|demarrer|debuter)",
        "[(quels sont|voir|donne moi|montre moi)] [liste] commandes [(possibles|disponibles)]",
        "(mode d'emploi|tutoriel|tuto|notice)",
        "je sais pas [comment] (m'en servir|l'utiliser|vous utiliser|ca marche)",
        "a quoi (ca|ce) sert [ici]",
        "(ca|ce) sert a quoi [ici]",
        "[quel] [est|sont] [votre] (fonctionnalite|fonctionnalites|fonctions|capacites|possibilites|options)",
        "[je] [y] (comprends|comprend) rien [a] [(ce|bot|robot|outil|tout ca)] [(bot|robot|outil)]",
        "comment (ca|ce) s'utilise",
        "je comprends pas comment (m'en servir|l'utiliser|ca marche)",
        "how do I use (this|it|you)",
        "& (quoi|comment|que|what|how|ou|liste) (vous demander|vous parler|se sert vous|sert vous|me servir vous"
        "|tape|taper|to type|i type|pouvoirs|vos commandes|commandes|commands|fonctionnalites|my options|your"
        " features|vous capable"
        "|vous peux fais|peux vous fais|vous sais fais|me servir|vous utilise|vous dis|use this|use you"
        "|can i ask|vous ecrire|should i say) !(lien|visio|logiciel|outil|excel|dpi|rapport|mot de passe|lettre"
        "|collegue"
        "|mail|outlook|vous ecrire une|teams|word|dossier|ordonnance)",
        "& (mode d'emploi|notice|manuel|tuto|instructions|user guide) (vous parler|vous utiliser|bot|robot|relais|ici"
        "|avec vous|this bot|servir vous)",
        "& (comprends|comprend|vois) (pas|rien) (vous|bot|robot|relais) (sert|servir|sers|marche|fonctionne|utilise)",
        "& (premiere connexion|debarque|decouvre|je debute|je suis nouveau|je suis nouvelle|new here|first time)"
        " (comment|quoi|commence|ou|how|what|where|faire|marche|start) !(lien|service|logiciel|hopital|outil)",
        "(list|liste|lister|affiche|donne) [me] commandes",
        "[quels sont] (vos|votre) pouvoirs",
        "vous avez [quoi] [comme] commandes",
        "(c'est quoi|quels sont) mots [que] vous comprends",
        "~ me guider [un] [peu] [je decouvre]",
        "what (do I have|should I|do I need) to (write|type|say) * *",
        "je suis [completement] paume [au secours]",
        "[je] [y] comprends que dalle",
        "& (how) (it works|this works|this work|you work) (explain|tell|can|please|know)",
        "what can you [do|help] [for|with] [me]",
        "& (comprends|comprend|pige|capte|saisis) (rien|pas) (truc|bot|robot|comment|fonctionne|marche|outil|ici|ca)",
        "~ (montrer|montre|expliquer|explique|dis|lister|presenter) [me|nous] [ce|tout ce] que vous (sais fais"
        "|peux fais|fais|proposez|sais)",
        "(montre|montrez|explique|expliquez|dis) [me|nous] [ce|tout ce] que vous (sais fais|peux fais|fais"
        "|proposez|sais)",
        "& (sais pas|comprends pas|vois pas|arrive pas) (sert|sers|utilise|utilisent|s'y prendre|m'y prendre)"
        " (truc|machin|outil|bot|appli"
        "|application|chose|robot|ca|ce) !(lien|visio|logiciel)",
        "(expliquez|explique|explique moi|expliquez moi) [me|nous] [un peu] [(comment vous utiliser|principe"
        "|outil|fonctionnement)]",
        "& (expliquer|explique|expliquez|montrer|montrez) (fonctionne|marche|fonctionnement|m'en servir|principe)"
        " (me|nous|ca|ce|vous|tout)",
        "& (sais pas|comprends pas|arrive pas) (servir|utiliser|faire|fais|fonctionne|marche|commencer) !(lien|visio)",
        "& comment (marche|fonctionne|sert|utilise) (truc|bot|robot|relais|machin|tchap|element|tout ca|vous)",
        "& (perdu|paume|largue|debute|debutant|lost) (ici|aide|comment|bot|commence|here|je suis|appli|outil)"
        " !(cherche|lien|volontaire|mot|acces)",
        "& (what|how) (commands|use|work|works|start|begin) (this|it|you|bot|here)",
        "comment je me sers [de] [(vous|bot|robot|outil)]",
        "expliquez me comment vous (marches|fonctionnes|marchez)",
        "what are the commands",
        "[et] [maintenant] je fais quoi [(maintenant|ensuite|apres)]",
        "what do you do",
        "[est ce que] quelqu'un peux (m'expliquer|m'aider|me montrer) comment (ca|ce|on) (fonctionne|marche"
        "|s'en sert|sert|fais)",
        "quel commandes [je|on] [peux] (taper|ecrire|utiliser|existe|y a t il|sont possibles)",
        "(c'est quoi|quels sont) [les] commandes",
        "je viens d'arriver [comment] [ca] [se] [passe]",
        "comment (ca|ce) se passe [ici]",
        "[que|qu'est ce que] je peux (fais|demander|ecrire) [ici] [avec] [ce] [(bot|robot|outil)]",
        "vous peux m'expliquer [le] [(fonctionnement|comment ca marche|mode d'emploi)]",
        "what can I (type|write|ask|do|say) [here|you]",
        "how (does|do) (this|it|you) work",
        "[please] help [me|us]",
        "help [me] please",
        "(can|could) you help [me|us]",
        "I (need|want) help",
        "(I'm|I am) (lost|stuck|confused|new here|new)",
        "what can (you do|I do|I ask|I write)",
        "I don't understand [anything]",
        "I don't know (what to do|how this works|how to use this)",
    ),
)
async def help_(ctx: Context, word: Rest = NOTHING) -> Reply:
    topic, page = _topic(word.strip('!«»“”"\u00a0 '))
    if not topic or len(topic.split()) > LONGEST_TOPIC:
        return Reply(await _of_this_room(ctx) or help_pages.overview(ctx))
    read = ctx.menu.read(topic)
    found = read.command if read is not None and not read.rest else None
    text = help_pages.about(ctx, found, page=page) if found else None
    if not text or not text.lines:
        raise UserError(_("I do not know the word “{word}”. To see those that I know: `!help`").format(word=topic[:40]))
    return Reply(text)


async def _of_this_room(ctx: Context) -> Text | None:
    """In a room that we opened for a few people: what they may write there. Else None."""
    if ctx.direct or ctx.communities:
        return None
    for card in reversed(await ctx.outbox.open_cards(ctx.tx, ctx.room_id)):
        explain = ctx.menu.room_help(card.about.kind) if card.about is not None else None
        if explain is not None and card.about is not None and (text := await explain(ctx, card.about.id)):
            return text
    return None


def _topic(words: str) -> tuple[str, int]:
    """The word that is asked about, and its page: the second behind `suite`, the third behind `suite 2`."""
    before, _space, number = words.rpartition(" ")
    words, page = (before, int(number) + 1) if number in PAGES else (words, 2)
    topic, _space, last = words.rpartition(" ")
    return (topic, page) if topic and control_of(last) is Control.MORE else (words, 1)


@command.verb(
    "contact",
    usage=N_("help contact"),
    summary=N_("whom to turn to"),
    anywhere=False,
    phrases=(
        "~ (parler|ecrire|discuter) [a|avec] [un] [vrai]"
        " (humain|vrai personne|quelqu'un|responsable|personne reelle|equipe)",
        "qui (est|sont) [responsable] (ce salon|(responsables|responsable|moderateurs|moderatrices|administrateurs"
        "|organisateurs)) "
        "[(du)] [(ce salon|salon|cette communaute|communaute|groupe|ce salon)]",
        "qui (gere|anime|administre|s'occupe de) [(ce|cette)] (salon|communaute|groupe|bot|ce bot)",
        "~ (joindre|contacter) [(moderateurs|responsable|responsables|administrateurs|equipe)] [de]"
        " [(communaute|du salon)]",
        "qui est responsable [du] [(ce|cette)] (groupe|salon|communaute)",
        "a qui [je] (peux|dois) [je] (ecrire|parler|m'adresser) [(en cas de probleme|si j'ai un probleme)]",
        "a qui (m'adresser|je m'adresse|dois je m'adresser) [(en cas de probleme|si j'ai un probleme)]",
        "(I want|I'd like|can I|how can I) [to] (talk|speak) to [a] (human|person|real person|somebody)",
        "how (do|can) I (contact|reach) [the] (team|moderators|admins)",
        "who (runs|moderates|manages) this (room|community|bot)",
        "& (parler|joindre|contacter|ecrire|discuter|appeler|telephoner|talk|speak)"
        " (humain|vrai personne|responsable|moderateur|moderatrice|moderateurs|administrateur|admin|human|real person"
        "|animateur|animatrice|moderator)",
        "& parler (pas machine|pas robot|humain|vrai gens|kelkun de vrai|quelqu'un de vrai)",
        "~ parler [a] quelqu'un (pas|et pas) [a] (machine|robot|bot)",
        "& (telephone|mail|courriel|coordonnees) (equipe|responsable|quelqu'un|moderateur|contact|animateur)",
        "& (qui|who) (chef|responsable|gere|dirige|pilote|anime|moderateur|in charge|responsible|runs|manages|admin)"
        " (ici|communaute|groupe|salon|bot|here|community|room|this|truc|c'est|outil) !(projet)",
    ),
)
async def contact(ctx: Context) -> Reply:
    names = await team_names(ctx, ctx.community)
    return say(
        _("The community's team: {names}. You may write to them directly.").format(names=", ".join(names))
        if names
        else no_team(ctx.community) or _("The community's team is in its main room. You may write to them directly."),
        *await _contacts(ctx),
        _("Data protection: the data protection officer (DPO) of your establishment, and: `!me privacy`"),
    )


async def _contacts(ctx: Context) -> list[str]:
    """What each community has set of how its team, and whoever is in charge of data protection, are reached."""
    written = [
        (community, sentence, await settings.value(ctx.tx, community.slug, setting))
        for community in ctx.communities
        for setting, sentence in REACHED_BY.items()
    ]
    return [
        _(sentence).format(
            community=name_in(community, ctx.language), contact=one_line(contact, longest=LONGEST_CONTACT)
        )
        for community, sentence, contact in written
        if contact
    ]


@command.verb("charte", "charter", usage=N_("help charter"), summary=N_("the community's charter"), anywhere=False)
async def charter(ctx: Context) -> Reply:
    """What the team of each community here has written as its charter."""
    written = [(one, await settings.value(ctx.tx, one.slug, CHARTER)) for one in ctx.communities]
    found = [_charter(name_in(one, ctx.language), text) for one, text in written if text]
    return say(*found) if found else say(_("The community's team has written no charter."))


def _charter(community: str, text: str) -> Text:
    heading = _("The charter of the community {community}").format(community=community)
    return Text.of(title(heading), *map(quote, text.splitlines()))
