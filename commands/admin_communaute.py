"""`!admin communauté`: which room belongs to which community."""

import re
from contextlib import AbstractAsyncContextManager

from bot.communities import SLUG
from bot.dispatch.command import Command, Rest, Word
from bot.dispatch.context import Context
from bot.dispatch.filling import begin
from bot.dispatch.form import Draft
from bot.dispatch.reply import Reply, say
from bot.domain.gestures import Gesture
from bot.domain.messages import Message, Ref, Text
from bot.domain.plain_text import fold
from bot.domain.quotes import titles
from bot.domain.roles import Role
from bot.errors import NotAllowed, UserError
from bot.i18n import N_, _, speaking
from bot.services import communities, first_steps, rooms, undo
from bot.store.tables import Community, LinkRequest, RoomBinding
from commands.admin_salon import listen

command = Command(
    "communauté",
    aliases=("community", "communautés", "communities"),
    under="admin",
    shown=N_("admin community"),
    summary=N_("link this room to a community"),
    examples=(N_("admin community list"), N_("admin community link rse")),
    anywhere=True,
)
ABOUT = "link"
LONGEST_SLUG, LONGEST_NAME = 40, 80


@command.run()
@command.verb("lister", "liste", "list", usage=N_("admin community list"), summary=N_("see the communities"))
async def overview(ctx: Context) -> Reply:
    known = [found for found in await communities.every(ctx.tx) if ctx.serving.serves(found.slug)]
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
    await _refuse_linked(ctx, community)
    roles = await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)
    if Role.OPERATOR in roles:
        return await _link(ctx, community)
    if Role.MODERATOR in roles:
        return await begin(ctx, LINK, {"slug": slug})
    return await _ask(ctx, community)


@command.verb("délier", "unlink", usage=N_("admin community unlink"), summary=N_("unlink this room"))
async def unlink(ctx: Context) -> Reply:
    bound = _unlinkable(ctx)
    return await begin(ctx, UNLINK, {"slug": bound.community})


@command.verb(
    "créer",
    "create",
    usage=N_("admin community create <short-name> “Name”"),
    summary=N_("create a community"),
    role=Role.OPERATOR,
)
async def create(ctx: Context, slug: Word, names: Rest) -> Reply:
    given = titles(names)
    if not re.fullmatch(SLUG, slug) or len(slug) > LONGEST_SLUG:
        raise UserError(_("A short name has lower-case letters a to z, digits and hyphens, such as: soins-palliatifs"))
    if not given or len(given[0]) > LONGEST_NAME:
        raise UserError(_("Write its name too, in a few words: !admin community create rse “Social responsibility”"))
    await _refuse_known(ctx, slug)
    return await begin(ctx, CREATE, {"slug": slug, "fr": given[0], "en": given[-1]})


command.belongs(ABOUT, to=rooms.asked_of)


@command.reaction(Gesture.YES, about=ABOUT, team_only=True)
async def accept(ctx: Context, item: str) -> Reply | None:
    asked = await _open_request(ctx, item)
    if asked is None:
        return None
    request, community = asked
    await rooms.settle(ctx.tx, request, status=rooms.DONE)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, item))
    if await rooms.binding(ctx.tx, request.room_id) is not None:
        return _meanwhile()
    async with _noted(ctx, request.room_id, community.slug):
        await rooms.link(ctx.tx, request.room_id, community, account=ctx.account, by=request.asked_by, now=ctx.now)
    await first_steps.look_again(ctx, community.slug)
    text = _linked(community)
    await ctx.outbox.say(ctx.tx, Message(text), key=f"linked:{request.id}", to=request.room_id, now=ctx.now)
    return say(_("The room is linked to the community {name}. I say so there.").format(name=name(ctx, community)))


@command.reaction(Gesture.NO, about=ABOUT, team_only=True)
async def decline(ctx: Context, item: str) -> Reply | None:
    asked = await _open_request(ctx, item)
    if asked is None:
        return None
    request, community = asked
    await rooms.settle(ctx.tx, request, status=rooms.DECLINED)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, item))
    if await rooms.binding(ctx.tx, request.room_id) is not None:
        return _meanwhile()
    text = _declined(community)
    await ctx.outbox.say(ctx.tx, Message(text), key=f"unlinked:{request.id}", to=request.room_id, now=ctx.now)
    return say(
        _("The room is not linked to {name}. Nothing has changed. I say so there.").format(name=name(ctx, community))
    )


