"""`!aide`: what the person may do here, and nothing else."""

from bot.communities.communities import name_in
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights import team_names
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.command import NOTHING, Command, Rest
from bot.errors import UserError
from bot.events.answers import Control, control_of
from bot.i18n import N_, _

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
LONGEST_TOPIC = 2
"""Most words of a topic; a longer text is no question about our menu."""


@command.run(usage=N_("help <word>"), summary=N_("one word in detail, with examples"))
async def help_(ctx: Context, word: Rest = NOTHING) -> Reply:
    topic, rest = _topic(word.strip('!«»“”"\u00a0 '))
    if not topic or len(topic.split()) > LONGEST_TOPIC:
        return Reply(help_pages.overview(ctx), greets=True)
    read = ctx.menu.read(topic)
    found = read.command if read is not None and not read.rest else None
    text = help_pages.about(ctx, found, rest=rest) if found else None
    if not text or not text.lines:
        raise UserError(_("I do not know the word “{word}”. To see those that I know: !help").format(word=topic[:40]))
    return Reply(text)


def _topic(words: str) -> tuple[str, bool]:
    """The word that is asked about, and whether `suite` follows it."""
    topic, _space, last = words.rpartition(" ")
    return (topic, True) if topic and control_of(last) is Control.MORE else (words, False)


@command.verb("contact", usage=N_("help contact"), summary=N_("whom to turn to"), anywhere=False)
async def contact(ctx: Context) -> Reply:
    names = await team_names(ctx, ctx.community)
    return say(
        _("The community's team: {names}. You may write to them directly.").format(names=", ".join(names))
        if names
        else _("The community's team is in its main room. You may write to them directly."),
        *(
            _("Contact of the community {community}: {contact}").format(
                community=name_in(community, ctx.language), contact=community.contact
            )
            for community in ctx.communities
            if community.contact
        ),
        _("Data protection: the data protection officer (DPO) of your establishment, and: !me privacy"),
    )
