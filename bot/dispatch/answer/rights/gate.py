"""Checks who may answer a card: only in its room, only members of its community, with the rights they have there.

Only this file calls the handlers that commands declare for cards, forms and lists. Whoever is refused changes nothing
and learns nothing, not even what the card is about.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.communities import communities, rooms
from bot.communities.people import members
from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.answer.rights.rights import inside
from bot.dispatch.menu.belonging import MessageMark
from bot.dispatch.menu.card_answers import CardAction, CardWord
from bot.dispatch.menu.form import Choice, Draft, Form
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch.closing import is_over, not_waiting
from bot.events.messages import Ref
from bot.i18n import _
from bot.mailbox import Dialogue, dialogues
from bot.mailbox.sending.outbox import Card
from bot.store.database import Transaction
from bot.volunteers import volunteers

# ── what passes ───────────────────────────────────────────────────────────────────────────────────────────


async def act(ctx: Context, action: CardAction, item: str) -> Reply | None:
    """Call the handler of a gesture on an item's card, if the person may answer it."""
    there = await admitted(ctx, Ref(action.about, item))
    if there is None:
        return outside(ctx)
    over = await is_over(ctx)
    reply = await within(there, action.makes, partial(action.handler, there, item))
    return not_waiting() if over and reply is None else reply


async def mark(ctx: Context, mark: MessageMark, message: str) -> Reply | None:
    """Call the handler of a gesture on a message of anybody, in the rooms of a community."""
    if ctx.binding is None:
        return None
    return await within(ctx, mark.makes, partial(mark.handler, ctx, message))


async def answer(ctx: Context, word: CardWord, item: str, rest: str) -> Reply | None:
    """Call the handler of a word that answers an item's card, if the person may; `rest`: the words after it."""
    there = await admitted(ctx, Ref(word.about, item))
    if there is None:
        return outside(ctx)
    over = await is_over(ctx)
    reply = await within(there, word.makes, partial(word.handler, there, item, rest))
    return not_waiting() if over and reply is None else reply


async def talk(ctx: Context, about: Ref) -> None:
    """Call the handler for people who begin to talk where a card of this item is, if they are members."""
    handler = ctx.menu.talk(about.kind)
    there = await admitted(ctx, about) if handler is not None else None
    if handler is not None and there is not None:
        await handler(there, about.id)


async def pick(ctx: Context, choice: Choice, dialogue: Dialogue, number: int) -> Reply | None:
    """Call the handler of a number of a list, if the person may answer it."""
    there = await admitted(ctx, Ref(dialogue.name, str(dialogue.id)))
    if there is None or choice.pick is None:
        return outside(ctx)
    reply: Reply | None = await choice.pick(there, dict(dialogue.data), number)
    return reply


async def more(ctx: Context, choice: Choice, dialogue: Dialogue) -> Reply | None:
    """Call the handler that shows what follows in a list, if the person may answer it."""
    there = await admitted(ctx, Ref(dialogue.name, str(dialogue.id)))
    if there is None or choice.more is None:
        return outside(ctx)
    reply: Reply | None = await choice.more(there, dict(dialogue.data))
    return reply


async def take(there: Context, form: Form, dialogue: Dialogue, text: str, *, step: int) -> Draft:
    """The form's draft with this answer to the question of a step; `there` is the context from `begun`."""
    draft: Draft = await form.steps[step].take(there, dict(dialogue.data), text)
    return draft


async def done(there: Context, form: Form, draft: Draft) -> Reply | None:
    """Do what the form's preview showed; `there` is the context from `begun`."""
    return await within(there, form.makes, partial(form.done, there, draft))


async def may_remove(ctx: Context, card: Card) -> bool:
    """Whether the person may have a message of ours removed: they asked for it, or lead the community of the card."""
    if not _is_here(ctx, card):
        return False
    if ctx.sender == card.asker:
        return True
    if card.about is None:
        return ctx.binding is not None and Role.MODERATOR in ctx.roles
    there = await admitted(replace(ctx, card=card), card.about)
    return there is not None and Role.MODERATOR in there.roles


def outside(ctx: Context) -> Reply | None:
    """The reply to somebody who may not answer: one sentence in private, None in a room."""
    if not ctx.direct:
        return None
    return say(
        _(
            "I can do nothing with this answer: what it is about is over, "
            "or is for members of a community in which I do not see you at present."
        ),
        _("If you have just joined it, write a word in one of its rooms, then answer again."),
    )