def _meanwhile() -> Reply:
    return say(_("That room has been linked to a community meanwhile. Nothing has changed."))


@command.title(about=ABOUT)
async def request_title(ctx: Context, item: str) -> str:
    request = await rooms.link_request(ctx.tx, int(item))
    return request.community if request else item


async def _open_request(ctx: Context, item: str) -> tuple[LinkRequest, Community] | None:
    """The request, if it still waits and the sender may answer it now; a gesture without right is left unanswered."""
    request = await rooms.link_request(ctx.tx, int(item))
    community = await communities.get(ctx.tx, request.community) if request else None
    if request is None or community is None or request.status != rooms.OPEN:
        return None
    roles = await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)
    return (request, community) if Role.MODERATOR in roles else None


async def _link(ctx: Context, community: Community) -> Reply:
    first = community.main_room is None
    async with _noted(ctx, ctx.room_id, community.slug, role=Role.OPERATOR if first else Role.MODERATOR):
        await rooms.link(ctx.tx, ctx.room_id, community, account=ctx.account, by=ctx.sender, now=ctx.now)
    await first_steps.look_again(ctx, community.slug)
    return Reply(_linked(community))


def _noted(ctx: Context, room_id: str, slug: str, role: Role = Role.MODERATOR) -> AbstractAsyncContextManager[None]:
    """`role`: whose right it was, so that nobody takes back what they could not have done."""
    return undo.noted(ctx, undo.LINK, room_id, community=slug, role=role)


async def _ask(ctx: Context, community: Community) -> Reply:
    """Somebody else asked: a moderator answers in the community's main room."""
    if community.main_room is None:
        raise UserError(
            _("{name} has no main room yet: only an operator of this bot may link the first one.").format(
                name=name(ctx, community)
            )
        )
    request = await rooms.ask_to_link(ctx.tx, ctx.room_id, community, account=ctx.account, by=ctx.sender, now=ctx.now)
    about = Ref(ABOUT, str(request.id))
    with speaking(community.language):
        text = Text.of(
            _asked(ctx, community),
            _("Link it? A moderator answers “yes” (✅) or “no” (❌). Without an answer nothing changes."),
        )
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
    found = await communities.get(ctx.tx, fold(slug).text)
    if found is None or not ctx.serving.serves(found.slug):
        known = ", ".join(await communities.slugs(ctx.tx, ctx.serving))
        raise UserError(
            _("I know no community “{slug}”. Those that I know: {known}").format(slug=slug[:40], known=known)
        )
    return found


async def _refuse_linked(ctx: Context, wanted: Community) -> None:
    if ctx.direct:
        raise UserError(_("A private conversation is linked to no community. Write this in the room itself."))
    if ctx.binding is not None:
        raise UserError(await _already(ctx, wanted))


async def _refuse_known(ctx: Context, slug: str) -> None:
    if await communities.get(ctx.tx, slug) is not None:
        raise UserError(_("There is a community “{slug}” already.").format(slug=slug))


async def _already(ctx: Context, wanted: Community) -> str:
    assert ctx.binding is not None
    current = await communities.get(ctx.tx, ctx.binding.community)
    if current is None or current.slug == wanted.slug:
        return _("This room is already linked to {name}.").format(name=name(ctx, wanted))
    return _("This room is linked to {name}. To change that, write first: !admin community unlink").format(
        name=name(ctx, current)
    )


def _linked(community: Community) -> Text:
    """In the community's language, which is the room's from now on."""
    with speaking(community.language):
        return Text.of(
            _("This room is linked to the community {name}.").format(
                name=community.name.get(community.language) or community.name["fr"]
            ),
            _("To try: !doc followed by a few words, or !help"),
        )


def _declined(community: Community) -> Text:
    with speaking(community.language):
        sentence = _("The team of {name} does not link this room. You may talk to them directly.")
        return Text.of(sentence.format(name=community.name.get(community.language) or community.name["fr"]))


