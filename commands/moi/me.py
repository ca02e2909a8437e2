"""`!moi`: what a person has open and has set, and what is stored about them."""

from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import people
from bot.communities.communities import name_in
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest, Word
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.answers import Control, control_of
from bot.events.text import Text, bullets, title
from bot.help import by_words, requests
from bot.help import case as cases
from bot.i18n import LANGUAGES, N_, _, speaking
from bot.meetups import rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import Rsvp, Status
from commands.moi.phrases import LANGUAGE, PRIVACY, PROFILE
from commands.private import privately
from commands.rdv.texts import named, when
from commands.rdv.which import own_zone

command = Command(
    "moi",
    aliases=("profil", "profile", "mes", "me", "my"),
    shown=N_("me"),
    summary=N_("your requests, your meet-ups, your settings, your data"),
    place=50,
    examples=(N_("me"), N_("me privacy")),
    anywhere=True,
)
SHOWN = 3
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


@command.run(phrases=PROFILE)
async def mine(ctx: Context) -> Reply:
    """What the person has open and has set; in private if anything is open."""
    asked = await requests.of_person(ctx.tx, ctx.sender)
    answered = await rsvps.of_person(ctx.tx, ctx.sender, after=ctx.now)
    coming = [found for found in answered if found[1].status is not Status.NO and not found[0].cancelled]
    own, found = await own_zone(ctx), [await cases.of(ctx, request) for request in asked[:SHOWN]]

    async def told() -> Text:
        return Text.of(
            title(_("Your open requests")) if asked else "",
            bullets(*map(by_words.state, found)),
            title(_("Your next meet-ups")) if coming else "",
            bullets(*[_answer(meetup, rsvp, own) for meetup, rsvp in coming[:SHOWN]]),
            await _spoken(ctx),
            _("To change it: `!me language fr`"),
            _meant(ctx),
            _("What I keep of you: `!me privacy`"),
        )

    return await privately(ctx, told) if asked or coming else Reply(await told())


def _answer(meetup: Meetup, rsvp: Rsvp, own: ZoneInfo | None) -> str:
    """A meet-up, and whether the person has a seat there."""
    sentences = {
        Status.MAYBE: _("{title}: {when} (you answered “maybe”)"),
        Status.WAITING: _("{title}: {when} (you are on the waiting list)"),
        Status.OFFERED: _("{title}: {when} (a place is offered to you)"),
    }
    sentence = sentences.get(rsvp.status, _("{title}: {when}"))
    return sentence.format(title=named(meetup), when=when(meetup, own=own))


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
            _("**Your choices, requests and answers**: until you ask otherwise."),
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
            _("**Words that found nothing, patient-data alerts**: without your name."),
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
