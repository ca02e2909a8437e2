"""`!admin début`: five steps for a new community, in a list that is updated as they are done."""

import hashlib

from bot import first_steps, quotas
from bot.communities import communities, rooms
from bot.communities.rules.roles import Role
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.events.messages import Message, Ref
from bot.events.text import Text, more, numbered, quote, title
from bot.first_steps import LIST, RESOURCES, VOLUNTEERS, FirstSteps
from bot.i18n import N_, _, ngettext, speaking
from bot.mailbox.sending.outbox import Card
from bot.markup import strong

command = Command(
    "début",
    aliases=("start", "démarrer", "commencer", "begin"),
    under="admin",
    shown=N_("admin start"),
    summary=N_("where to begin"),
    place=60,
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
        quote(_("Hello everyone. Relais, an automatic program, helps us here to find documents and colleagues.")),
        more(_("To look for a tool or a document: `!doc` followed by a few words")),
        more(_("To put a question to volunteers: `!expert` followed by your question")),
        more(_("To see the next meet-ups: `!rdv`")),
        more(_("It keeps nothing of our conversations. For everything else: `!help`")),
        more(_("Never write anything by which a patient or a resident could be recognised.")),
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
    done = sum(found.done)
    return Text.of(
        title(_heading(done)),
        numbered(_step(*words, done=step) for step, words in zip(found.done, _words(found), strict=True)),
        _("All is done. To see what else you may set: `!admin`")
        if done == len(found.done)
        else _("I keep this list up to date here. There is no hurry."),
    )


def _heading(done: int) -> str:
    sentence = ngettext("To begin with: {done} step of 5 is done", "To begin with: {done} steps of 5 are done", done)
    return sentence.format(done=done)


def _step(what: str, *ways: str, done: bool) -> Text:
    return Text.of(_("{step}: done").format(step=what)) if done else Text.of(strong(what), *ways)


def _words(found: FirstSteps) -> list[tuple[str, ...]]:
    """Each step, and commands that lead to it and need no identifier."""
    return [
        (_("A linked room"), _("Write in the room itself: `!admin community link`")),
        (
            _("Resources: {count} of {wanted}").format(count=min(found.resources, RESOURCES), wanted=RESOURCES),
            _("`!doc propose <address> <title>`"),
        ),
        (
            _("Volunteers: {count} of {wanted}").format(count=min(found.volunteers, VOLUNTEERS), wanted=VOLUNTEERS),
            _("Propose somebody: `!admin expert add @claire`"),
            _("Whoever wants to help writes: `!expert become`"),
        ),
        (_("A first meet-up"), _("`!rdv new “Let us meet” Tuesday 2pm`")),
        (_("A word to the members"), _("A text to copy: `!admin start announcement`")),
    ]
