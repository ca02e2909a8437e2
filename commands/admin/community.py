"""`!admin communauté`: links rooms to communities, and creates communities."""

import re
from contextlib import AbstractAsyncContextManager
from functools import partial

from bot import first_steps, quotas
from bot.communities import Community, LinkRequest, RoomBinding, communities, rooms, undoable
from bot.communities.communities import name_in, spoken
from bot.communities.file import SLUG
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.answer.rights.rights import decides_who_belongs
from bot.dispatch.menu.arguments import Rest, Word
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import NotAllowed, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Message
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, language, ngettext, speaking
from bot.markup import code
from bot.text.numbers import whole
from bot.text.plain_text import fold
from bot.text.quotes import titles
from commands.admin import topics
from commands.admin.rooms import link_requests
from commands.admin.rooms.link_requests import ABOUT
from commands.admin.rooms.room import listen

command = Command(
    "communauté",
    aliases=("community", "communautés", "communities"),
    under="admin",
    shown=N_("admin community"),
    summary=N_("link this room"),
    examples=(N_("admin community list"), N_("admin community link rse")),
    anywhere=True,
    place=67,
)
LONGEST_SLUG, LONGEST_NAME = 40, 80
_TOPICS = re.compile(r"[\s,;(](?:sujets?|topics?)\s?:", re.I)


@command.run()
@command.verb("lister", "liste", "list", usage=N_("admin community list"), summary=N_("see the communities"))
async def overview(ctx: Context) -> Reply:
    known = [found for found in await communities.every(ctx.tx) if ctx.serving.serves(found.slug)]
    here = ctx.binding.community if ctx.binding else None
    linked = [
        _("This room is linked to {name}.").format(name=name(ctx, found)) for found in known if found.slug == here
    ]
    return say(
        title(_("Communities")),
        bullets(*(_("{short}: {name}").format(short=code(found.slug), name=name(ctx, found)) for found in known)),
        *(linked or [_("This room is linked to no community.")]),
    )


@command.verb(
    "lier", "link", usage=N_("admin community link <community>"), summary=N_("link this room"), asks_rights=True
)
async def link(ctx: Context, slug: Word) -> Reply | None:
    community = await _community(ctx, slug)
    await _refuse_linked(ctx, community)
    roles = await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)
    if Role.OPERATOR in roles:
        return await _link(ctx, community)
    if Role.GATEKEEPER in roles:
        return await begin(ctx, LINK, {"slug": slug})
    return await within(ctx, quotas.LINK, partial(link_requests.ask, ctx, community))


@command.verb("délier", "unlink", usage=N_("admin community unlink"), summary=N_("unlink this room"), asks_rights=True)
async def unlink(ctx: Context) -> Reply:
    bound = _unlinkable(ctx)
    return await begin(ctx, UNLINK, {"slug": bound.community})


@command.verb(
    "créer",
    "create",
    usage=N_("admin community create <short-name> “Name” topics: …, …"),
    summary=N_("create a community"),
    role=Role.OPERATOR,
)
async def create(ctx: Context, slug: Word, names: Rest) -> Reply:
    names, several = _with_topics(names)
    given = titles(names)
    if not re.fullmatch(SLUG, slug) or len(slug) > LONGEST_SLUG:
        raise UserError(_("A short name has lower-case letters a to z, digits and hyphens, such as: soins-palliatifs"))
    if not given or len(given[0]) > LONGEST_NAME:
        raise UserError(_("Write its name too, in a few words: `!admin community create rse “Social responsibility”`"))
    await _refuse_known(ctx, slug)
    return await begin(ctx, CREATE, {"slug": slug, "fr": given[0], "en": given[-1], "topics": several})


def _with_topics(words: str) -> tuple[Rest, list[Draft]]:
    """The words before `topics:`, and the names of the topics behind it, each once. Raises UserError for too many."""
    before, *behind = _TOPICS.split(words, maxsplit=1)
    named = [topics.names_of(one) for one in re.split(r"[,;\n]", "".join(behind)) if one.strip(" .")]
    several: dict[str, Draft] = {}
    for names in named:
        several.setdefault(topics.slug_of(names["fr"]), names)
    if len(several) > topics.MOST:
        raise UserError(_("A community has {most} topics at most.").format(most=topics.MOST))
    return Rest(before), list(several.values())


