"""`!admin début`: five steps for a new community, in a list that is updated as they are done."""

import hashlib

from bot import first_steps, quotas
from bot.communities import communities, rooms
from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.which_community import the_community
from bot.dispatch.menu.command import Command
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.first_steps import LIST, RESOURCES, VOLUNTEERS, FirstSteps
from bot.i18n import N_, _, ngettext, speaking
from bot.mailbox.outbox import Card

command = Command(
    "début",
    aliases=("start", "démarrer", "commencer", "begin"),
    under="admin",
    shown=N_("admin start"),
    summary=N_("five steps to begin with"),
    examples=(N_("admin start"), N_("admin start announcement")),
    role=Role.MODERATOR,
)
command.only_shows(LIST)
command.belongs(LIST, to=communities.named_by, waits=first_steps.waits)


@command.run(usage=N_("admin start"))
async def steps(ctx: Context) -> Reply:
    """Show the list; earlier ones are no longer updated, so that only one is current."""
    community = the_community(ctx)
    found = await first_steps.of(ctx.tx, community)
    about = Ref(LIST, community.slug)
    await ctx.outbox.close_cards(ctx.tx, about)
    return Reply(_list(found), about=about, waits=not all(found.done))


@command.verb(
    "annonce",
    "announcement",
    usage=N_("admin start announcement"),
    summary=N_("get a text to copy for the members"),
    makes=quotas.TEAM,
)
async def announcement(ctx: Context) -> Reply:
    community = the_community(ctx)
    await first_steps.announced(ctx, community, now=ctx.now)
    return say(
        _("A text ready to copy, in the room or in a mail to the members:"),
        _("Hello everyone. Relais, an automatic program, helps us here to find documents and colleagues."),
        _("To look for a tool or a document: `!doc` followed by a few words"),
        _("To put a question to volunteers: `!expert` followed by your question"),
        _("To see the next meet-ups: `!rdv`"),
        _("It keeps nothing of our conversations. For everything else: `!help`"),
        _("Never write anything by which a patient or a resident could be recognised."),
    )


@command.timer(LIST)
async def follow(moment: Moment, slug: str) -> None:
    """Update every list that is shown, and close them once all is done."""
    community = await communities.get(moment.tx, slug)
    cards = await moment.outbox.cards_about(moment.tx, Ref(LIST, slug)) if community else []
    if community is None or not cards:
        return
    found = await first_steps.of(moment.tx, community)
    for card in cards:
        bound = await rooms.binding(moment.tx, card.room_id)
        with speaking((bound.language if bound else None) or community.language):
            await _rewrite(moment, card, _list(found))
    if all(found.done):
        await moment.outbox.close_cards(moment.tx, Ref(LIST, slug))


async def _rewrite(moment: Moment, card: Card, text: Text) -> None:
    """Edit a list, once for each of its states and day, which make the edit's key."""
    state = hashlib.sha256(text.plain.encode()).hexdigest()[:12]
    key = f"{card.key}:{moment.now.date()}:{state}"
    await moment.outbox.edit(moment.tx, Message(text, reply_to=card.answers), key=key, of=card.key, now=moment.now)


def _list(found: FirstSteps) -> Text:
    done, steps = sum(found.done), zip(found.done, _words(found), strict=True)
    return Text.of(
        ngettext(
            "Five steps to begin with ({done} of 5 done):", "Five steps to begin with ({done} of 5 done):", done
        ).format(done=done),
        *(_line(number, step, words) for number, (step, words) in enumerate(steps, 1)),
        _("All is done. To see what else you may set: `!admin`")
        if done == len(found.done)
        else _("I keep this list up to date here. Nothing has to be done at once."),
    )


def _line(number: int, done: bool, words: tuple[str, str]) -> str:
    what, how = words
    sentence = _("{number}. {step}: done") if done else _("{number}. {step}: to do. {how}")
    return sentence.format(number=number, step=what, how=how)


def _words(found: FirstSteps) -> list[tuple[str, str]]:
    """Each step, and a command that leads to it and needs no identifier."""
    return [
        (_("a linked room"), _("Write in the room itself: `!admin community link`")),
        (
            _("{count} resources").format(count=RESOURCES),
            _("There are {count}. Write: `!doc propose <address> <title>`").format(count=found.resources),
        ),
        (
            _("{count} volunteers").format(count=VOLUNTEERS),
            _("There are {count}. Somebody who would like to help writes: `!expert become`").format(
                count=found.volunteers
            ),
        ),
        (_("a first meet-up"), _("Write for example: `!rdv new “Let us meet” Tuesday 2pm`")),
        (_("a word to the members"), _("For a text to copy, write: `!admin start announcement`")),
    ]
