"""Requests to link rooms to a community: one card shows all that wait, and the team answers them by number."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from bot.communities import Community, LinkRequest, communities, rooms
from bot.communities.communities import name_in
from bot.communities.people import members
from bot.communities.team import team_cards
from bot.communities.tell import within_reach
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import decides_who_belongs
from bot.errors import UserError
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import _, ngettext, speaking
from bot.mailbox import OutboxMessage

ABOUT = "link"
"""A card is about the first request on it; it also shows those made since in the same community."""
SHOWN = 5
OF_PERSON, OF_COMMUNITY = 3, 10
"""Most requests that may wait at a time."""
CARD_GROWS = timedelta(days=1)
"""How long further requests are added to a card; later ones get a new card, which notifies the team again."""

Numbered: TypeAlias = dict[int, LinkRequest]


# ── asking ────────────────────────────────────────────────────────────────────────────────────────────────


async def ask(ctx: Context, community: Community) -> Reply:
    """Ask those who may to link this room, on behalf of somebody who may not; once, however often they ask.

    That is the team, and for a community that has no room yet the operators of the bot.
    """
    name, first = name_in(community, ctx.language), community.main_room is None
    if first and not ctx.operators:
        raise UserError(
            _("{name} has no main room yet: only an operator of this bot may link the first one.").format(name=name)
        )
    await communities.locked(ctx.tx, community.slug)
    waiting = await rooms.open_requests(ctx.tx, community.slug)
    if all(request.room_id != ctx.room_id for request in waiting):
        await _refuse_too_many(ctx, name, waiting)
        request = await rooms.ask_to_link(
            ctx.tx, ctx.room_id, community, account=ctx.account, by=ctx.sender, now=ctx.now
        )
        await _put(ctx, community, [*waiting, request])
    if first and not await within_reach(ctx, ctx.operators):
        return say(_("This would be the first room of {name}.").format(name=name), _ask_them(community))
    if first:
        sentence = _(
            "This would be the first room of {name}: I asked those who operate this bot. I say here once it is."
        )
        return say(sentence.format(name=name))
    return say(_("I asked the team of {name}. As soon as one of them agrees, this room is linked.").format(name=name))


async def _refuse_too_many(ctx: Context, name: str, waiting: Sequence[LinkRequest]) -> None:
    mine = await rooms.count_open_requests(ctx.tx, ctx.sender)
    if mine >= OF_PERSON:
        sentence = _("I did not ask: {count} rooms of yours wait for an answer. Write this again once there is one.")
        raise UserError(sentence.format(count=mine))
    if len(waiting) >= OF_COMMUNITY:
        sentence = _("I did not ask: {count} rooms wait for the team of {name} already. Write this again in some days.")
        raise UserError(sentence.format(count=len(waiting), name=name))


async def _put(ctx: Context, community: Community, waiting: Sequence[LinkRequest]) -> None:
    """Add the newest request to the card of the last day if one waits, else to a new one that replaces the others."""
    first, newest = str(waiting[0].id), str(waiting[-1].id)
    shown = await _cards(ctx, community)
    if shown and ctx.now - shown[-1].entered_at < CARD_GROWS:
        await refresh(ctx, community, cause=newest)
        return
    for row in shown:
        await ctx.outbox.set_subject(ctx.tx, row.key, Ref.parse(row.about or ""), waits=False)
    with speaking(community.language):
        text = _text(ctx, community, dict(enumerate(waiting, 1)))
    key, about = f"{_key(community)}{newest}", Ref(ABOUT, first)
    if community.main_room is None:
        reached = await within_reach(ctx, ctx.operators)
        await team_cards.to_each(ctx, reached, community, lambda: text, key=key, about=about)
    else:
        await team_cards.put(ctx, community, lambda: text, key=key, about=about)


def _ask_them(community: Community) -> str:
    sentence = _(
        "I cannot write in private to those who operate this bot: ask them to write here `!admin community link {slug}`"
    )
    return sentence.format(slug=community.slug)


def _key(community: Community) -> str:
    return f"links:{community.slug}:"


async def _cards(ctx: Context, community: Community) -> Sequence[OutboxMessage]:
    return await ctx.outbox.waiting(ctx.tx, f"{team_cards.PREFIX}{_key(community)}")


async def refresh(ctx: Context, community: Community, *, cause: str) -> None:
    """Update every card that waits, by an edit; `cause` makes the edit's key unique."""
    for row in await _cards(ctx, community):
        found = await _numbered(ctx, community, int(Ref.parse(row.about or "").id))
        with speaking(community.language):
            text = _text(ctx, community, found)
        await ctx.outbox.edit(ctx.tx, Message(text, rings=True), key=f"{row.key}:{cause}", of=row.key, now=ctx.now)
        if not found:
            await ctx.outbox.close_cards(ctx.tx, Ref.parse(row.about or ""))


