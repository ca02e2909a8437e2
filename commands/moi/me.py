"""`!moi`: what a person has open and has set, and what is stored about them."""

from bot import quotas
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest, Word
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.answers import Control, control_of
from bot.events.text import Text, bullets, title
from bot.i18n import LANGUAGES, N_, _, speaking
from commands.moi import overview
from commands.moi.phrases import LANGUAGE, PRIVACY, PROFILE
from commands.private import privately

command = Command(
    "moi",
    aliases=("profil", "profile", "mes", "me", "my"),
    shown=N_("me"),
    summary=N_("your requests, your meet-ups, your settings, your data"),
    place=50,
    examples=(N_("me"), N_("me privacy")),
    anywhere=True,
)
SPOKEN = {
    "fr": ("fr", "français", "francais", "french"),
    "en": ("en", "anglais", "english"),
}
FROM_NOW_ON = {
    "fr": N_("From now on I write to you in French in private conversations."),
    "en": N_("From now on I write to you in English in private conversations."),
}
IN_PRIVATE = {
    "fr": N_("In private I write to you in French."),
    "en": N_("In private I write to you in English."),
}


async def _only_shows(_tx: object, _person: str, _words: str) -> bool:
    """A role is only named here, as the sync told it: nothing is done with it."""
    return False


@command.run(phrases=PROFILE, asks_rights=_only_shows)
async def mine(ctx: Context) -> Reply:
    """What the person has open and has set, at most twelve lines; in private if anything is open."""
    found = await overview.of(ctx)

    async def told() -> Text:
        return Text.of(
            await overview.text(ctx, found),
            _meant(ctx) or await _spoken(ctx),
            _("To change it: `!me language fr`, `!me profile`; what I keep: `!me privacy`"),
        )

    return Reply(await told()) if found.is_empty else await privately(ctx, told)


@command.verb(
    "langue",
    "language",
    "lang",
    usage=N_("me language en"),
    summary=N_("the language in which I write to you"),
    makes=quotas.SETTING,
    phrases=LANGUAGE,
)
async def language(ctx: Context, wanted: Word) -> Reply:
    chosen = language_named(wanted)
    await people.set_language(ctx.tx, ctx.sender, chosen)
    with speaking(chosen if ctx.direct else ctx.language):
        return say(_(FROM_NOW_ON[chosen]), _("In a room I use the room's language."))


@command.verb(
    "confidentialité",
    "privacy",
    "confidentiality",
    usage=N_("me privacy"),
    summary=N_("what I keep, and for how long"),
    phrases=PRIVACY,
)
async def privacy(ctx: Context, which: Rest = NOTHING) -> Reply:
    """What matters most, in a message that is read to its end; `suite` shows the rest."""
    return _rest_of_privacy() if control_of(which) is Control.MORE else _most_of_privacy()


def _most_of_privacy() -> Reply:
    return say(
        title(_("What I keep, and for how long")),
        bullets(
            _("**Talk in rooms**: nothing."),
            _("**Commands and answers**: the words until I have answered; who, where and when, 30 days."),
            _("**My messages**: to whom and about what, without the words, 90 days."),
            _("**What you are filling in, your latest search**: two days at most."),
            _("**Requests, meet-ups, opinions**: 12, 24 and 6 months."),
            _("**Your choices**: until you ask otherwise, or 24 months without a word; I warn you before."),
            _("**Keys of encrypted rooms**: they name the members."),
            _("**Backups**: 30 days."),
        ),
        _("Whoever operates this bot can read its database. Reactions are not encrypted."),
        bullets(
            _("`!me data`: see all of it"),
            _("`!me forget`: erase all of it"),
            _("`!me privacy more`: the rest"),
        ),
    )


def _rest_of_privacy() -> Reply:
    return say(
        title(_("What else I keep, and for how long")),
        bullets(
            _("**Reactions under my messages**: while they stand."),
            _("**Your roles in a team**: until they are taken back, then 7 days."),
            _("**What a team changes in its settings**: a year, without saying who."),
            _(
                "**How much you make in a day**: a number under a fingerprint that changes every day, three days at "
                "most, also after “forget”."
            ),
            _("**Words that found nothing, patient-data alerts**: without your name, six and three months at most."),
            _("**Thanks**: the words until you have read them, a month at most; that you were thanked, 24 months."),
            _("**That you come to a meet-up**: three months after it, or less if the team says so."),
            _("**What others wrote of you**: your identifier goes with you, a name in their words does not."),
            _("**Your messages in the rooms**: you, or a moderator, may delete them there."),
        ),
    )


def _meant(ctx: Context) -> str:
    """The sentence about the community meant in private, for members of several; else empty."""
    if ctx.community is None or len(ctx.communities) < 2:
        return ""
    name = name_in(ctx.community, ctx.language)
    return _("In private you mean the community {community}. To change it: `!me community`").format(community=name)


async def _spoken(ctx: Context) -> str:
    chosen = await people.language_of(ctx.tx, ctx.sender)
    if chosen is None:
        return _("You have chosen no language: in private I take that of the community.")
    return _(IN_PRIVATE[chosen])


def language_named(word: str) -> str:
    """The code of a language. Raises UserError for one that we do not have."""
    found = next((code for code in LANGUAGES if word.lower().strip(".,;:!?«»\"'") in SPOKEN[code]), None)
    if found is None:
        raise UserError(_("I speak French (fr) and English (en)."))
    return found