# ── who passes ────────────────────────────────────────────────────────────────────────────────────────────


async def admitted(ctx: Context, about: Ref) -> Context | None:
    """The context in the community of the item, with the person's rights there; None if they may not answer it."""
    if ctx.card is not None and not _is_here(ctx, ctx.card):
        return None
    if ctx.menu.passing(about.kind):
        dialogue = await dialogues.get(ctx.tx, about.id)
        return await begun(ctx, dialogue) if dialogue is not None else ctx
    own = await belonging(ctx.tx, ctx.menu, about)
    shared = await _shared(ctx)
    mine = [slug for slug in own if slug in shared]
    if ctx.menu.only_shows(about.kind):
        return ctx if mine else None
    if not mine and not _operates(ctx) and not shared.intersection(await visitors(ctx.tx, ctx.menu, about, ctx.sender)):
        return None
    return await _inside(ctx, own[0], member=bool(mine)) if own else None


async def begun(ctx: Context, dialogue: Dialogue) -> Context | None:
    """The context in the community for which a form or list was begun; None if the person left it and must be in it.

    Whoever operates the bot need not be in a community to go on in private with what they began there as an operator.
    """
    slug = dialogue.community
    if slug is None or (ctx.community is not None and ctx.community.slug == slug):
        return ctx
    community = await communities.get(ctx.tx, slug) if slug in await _shared(ctx) else None
    if community is not None:
        return await inside(ctx, community)
    form = ctx.menu.form(dialogue.name)
    if form is not None and form.role is Role.OPERATOR and _operates(ctx):
        return await _inside(ctx, slug, member=False)
    return ctx if form is not None and form.anywhere else None


async def belonging(tx: Transaction, menu: Menu, about: Ref) -> Sequence[str]:
    """The communities of an item, none if it no longer exists; for a form or list, the one in which it was begun."""
    if menu.passing(about.kind):
        dialogue = await dialogues.get(tx, about.id)
        return [dialogue.community] if dialogue is not None and dialogue.community is not None else []
    found = menu.belonging(about.kind)
    return await found.find(tx, about.id) if found is not None else []


async def visitors(tx: Transaction, menu: Menu, about: Ref, person: str) -> set[str]:
    """The communities for which the person volunteers, if volunteers of other communities answer such an item.

    Also of one who helps other communities no more: what they were asked before, they may still answer and finish.
    """
    found = menu.belonging(about.kind)
    if found is None or not found.visited:
        return set()
    return {row.community for row in await volunteers.of_person(tx, person) if volunteers.is_active(row)}


def _operates(ctx: Context) -> bool:
    """Whether it is one of those who operate the bot, in private: they answer for every community."""
    return ctx.direct and Role.OPERATOR in ctx.roles


def _is_here(ctx: Context, card: Card) -> bool:
    return card.room_id == ctx.room_id


async def _shared(ctx: Context) -> set[str]:
    """The communities to which the person belongs, as far as this place proves it.

    Whoever writes in a linked room is one of its members. In private, and in rooms that we opened, `prefetch` has asked
    about the person before. A private conversation that a third person entered proves nothing any more.
    """
    if ctx.binding is not None and ctx.binding.kind != rooms.OWN:
        return {ctx.binding.community}
    if ctx.direct or ctx.binding is not None:
        return {community.slug for community in ctx.communities}
    if await _is_former(ctx) or await ctx.outbox.made_for(ctx.tx, ctx.room_id) == "":
        return await members.shared(ctx.tx, ctx.account, ctx.directory, ctx.sender)
    return set()


async def _is_former(ctx: Context) -> bool:
    """Whether the room was upgraded, and the one that took its place is linked."""
    facts = ctx.directory.facts(ctx.room_id)
    replacement = facts.replacement if facts is not None else None
    return replacement is not None and await rooms.binding(ctx.tx, replacement) is not None


async def _inside(ctx: Context, slug: str, *, member: bool) -> Context | None:
    """The context with the person's rights in this community, not in the message's room; None if it is gone."""
    if ctx.binding is not None and ctx.binding.community == slug:
        return ctx
    community = await communities.get(ctx.tx, slug)
    if community is None:
        return None
    there = await inside(ctx, community, member=member)
    return replace(there, communities=(community,))