async def _numbered(ctx: Context, community: Community, first: int) -> Numbered:
    """The requests of a card that still wait, by number; numbers do not change when others are answered."""
    made = await rooms.requests_since(ctx.tx, community.slug, first)
    return {number: request for number, request in enumerate(made, 1) if request.status == rooms.OPEN}


async def is_linked(ctx: Context, community: Community, room_id: str) -> None:
    """The room was linked in another way: no request for it waits any more."""
    waiting = [one for one in await rooms.open_requests(ctx.tx, community.slug) if one.room_id == room_id]
    for request in waiting:
        await rooms.settle(ctx.tx, request, status=rooms.DONE)
    if waiting:
        await refresh(ctx, community, cause=ctx.event.event_id)


# ── answering ─────────────────────────────────────────────────────────────────────────────────────────────


async def of_card(ctx: Context, item: str) -> tuple[Community, Numbered] | None:
    """The community and waiting requests of a card; None if none waits or the sender may not answer now."""
    first = await rooms.link_request(ctx.tx, int(item))
    community = await communities.get(ctx.tx, first.community) if first else None
    if first is None or community is None:
        return None
    found = await _numbered(ctx, community, int(item))
    return (community, found) if found and await decides_who_belongs(ctx, community) else None


def which_one() -> Reply:
    """The reply to a yes while several rooms wait: we do not link several at once."""
    return say(_("Several rooms wait. Answer the card with “link 1” to link the first, or “refuse 1” to decline it."))


def room_name(ctx: Context, room_id: str) -> str:
    """The name of a room, for sentences."""
    return rooms.called(ctx.directory, room_id)


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────


def _text(ctx: Context, community: Community, waiting: Numbered) -> Text:
    if not waiting:
        return Text.of(_("No room is waiting to be linked."))
    if list(waiting) == [1]:
        return Text.of(
            question(ctx, community, waiting[1].room_id, waiting[1].asked_by),
            _("**Link it?** The team answers: ✅ yes, ❌ no. Without an answer nothing changes.")
            if community.main_room is not None
            else _("**Link it?** ✅ yes, ❌ no. Without an answer nothing changes."),
        )
    asking = ngettext(
        "{count} room asks to be linked to the community {name}:",
        "{count} rooms ask to be linked to the community {name}:",
        len(waiting),
    )
    more = len(waiting) - SHOWN
    return Text.of(
        asking.format(count=len(waiting), name=name_in(community, community.language)),
        *(_line(ctx, number, request) for number, request in list(waiting.items())[:SHOWN]),
        ngettext("And {count} more.", "And {count} more.", more).format(count=more) if more > 0 else "",
        _("Their members will find the community's resources there."),
        _(
            "A moderator answers “link 1” to link one, “refuse 1” to decline one, or “no” (❌) to decline all. "
            "Without an answer nothing changes."
        ),
    )


def _line(ctx: Context, number: int, request: LinkRequest) -> str:
    members.require(ctx.directory, request.room_id)
    who = ctx.directory.name_of(request.room_id, request.asked_by)
    return _("{number}. {room}, asked by {who}").format(number=number, room=room_name(ctx, request.room_id), who=who)


def question(ctx: Context, community: Community, room_id: str, asked_by: str) -> Text:
    """The question whether to link one room."""
    members.require(ctx.directory, room_id)
    return Text.of(
        _("{who} asks that the room “{room}” be linked to the community {name}.").format(
            who=ctx.directory.name_of(room_id, asked_by),
            room=room_name(ctx, room_id),
            name=name_in(community, ctx.language),
        ),
        _("Its members will find the community's resources there."),
        _("It would be its main room: whoever has power there makes the community's team.")
        if community.main_room is None
        else "",
    )
