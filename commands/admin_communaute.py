"""`!admin communauté`: which room belongs to which community."""

from bot.dispatch.command import Command, Word
from bot.dispatch.context import Context
from bot.dispatch.reply import Reply, say
from bot.domain.gestures import Gesture
from bot.domain.messages import Message, Ref, Text
from bot.domain.roles import Role
from bot.errors import UserError
from bot.i18n import N_, _, speaking
from bot.services import communities, rooms
from bot.store.tables import Community, LinkRequest

command = Command(
    "communauté",
    aliases=("community", "communautés", "communities"),
    under="admin",
    summary=N_("link this room to a community"),
    examples=(N_("admin community list"),),
    anywhere=True,
)
ABOUT = "link"


@command.run()
@command.verb("lister", "liste", "list", usage=N_("admin community list"), summary=N_("see the communities"))
async def overview(ctx: Context) -> Reply:
    known = await communities.every(ctx.tx)
    here = ctx.binding.community if ctx.binding else None
    linked = [
        _("This room is linked to {name}.").format(name=name(ctx, found)) for found in known if found.slug == here
    ]
    return say(
        _("Communities:"),
        *(f"{found.slug} : {name(ctx, found)}" for found in known),
        *(linked or [_("This room is linked to no community.")]),
    )


@command.verb("lier", "link", usage=N_("admin community link <community>"), summary=N_("link this room"))
async def link(ctx: Context, slug: Word) -> Reply:
    community = await _community(ctx, slug)
    if ctx.direct:
        raise UserError(_("A private conversation is linked to no community. Write this in the room itself."))
    if ctx.binding is not None:
        raise UserError(await _already(ctx, community))
    roles = await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)
    if Role.OPERATOR in roles:
        return await _link(ctx, community)
    return await _ask(ctx, community, own=Role.MODERATOR in roles)


@command.verb("délier", "unlink", usage=N_("admin community unlink"), summary=N_("unlink this room"))
async def unlink(ctx: Context) -> Reply:
    if ctx.binding is None:
        raise UserError(_("This room is linked to no community."))
    if Role.MODERATOR not in ctx.roles:
        raise UserError(_("Only the community's team may unlink a room. You may talk to them directly."))
    community = await communities.get(ctx.tx, ctx.binding.community)
    await rooms.unlink(ctx.tx, ctx.binding)
    return say(
        _("This room is no longer linked to {name}. I do nothing here from now on.").format(
            name=name(ctx, community) if community else ctx.binding.community
        )
    )


@command.reaction(Gesture.YES, about=ABOUT)
async def accept(ctx: Context, item: str) -> Reply | None:
    asked = await _open_request(ctx, item)
    if asked is None:
        return None
    request, community = asked
    await rooms.settle(ctx.tx, request, status=rooms.DONE)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, item))
    if await rooms.binding(ctx.tx, request.room_id) is None:
        await rooms.link(ctx.tx, request.room_id, community, account=ctx.account, by=request.asked_by, now=ctx.now)
    if request.room_id != ctx.room_id:
        with speaking(community.language):
            text = _linked(ctx, community)
        await ctx.outbox.say(ctx.tx, Message(text), key=f"linked:{request.id}", to=request.room_id, now=ctx.now)
    return Reply(_linked(ctx, community))


@command.reaction(Gesture.NO, about=ABOUT)
async def decline(ctx: Context, item: str) -> Reply | None:
    asked = await _open_request(ctx, item)
    if asked is None:
        return None
    request, community = asked
    await rooms.settle(ctx.tx, request, status=rooms.DECLINED)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, item))
    return say(_("The room is not linked to {name}. Nothing has changed.").format(name=name(ctx, community)))


async def _open_request(ctx: Context, item: str) -> tuple[LinkRequest, Community] | None:
    """The request, if it still waits and the sender may answer it now; a gesture without right is left unanswered."""
    request = await rooms.link_request(ctx.tx, int(item))
    community = await communities.get(ctx.tx, request.community) if request else None
    if request is None or community is None or request.status != rooms.OPEN:
        return None
    roles = await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)
    return (request, community) if Role.MODERATOR in roles else None


async def _link(ctx: Context, community: Community) -> Reply:
    await rooms.link(ctx.tx, ctx.room_id, community, account=ctx.account, by=ctx.sender, now=ctx.now)
    return Reply(_linked(ctx, community))


async def _ask(ctx: Context, community: Community, *, own: bool) -> Reply:
    """A moderator confirms here; for anybody else a moderator is asked in the community's main room."""
    request = await rooms.ask_to_link(ctx.tx, ctx.room_id, community, account=ctx.account, by=ctx.sender, now=ctx.now)
    about = Ref(ABOUT, str(request.id))
    if own:
        return Reply(_question(ctx, community), about=about, gestures=(Gesture.YES, Gesture.NO), waits=True)
    if community.main_room is None:
        raise UserError(
            _("{name} has no main room yet: only an operator of this bot may link the first one.").format(
                name=name(ctx, community)
            )
        )
    with speaking(community.language):
        text = _question(ctx, community)
    await ctx.outbox.say(
        ctx.tx,
        Message(text, rings=True),
        key=f"link:{request.id}",
        to=community.main_room,
        now=ctx.now,
        about=about,
        waits=True,
        gestures=("✅", "❌"),
    )
    return say(
        _("I asked the team of {name}. As soon as one of them agrees, this room is linked.").format(
            name=name(ctx, community)
        )
    )


async def _community(ctx: Context, slug: str) -> Community:
    found = await communities.get(ctx.tx, slug.lower())
    if found is None:
        known = ", ".join(community.slug for community in await communities.every(ctx.tx))
        raise UserError(
            _("I know no community “{slug}”. Those that I know: {known}").format(slug=slug[:40], known=known)
        )
    return found


async def _already(ctx: Context, wanted: Community) -> str:
    assert ctx.binding is not None
    current = await communities.get(ctx.tx, ctx.binding.community)
    if current is None or current.slug == wanted.slug:
        return _("This room is already linked to {name}.").format(name=name(ctx, wanted))
    return _("This room is linked to {name}. To change that, write first: !admin community unlink").format(
        name=name(ctx, current)
    )


def _linked(ctx: Context, community: Community) -> Text:
    return Text.of(
        _("This room is linked to the community {name}.").format(name=name(ctx, community)),
        _("To try: !doc followed by a few words, or !help"),
    )


def _question(ctx: Context, community: Community) -> Text:
    facts = ctx.directory.facts(ctx.room_id)
    room = facts.name if facts and facts.name else ctx.room_id
    who = ctx.directory.name_of(ctx.room_id, ctx.sender)
    return Text.of(
        _("{who} asks that the room “{room}” be linked to the community {name}.").format(
            who=who, room=room, name=name(ctx, community)
        ),
        _("Its members will find the community's resources there."),
        _("Link it? A moderator answers “yes” (✅) or “no” (❌). Without an answer nothing changes."),
    )


def name(ctx: Context, community: Community) -> str:
    """The community's name in the language of the conversation."""
    return community.name.get(ctx.language) or community.name["fr"]
