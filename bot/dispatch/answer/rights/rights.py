"""Who may do what, at the very moment when it is done; and how a refusal is worded."""

from dataclasses import replace

from bot.communities import Community
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.menu.command import Verb
from bot.errors import NotAllowed, UserError
from bot.i18n import _

NAMES_SHOWN = 3


def may(ctx: Context, verb: Verb) -> bool:
    """Whether the person may do this here and now; help shows nothing else."""
    return (verb.anywhere or bool(ctx.communities)) and holds(ctx, verb.role)


def holds(ctx: Context, role: Role) -> bool:
    """Whether the person has this role here; everybody who speaks to us is a member."""
    return role is Role.MEMBER or role in ctx.roles


async def inside(ctx: Context, community: Community, *, member: bool = True) -> Context:
    """The context with this community and the person's rights in it; without `member`, those of a guest."""
    roles = await ctx.roles_in(ctx.tx, ctx.sender, community, here=member)
    return replace(ctx, community=community, roles=roles | ({Role.HOST} if Role.MODERATOR in roles else set()))


async def leads(ctx: Context, community: Community) -> bool:
    """Whether the person is of the community's team at this moment. A handler that calls it declares `asks_rights`."""
    return Role.MODERATOR in await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)


async def decides_who_belongs(ctx: Context, community: Community) -> bool:
    """The same for rooms and volunteers, about whom a facilitator does not decide."""
    return Role.GATEKEEPER in await ctx.roles_in(ctx.tx, ctx.sender, community, here=False)


async def reserved(ctx: Context, community: Community, sentence: str) -> UserError:
    """A refusal that says who may, and names some of the community's team."""
    names = await team_names(ctx, community)
    if not names:
        return UserError(sentence)
    team = _("The community's team: {names}. You may write to them directly.").format(names=", ".join(names))
    return UserError(f"{sentence}\n{team}")


async def require(ctx: Context, role: Role) -> None:
    """Raise NotAllowed, with the names of those who may, unless the person has the role."""
    if not holds(ctx, role):
        raise NotAllowed(await _refusal(ctx, role))


async def _refusal(ctx: Context, role: Role) -> str:
    if role is Role.OPERATOR:
        return _("This action is reserved for those who operate this bot.")
    if role is Role.GATEKEEPER and holds(ctx, Role.MODERATOR):
        return _("Who belongs to the community, and which room, is decided by its moderators: please ask them.")
    if role is Role.ADMINISTRATOR and holds(ctx, Role.MODERATOR):
        return _("This is decided by whoever administers the main room: please ask them.")
    names = await team_names(ctx, ctx.community)
    if not names and (nobody := no_team(ctx.community)):
        return _("Only the community's team may do this. {nobody}").format(nobody=nobody)
    if not names:
        return _("This action is reserved for the team of the room's community. You may talk to them directly.")
    return _(
        "This action is reserved for the team of the room's community ({names}). You may talk to them directly."
    ).format(names=", ".join(names))


def no_team(community: Community | None) -> str:
    """For a community that nobody leads; empty where it is not known whose team is meant, or where it would be."""
    if community is None or community.main_room is None:
        return ""
    return _("The community has no team at the moment: those who operate this bot may name one.")


async def team_names(ctx: Context, community: Community | None) -> list[str]:
    """The names that the community's team shows in its main room, some of them."""
    if community is None or community.main_room is None:
        return []
    team = await people.team(ctx.tx, community, ctx.directory, but=ctx.account)
    return [ctx.directory.name_of(community.main_room, mxid) for mxid in team[:NAMES_SHOWN]]
