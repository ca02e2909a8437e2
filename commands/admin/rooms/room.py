"""`!admin salon`: sets what a room is for, and which one is the community's main room."""

from functools import partial

from bot import quotas
from bot.communities import RoomBinding, communities, rooms, undoable
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.communities.texts import kind_name
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _

command = Command(
    "salon",
    aliases=("room", "salons", "rooms"),
    under="admin",
    shown=N_("admin room"),
    summary=N_("what this room is for"),
    place=62,
    examples=(N_("admin room"), N_("admin room help")),
    role=Role.MODERATOR,
)


@command.run(usage=N_("admin room"), summary=N_("see the community's rooms"))
async def overview(ctx: Context) -> Reply:
    binding = _bound(ctx)
    community = await communities.get(ctx.tx, binding.community)
    main_room = community.main_room if community else None
    found = await rooms.of_community(ctx.tx, binding.community)
    shown = [
        (_("{room}: {kind}, main room") if bound.room_id == main_room else _("{room}: {kind}")).format(
            room=room_name(ctx, bound.room_id), kind=kind_name(bound.kind)
        )
        for bound in found
    ]
    return say(title(_("Rooms of the community")), bullets(*shown))


@command.verb("public", usage=N_("admin room public"), summary=N_("a room for every member"))
async def public(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.PUBLIC)


@command.verb(
    "experts", "volontaires", "volunteers", usage=N_("admin room experts"), summary=N_("a room of volunteers")
)
async def experts(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.EXPERTS)


@command.verb("moderation", "équipe", "team", usage=N_("admin room moderation"), summary=N_("a room of the team"))
async def moderation(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.MODERATION)


@command.verb(
    "aide", "entraide", "help", usage=N_("admin room help"), summary=N_("a room where “yes” or “1” is enough")
)
async def help_(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.HELP)


@command.verb(
    "principal",
    "main",
    usage=N_("admin room main"),
    summary=N_("make this the main room"),
    role=Role.ADMINISTRATOR,
)
async def main(ctx: Context) -> Reply:
    binding = _bound(ctx)
    community = await communities.get(ctx.tx, binding.community)
    if community is not None and community.main_room == ctx.room_id:
        raise UserError(_("This is the main room already."))
    return await begin(ctx, MAIN, {"community": binding.community})


async def _propose(ctx: Context, kind: str) -> Reply:
    if _bound(ctx).kind == kind:
        raise UserError(_("That is what this room is for already."))
    return await begin(ctx, KIND, {"kind": kind})


def _bound(ctx: Context) -> RoomBinding:
    if ctx.binding is None:
        raise UserError(_("A private conversation is no room of a community. Write this in the room itself."))
    if ctx.binding.kind == rooms.OWN:
        raise UserError(_("I opened this room for some members: what it is for does not change."))
    return ctx.binding


def room_name(ctx: Context, room_id: str) -> str:
    """The name of a room, for sentences."""
    return rooms.called(ctx.directory, room_id)


async def _show_kind(ctx: Context, draft: Draft) -> Text:
    return Text.of(_("This room would become: {kind}.").format(kind=kind_name(draft["kind"])))


async def _set_kind(ctx: Context, draft: Draft) -> Reply:
    bound = _bound(ctx)
    async with undo.noted(ctx, undoable.ROOM, bound.room_id, community=bound.community, role=Role.MODERATOR):
        await rooms.set_kind(ctx.tx, bound, draft["kind"])
    listen(ctx, bound.room_id, draft["kind"])
    return say(_("Done. This room is now: {kind}.").format(kind=kind_name(draft["kind"])), undo.hint())


def listen(ctx: Context, room_id: str, kind: str) -> None:
    """Accept bare words in the room after the commit, or no longer, as its kind requires."""
    ctx.tx.after_commit.append(partial(ctx.listening.open_room, room_id, is_open=kind == rooms.HELP))


async def _show_main(_ctx: Context, _draft: Draft) -> Text:
    return Text.of(
        _("This room would become the community's main room."),
        _("From then on power here makes the community's team, and power in the present one no longer counts."),
    )


async def _set_main(ctx: Context, draft: Draft) -> Reply:
    community = await communities.get(ctx.tx, _bound(ctx).community)
    if community is None or community.slug != draft["community"]:
        raise UserError(_("This room belongs to another community by now."))
    async with undo.noted(ctx, undoable.MAIN_ROOM, "", community=community.slug, role=Role.ADMINISTRATOR):
        await communities.set_main_room(ctx.tx, community, ctx.room_id)
    return say(_("Done. This is the community's main room now."), undo.hint())


KIND = command.form(
    "room-kind",
    preview=_show_kind,
    done=_set_kind,
    title=lambda ctx, draft: kind_name(draft["kind"]),
    makes=quotas.TEAM,
)
MAIN = command.form(
    "main-room",
    preview=_show_main,
    done=_set_main,
    title=lambda ctx, draft: _("the main room"),
    role=Role.ADMINISTRATOR,
    makes=quotas.TEAM,
)