def _asked(ctx: Context, community: Community) -> Text:
    room = rooms.called(ctx.directory, ctx.room_id)
    who = ctx.directory.name_of(ctx.room_id, ctx.sender)
    return Text.of(
        _("{who} asks that the room “{room}” be linked to the community {name}.").format(
            who=who, room=room, name=name(ctx, community)
        ),
        _("Its members will find the community's resources there."),
    )


def name(ctx: Context, community: Community) -> str:
    """The community's name in the language of the conversation."""
    return community.name.get(ctx.language) or community.name["fr"]


async def _show_link(ctx: Context, draft: Draft) -> Text:
    return _asked(ctx, await _community(ctx, draft["slug"]))


async def _do_link(ctx: Context, draft: Draft) -> Reply:
    """The right in the community to be joined is looked at again: nothing else says who asks."""
    community = await _community(ctx, draft["slug"])
    await _refuse_linked(ctx, community)
    if Role.MODERATOR not in await ctx.roles_in(ctx.tx, ctx.sender, community, here=False):
        raise NotAllowed(_("Only the community's team may link a room. You may talk to them directly."))
    return await _link(ctx, community)


def _unlinkable(ctx: Context) -> RoomBinding:
    if ctx.binding is None:
        raise UserError(_("This room is linked to no community."))
    if Role.MODERATOR not in ctx.roles:
        raise UserError(_("Only the community's team may unlink a room. You may talk to them directly."))
    return ctx.binding


async def _show_unlink(ctx: Context, draft: Draft) -> Text:
    community = await _community(ctx, draft["slug"])
    return Text.of(
        _("This room would no longer be linked to {name}: I would do nothing here any more.").format(
            name=name(ctx, community)
        ),
        _("It is the main room: only an operator of this bot may link it again.")
        if community.main_room == ctx.room_id
        else "",
    )


async def _unlink(ctx: Context, draft: Draft) -> Reply:
    bound, community = _unlinkable(ctx), await _community(ctx, draft["slug"])
    if bound.community != community.slug:
        raise UserError(_("This room belongs to another community by now."))
    main = community.main_room == ctx.room_id
    async with _noted(ctx, ctx.room_id, community.slug):
        await rooms.unlink(ctx.tx, bound)
    listen(ctx, bound.room_id, kind="")
    return say(
        _("This room is no longer linked to {name}. I do nothing here from now on.").format(name=name(ctx, community)),
        _("Only an operator of this bot may link it again.") if main else undo.hint(),
    )


async def _show_create(_ctx: Context, draft: Draft) -> Text:
    return Text.of(
        _("Preview. Nothing is created yet."),
        _("Community: {name} (short name: {slug})").format(name=draft["fr"], slug=draft["slug"]),
        _("It would begin without rooms and without resources. This cannot be taken back."),
    )


async def _create(ctx: Context, draft: Draft) -> Reply:
    await _refuse_known(ctx, draft["slug"])
    names = {"fr": draft["fr"], "en": draft["en"]}
    await communities.create(ctx.tx, draft["slug"], names, language=ctx.language, now=ctx.now)
    return say(
        _("The community {name} is created.").format(name=draft["fr"]),
        _("To link its first room, write there: !admin community link {slug}").format(slug=draft["slug"]),
    )


LINK = command.form(
    "room-link",
    preview=_show_link,
    done=_do_link,
    title=lambda ctx, draft: _("link this room"),
    asks_rights=True,
    question=N_("Link it? Answer “yes” (✅) or “no” (❌). Without an answer nothing changes."),
)
UNLINK = command.form(
    "room-unlink",
    preview=_show_unlink,
    done=_unlink,
    title=lambda ctx, draft: _("unlink this room"),
    asks_rights=True,
    question=N_("Unlink it? Answer “yes” (✅) or “no” (❌)."),
)
CREATE = command.form(
    "community-new",
    preview=_show_create,
    done=_create,
    title=lambda ctx, draft: str(draft["fr"]),
    role=Role.OPERATOR,
    question=N_("Create it? Answer “yes” (✅) or “no” (❌)."),
)