command.belongs(ABOUT, to=rooms.asked_of, waits=rooms.link_waits)


@command.reaction(Gesture.YES, about=ABOUT, asks_rights=True, makes=quotas.TEAM)
async def accept(ctx: Context, item: str) -> Reply | None:
    """Accept the request of a card; if several wait, ask for its number."""
    found = await link_requests.of_card(ctx, item)
    if found is None:
        return None
    community, waiting = found
    return await _accept(ctx, community, *waiting.values()) if len(waiting) == 1 else link_requests.which_one()


@command.reaction(Gesture.NO, about=ABOUT, asks_rights=True, makes=quotas.TEAM)
async def decline(ctx: Context, item: str) -> Reply | None:
    """Decline all requests that wait on the card."""
    found = await link_requests.of_card(ctx, item)
    return await _decline(ctx, found[0], *found[1].values()) if found is not None else None


@command.answer("relier", "lier", "link", about=ABOUT, takes_rest=True, asks_rights=True, makes=quotas.TEAM)
async def accept_one(ctx: Context, item: str, number: str) -> Reply | None:
    found = await link_requests.of_card(ctx, item)
    return await _accept(ctx, found[0], _named(found[1], number)) if found is not None else None


@command.answer("refuser", "refuse", about=ABOUT, takes_rest=True, asks_rights=True, makes=quotas.TEAM)
async def decline_one(ctx: Context, item: str, number: str) -> Reply | None:
    found = await link_requests.of_card(ctx, item)
    return await _decline(ctx, found[0], _named(found[1], number)) if found is not None else None


def _named(waiting: link_requests.Numbered, number: str) -> LinkRequest:
    request = waiting.get(whole(number) or 0)
    if request is None:
        raise UserError(_("There is no number {number} in this list.").format(number=number[:40]))
    return request


async def _accept(ctx: Context, community: Community, request: LinkRequest) -> Reply:
    await _settle(ctx, community, request, status=rooms.DONE)
    if await rooms.binding(ctx.tx, request.room_id) is not None:
        return _meanwhile()
    role = Role.OPERATOR if community.main_room is None else Role.GATEKEEPER
    async with _noted(ctx, request.room_id, community.slug, role=role):
        await rooms.link(ctx.tx, request.room_id, community, account=ctx.account, by=request.asked_by, now=ctx.now)
    await first_steps.look_again(ctx, community.slug)
    text = _linked(community)
    await ctx.outbox.say(ctx.tx, Message(text), key=f"linked:{request.id}", to=request.room_id, now=ctx.now)
    waits = rooms.waits_for_right(ctx.directory, request.room_id)
    if waits:
        return say(_("The room is linked to the community {name}.").format(name=name(ctx, community)), waits)
    return say(_("The room is linked to the community {name}. I say so there.").format(name=name(ctx, community)))


async def _decline(ctx: Context, community: Community, *requests: LinkRequest) -> Reply:
    await _settle(ctx, community, *requests, status=rooms.DECLINED)
    left_out = [request for request in requests if await rooms.binding(ctx.tx, request.room_id) is None]
    for request in left_out:
        text = _declined(community)
        await ctx.outbox.say(ctx.tx, Message(text), key=f"unlinked:{request.id}", to=request.room_id, now=ctx.now)
    if not left_out:
        return _meanwhile()
    if len(left_out) == 1:
        sentence = _("The room is not linked to {name}. Nothing has changed. I say so there.")
        return say(sentence.format(name=name(ctx, community)))
    sentence = ngettext(
        "{count} room is not linked to {name}. Nothing has changed. I say so in each of them.",
        "{count} rooms are not linked to {name}. Nothing has changed. I say so in each of them.",
        len(left_out),
    )
    return say(sentence.format(count=len(left_out), name=name(ctx, community)))


async def _settle(ctx: Context, community: Community, *requests: LinkRequest, status: str) -> None:
    """Store the answer to requests and update the cards, so that they cannot be answered again."""
    for request in requests:
        await rooms.settle(ctx.tx, request, status=status)
    await link_requests.refresh(ctx, community, cause=ctx.event.event_id)


def _meanwhile() -> Reply:
    return say(_("That room has been linked to a community meanwhile. Nothing has changed."))


