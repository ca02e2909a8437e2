"""An operator names somebody to lead a community that has no team: asked in private, answered there."""

from bot import quotas
from bot.communities import communities, undoable
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.team import appointment_notice, undo, without_team
from bot.communities.team.without_team import KIND
from bot.communities.texts import person_name
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from commands.admin.people import named
from commands.admin.team import command as team

team.belongs(KIND, to=communities.named_by, waits=without_team.waits)


@team.timer(KIND)
async def look(moment: Moment, item: str) -> None:
    await without_team.look(moment, item, operators=moment.operators)


@team.title(about=KIND)
async def title(ctx: Context, item: str) -> str:
    community = await communities.get(ctx.tx, item)
    return name_in(community, ctx.language) if community is not None else item


@team.answer("nommer", "name", "désigner", about=KIND, takes_rest=True, asks_rights=True)
async def name(ctx: Context, item: str, rest: str) -> Reply | None:
    """Show who would lead the community, unless somebody has been found meanwhile."""
    if Role.OPERATOR not in ctx.roles:
        return None
    await _refuse_led(ctx)
    return await begin(ctx, NAME, {"person": named(ctx, rest)[0], "community": item})


async def _refuse_led(ctx: Context) -> None:
    community = the_community(ctx)
    if team := await without_team.leading(ctx, community):
        names = ", ".join(person_name(ctx, one) for one in team)
        sentence = _("{community} has a team again ({names}). I changed nothing.")
        raise UserError(sentence.format(community=name_in(community, ctx.language), names=names))


async def _show(ctx: Context, draft: Draft) -> Text:
    sentence = _("{name} would lead the community {community}: set it up, decide who belongs, and give roles.")
    return Text.of(
        sentence.format(name=_who(ctx, draft), community=name_in(the_community(ctx), ctx.language)),
        await appointment_notice.once_joined(ctx, draft["community"], draft["person"]),
        _("To end it later, in a room of the community: `!admin team remove @person`"),
    )


async def _done(ctx: Context, draft: Draft) -> Reply:
    slug, person = draft["community"], draft["person"]
    await communities.locked(ctx.tx, slug)
    await _refuse_led(ctx)
    async with undo.noted(ctx, undoable.TEAM, "", community=slug, role=Role.ADMINISTRATOR):
        await people.appoint(ctx.tx, person, slug, Role.ADMINISTRATOR, by=ctx.sender, now=ctx.now)
    await appointment_notice.later(ctx, slug, person)
    await ctx.outbox.close_cards(ctx.tx, Ref(KIND, slug))
    sentence = _("Done. {name} leads the community {community}, and learns it from me in private.")
    return say(
        sentence.format(name=_who(ctx, draft), community=name_in(the_community(ctx), ctx.language)),
        await appointment_notice.once_joined(ctx, slug, person),
    )


def _who(ctx: Context, draft: Draft) -> str:
    return f"{person_name(ctx, draft['person'])} ({draft['person']})"


NAME = team.form(
    "team-name", preview=_show, done=_done, title=_who, role=Role.OPERATOR, makes=quotas.TEAM, asks_rights=True
)
