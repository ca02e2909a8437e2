"""`stop` and `reprendre`, in private: set whether we write to a person unasked."""

from bot.communities.people import people
from bot.digest import subscriptions
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.events.text import bullets
from bot.help.offers import absences
from bot.i18n import N_, _
from bot.volunteers import availability, volunteers

stop = Command(
    "stop",
    summary=N_("in a private conversation: I no longer write to you unasked"),
    anywhere=True,
    listed=False,
)
resume = Command(
    "reprendre",
    aliases=("start-again",),
    summary=N_("I write to you again"),
    anywhere=True,
    listed=False,
)
commands = (stop, resume)


def _only_in_private(word: str) -> Reply:
    return say(_("Nothing has changed: write `{word}` to me in our private conversation.").format(word=word))


@stop.run(
    phrases=(
        "(arrete|arretez|cesse|cessez) [de] (m'ecrire|me contacter|me deranger|me solliciter)",
        "(arrete|arretez|cesse|cessez) [de] (m'envoyer|envoyer) [tes|vos] [me] [votre] (messages|notifications|mails)",
        "(ecris|ecrivez|contacte|contactez|derange|derangez) me plus",
        "m'(ecris|ecrivez|contacte|contactez) plus",
        "m'(envoie|envoyez) plus [(rien|aucun message|messages|de messages|notifications)]",
        "(envoie|envoyez) me plus [(rien|aucun message|messages|de messages|notifications)]",
        "je veux plus (recevoir|avoir) [vos|tes|aucun] [votre] (messages|notifications|mails)",
        "je veux plus (etre contacte|de messages|de notifications|que vous m'ecriviez)",
        "plus (de messages|de notifications)",
        "(laisse|laissez) me tranquille",
        "& (plus|aucun) (m'adresser|m'envoyer|m'ecrire|m'envoyez|me contacter) (message|messages|rien|mails"
        "|notifications)",
        "& (fiche|fous|laisse|laissez|fichez|foutez) me (paix|tranquille)",
        "& (arrete|arretez|stop|cesse|cessez|plus|stoppez|marre|trop) (messages|notifications|notifs|m'ecrire|m'envoyer"
        "|me contacter|me deranger|spam|mails|pings|messaging|writing to me)"
        " !(volontaire|expert|referent|demandes|question|comment|moi|lien)",
        "(fiche|fichez|fous) me [la] paix",
        "(desabonne|desabonnez) me",
        "~ me desabonner",
        "vous m'(envoies|envoyez) trop [de] messages [arrete]",
        "stop (writing to me|messaging me|sending me messages|contacting me)",
        "unsubscribe [me]",
        "stop plus (aucun) message",
        "(arrete|arretez|stop|stoppez) [avec] [votre|tes|vos] (messages|notifications)",
        "je veux plus (rien|aucun message) recevoir [de votre part]",
        "je veux plus rien recevoir de (votre part|vous)",
        "I don't want [any] more messages",
        "leave me alone",
        "& (ecris|ecrire|envoie|envoyer|contacte|contacter|derange|envoi|notification|messages|notif|mail|message"
        "|notifs|sollicitation|messaging|texting|emails|pings|sending|write to|contact) (plus|jamais|arrete|cesse"
        "|cesser|stop|quit|marre|assez|no more|don't|never|fini|stoppe|ras le bol|desactive|coupe) (me|vous|votre|tout"
        "|from you|recevoir|please|je|your|svp)"
        " !(volontaire|expert|referent|demandes|demande|question|comment|lien|patient|collegue|collegues|chef|recu"
        "|arrive|peux|outlook|messagerie|efface|supprime|requests|tout le monde|imprimante|serveur|depuis|il faut"
        "|vacances|conge|medecin|famille|mail a|rappel|faut)",
        "[ca] suffit [(avec|tous)] [votre] (messages|notifications|notifs|mails)",
        "je veux plus entendre parler [de] vous",
        "(don't|do not|never) (message|contact|text|email|bother|write to|write) me [(again|any more|anymore)]",
    )
)
async def no_more(ctx: Context) -> Reply:
    """In a room it changes nothing: there the word may be meant for anybody."""
    if not ctx.direct:
        return _only_in_private("stop")
    await people.set_stopped(ctx.tx, ctx.sender, stopped=True)
    if await volunteers.of_person(ctx.tx, ctx.sender):
        row = await availability.of(ctx.tx, ctx.sender, lock=True)
        row.paused, row.unanswered = True, 0
        await availability.keep(ctx.tx, row)
    return say(
        _("It is noted: **I no longer write to you unasked**. No reminder of a meet-up, no request, no question."),
        bullets(
            _("I answer when you write, and tell you what becomes of your requests and meet-ups."),
            _("If a message of yours seems to contain a patient's data, I still warn you."),
            _("To end the news alone, and nothing else: `start-again`, then `me subscriptions end`")
            if await subscriptions.of_person(ctx.tx, ctx.sender)
            else "",
        ),
        _("If you change your mind: `start-again`"),
    )


@resume.run()
async def once_more(ctx: Context) -> Reply:
    if not ctx.direct:
        return _only_in_private(_("start-again"))
    stopped = await people.has_stopped(ctx.tx, ctx.sender)
    await people.set_stopped(ctx.tx, ctx.sender, stopped=False)
    if not await _takes_requests_again(ctx) and not stopped:
        return say(_("Nothing was stopped: I do write to you. To stop it: `stop`"))
    return say(_("It is noted: I write to you again. To stop it: `stop`"))


async def _takes_requests_again(ctx: Context) -> bool:
    """End a volunteer's break, and their absence; returns whether they were on a break."""
    if not await volunteers.of_person(ctx.tx, ctx.sender):
        return False
    row = await availability.of(ctx.tx, ctx.sender, lock=True)
    was_paused, row.paused, row.unanswered = row.paused, False, 0
    await absences.forget(ctx, row)
    return was_paused