@command.title(about=ABOUT)
async def request_title(ctx: Context, item: str) -> str:
    request = await rooms.link_request(ctx.tx, int(item))
    return request.community if request else item


async def _link(ctx: Context, community: Community) -> Reply:
    first = community.main_room is None
    async with _noted(ctx, ctx.room_id, community.slug, role=Role.OPERATOR if first else Role.GATEKEEPER):
        await rooms.link(ctx.tx, ctx.room_id, community, account=ctx.account, by=ctx.sender, now=ctx.now)
    await link_requests.is_linked(ctx, community, ctx.room_id)
    await first_steps.look_again(ctx, community.slug)
    return Reply(_linked(community))


def _noted(ctx: Context, room_id: str, slug: str, role: Role = Role.GATEKEEPER) -> AbstractAsyncContextManager[None]:
    """`role`: whose right it was, so that nobody takes back what they could not have done."""
    return undo.noted(ctx, undoable.LINK, room_id, community=slug, role=role)


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
    return _("This room is linked to {name}. To change that, write first: `!admin community unlink`").format(
        name=name(ctx, current)
    )


def _linked(community: Community) -> Text:
    """The text for a newly linked room, in the community's language, which is now the room's."""
    with speaking(community.language):
        return Text.of(
            _("This room is linked to the community {name}.").format(name=name_in(community, community.language)),
            _("To try: `!doc` followed by a few words, or `!help`"),
            _("For the team, to begin with: `!admin start`"),
        )


def _declined(community: Community) -> Text:
    with speaking(community.language):
        sentence = _("The team of {name} does not link this room. You may talk to them directly.")
        return Text.of(sentence.format(name=name_in(community, community.language)))


def name(ctx: Context, community: Community) -> str:
    """The community's name in the language of the conversation."""
    return name_in(community, ctx.language)


async def _show_link(ctx: Context, draft: Draft) -> Text:
    return link_requests.question(ctx, await _community(ctx, draft["slug"]), ctx.room_id, ctx.sender)


async def _do_link(ctx: Context, draft: Draft) -> Reply:
    """Link the room after checking the person's right in that community, to which the form itself is not bound."""
    community = await _community(ctx, draft["slug"])
    await _refuse_linked(ctx, community)
    if not await decides_who_belongs(ctx, community):
        raise NotAllowed(_("Only the community's moderators may link a room. You may talk to them directly."))
    return await _link(ctx, community)


def _unlinkable(ctx: Context) -> RoomBinding:
    if ctx.binding is None:
        raise UserError(_("This room is linked to no community."))
    if Role.GATEKEEPER not in ctx.roles:
        raise UserError(_("Only the community's moderators may unlink a room. You may talk to them directly."))
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
        _("Topics: {topics}").format(topics=", ".join(spoken(one, language()) for one in draft["topics"]))
        if draft.get("topics")
        else "",
        _("It would begin without rooms and without resources. This cannot be taken back."),
    )


async def _create(ctx: Context, draft: Draft) -> Reply:
    await _refuse_known(ctx, draft["slug"])
    names = {"fr": draft["fr"], "en": draft["en"]}
    await communities.create(ctx.tx, draft["slug"], names, language=ctx.language, now=ctx.now)
    for topic in draft.get("topics", ()):
        await communities.put_topic(ctx.tx, draft["slug"], topics.slug_of(topic["fr"]), topic)
    return say(
        _("The community {name} is created.").format(name=draft["fr"]),
        _("To link its first room, write there: `!admin community link {slug}`").format(slug=draft["slug"]),
    )


LINK = command.form(
    "room-link",
    preview=_show_link,
    done=_do_link,
    title=lambda ctx, draft: _("link this room"),
    asks_rights=True,
    question=N_("**Link it?** ✅ yes, ❌ no. Without an answer nothing changes."),
    makes=quotas.TEAM,
)
UNLINK = command.form(
    "room-unlink",
    preview=_show_unlink,
    done=_unlink,
    title=lambda ctx, draft: _("unlink this room"),
    asks_rights=True,
    question=N_("**Unlink it?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
)
CREATE = command.form(
    "community-new",
    preview=_show_create,
    done=_create,
    title=lambda ctx, draft: str(draft["fr"]),
    role=Role.OPERATOR,
    question=N_("**Create it?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
)
