"""`!admin équipe`: appoints people to the team, besides those whom the main room's power levels put in it."""

from bot import quotas
from bot.communities import Appointment, undoable
from bot.communities.communities import name_in
from bot.communities.people import members, people
from bot.communities.rules.roles import Role
from bot.communities.team import appointment_notice, undo
from bot.communities.texts import person_name, role_name
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.dispatch.menu.menu import word_of
from bot.errors import UserError
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from bot.privacy import departures
from commands.admin.people import mentions, named

command = Command(
    "équipe",
    aliases=("team", "equipe"),
    under="admin",
    shown=N_("admin team"),
    summary=N_("who is in it"),
    place=61,
    examples=(N_("admin team"), N_("admin team add @claire")),
    role=Role.MODERATOR,
)
ROLES = {
    "moderation": Role.MODERATOR,
    "administration": Role.ADMINISTRATOR,
    "coordination": Role.FACILITATOR,
    "facilitation": Role.FACILITATOR,
    "animation": Role.FACILITATOR,
    "observation": Role.OBSERVER,
}
MEANS = {
    Role.FACILITATOR: N_("It gives all that moderation may do, but not to decide who belongs, nor which room."),
    Role.OBSERVER: N_("It shows the community's figures, without anybody's name, and nothing else."),
}


@command.run(usage=N_("admin team"))
async def overview(ctx: Context) -> Reply:
    community = _community(ctx)
    given = await people.appointed(ctx.tx, community)
    assert ctx.community is not None
    lines = [await _given(ctx, community, row) for row in given]
    powerful = [
        person_name(ctx, mxid)
        for mxid in await people.team(ctx.tx, ctx.community, ctx.directory, but=ctx.account)
        if mxid not in {row.person for row in given}
    ]
    return say(
        title(_("The team of {community}").format(community=name_in(ctx.community, ctx.language))),
        bullets(
            _("By the main room: {names}").format(names=", ".join(powerful)) if powerful else "",
            *lines,
        ),
        _("To give somebody a role: `!admin team add @claire`") if Role.ADMINISTRATOR in ctx.roles else "",
    )


async def _given(ctx: Context, community: str, row: Appointment) -> str:
    line = _("{name}: {role}").format(name=person_name(ctx, row.person), role=role_name(Role(row.role)))
    if await members.is_member_for_sure(ctx.tx, ctx.directory, row.person, community):
        return line
    return _("{line} (once this person joins a room)").format(line=line)


@command.verb(
    "ajouter",
    "add",
    usage=N_("admin team add @person"),
    summary=N_("appoint somebody; moderation, administration, facilitation or observation may follow"),
    role=Role.ADMINISTRATOR,
)
async def add(ctx: Context, words: Rest) -> Reply:
    community, (person, behind) = _community(ctx), named(ctx, words)
    said = word_of(behind.split()[-1]) if behind else "moderation"
    wanted = next((known for known in ROLES if known[:3] == said[:3]), None)
    if wanted is None and person in mentions(ctx) and not words.startswith(person):
        wanted = "moderation"  # the end of the name that was mentioned
    if wanted is None:
        raise UserError(_("I know these roles: moderation, administration, facilitation, observation. I gave none."))
    return await begin(ctx, ADD, {"person": person, "role": ROLES[wanted].value, "community": community})


@command.verb(
    "retirer",
    "remove",
    usage=N_("admin team remove @person"),
    summary=N_("take an appointment back"),
    role=Role.ADMINISTRATOR,
)
async def remove(ctx: Context, words: Rest) -> Reply:
    return await begin(ctx, REMOVE, {"person": named(ctx, words)[0], "community": _community(ctx)})


def _community(ctx: Context) -> str:
    return the_community(ctx).slug


async def _show_add(ctx: Context, draft: Draft) -> Text:
    means = MEANS.get(Role(draft["role"]))
    return Text.of(
        _("{name} would have a role in the community: {role}.").format(
            name=_who(ctx, draft), role=role_name(Role(draft["role"]))
        ),
        _(means) if means else "",
        _("It holds in all rooms of the community, as long as the person is in one of them."),
        await appointment_notice.once_joined(ctx, draft["community"], draft["person"]),
    )


async def _add(ctx: Context, draft: Draft) -> Reply:
    _same_community(ctx, draft)
    role = Role(draft["role"])
    async with undo.noted(ctx, undoable.TEAM, "", community=draft["community"], role=Role.ADMINISTRATOR):
        new = await people.appoint(ctx.tx, draft["person"], draft["community"], role, by=ctx.sender, now=ctx.now)
    if not new:
        return say(_("{name} had this role already.").format(name=_who(ctx, draft)))
    await appointment_notice.later(ctx, draft["community"], draft["person"])
    return say(
        _("Done. {name}: {role}.").format(name=_who(ctx, draft), role=role_name(role)),
        await appointment_notice.once_joined(ctx, draft["community"], draft["person"]),
        undo.hint(),
    )


async def _show_remove(ctx: Context, draft: Draft) -> Text:
    return Text.of(_("The roles given to {name} would be taken back.").format(name=_who(ctx, draft)))


async def _remove(ctx: Context, draft: Draft) -> Reply:
    _same_community(ctx, draft)
    async with undo.noted(ctx, undoable.TEAM, "", community=draft["community"], role=Role.ADMINISTRATOR):
        had = await people.dismiss(ctx.tx, draft["person"], draft["community"], tuple(ROLES.values()), now=ctx.now)
    if not had:
        return say(
            _("{name} was not appointed. Rights from the room's power are changed in the room itself.").format(
                name=_who(ctx, draft)
            )
        )
    await appointment_notice.later(ctx, draft["community"], draft["person"])
    return say(_("Done. The roles given to {name} are taken back.").format(name=_who(ctx, draft)), undo.hint())


@command.timer(appointment_notice.CHANGED, among=departures.community_of)
async def changed(moment: Moment, item: str) -> None:
    """Somebody was given a role, or lost it."""
    await appointment_notice.tell_now(moment, item)


def _same_community(ctx: Context, draft: Draft) -> None:
    if _community(ctx) != draft["community"]:
        raise UserError(_("This room belongs to another community by now."))


def _who(ctx: Context, draft: Draft) -> str:
    name = person_name(ctx, draft["person"])
    return f"{name} ({draft['person']})"


ADD = command.form("team-add", preview=_show_add, done=_add, title=_who, role=Role.ADMINISTRATOR, makes=quotas.TEAM)
REMOVE = command.form(
    "team-remove", preview=_show_remove, done=_remove, title=_who, role=Role.ADMINISTRATOR, makes=quotas.TEAM
)
