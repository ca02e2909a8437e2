"""`!admin expert`, `!admin simuler`, `!admin entraide`: mutual help, for a community's team."""

import re

from bot import quotas
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.tell import name as name_of
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest, Word
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets, title
from bot.help import case as cases
from bot.help import figures as help_figures
from bot.help import requests
from bot.help.offers import candidates
from bot.help.settings import NEXT_GROUP
from bot.i18n import N_, _
from bot.mailbox import direct_chats
from bot.markup import strong
from bot.text.pills import without_links
from bot.volunteers import signup
from bot.volunteers import volunteers as experts
from commands.admin.people import named
from commands.admin.settings import change

volunteers = Command(
    "expert",
    under="admin",
    aliases=("experts", "volontaires", "volunteers"),
    summary=N_("the volunteers"),
    examples=(N_("admin expert add @claire"), N_("admin expert remove @claire")),
    role=Role.MODERATOR,
    place=64,
)
simulate = Command(
    "simuler",
    under="admin",
    aliases=("simulate",),
    summary=N_("who would be asked, and why"),
    examples=(N_("admin simulate D-12"), N_("admin simulate D-3")),
    role=Role.MODERATOR,
    place=73,
)
overview = Command(
    "entraide",
    under="admin",
    aliases=("demandes", "help-requests"),
    summary=N_("requests for help, in figures"),
    examples=(N_("admin help-requests"), N_("admin help-requests delay 1 day")),
    role=Role.MODERATOR,
    place=72,
)
commands = (volunteers, simulate, overview)

_NUMBERS = re.compile(r"\d.*", re.DOTALL)


@volunteers.run(usage=N_("admin expert"))
async def who(ctx: Context) -> Reply:
    """The volunteers' names and topics, without figures about anybody."""
    community = the_community(ctx)
    lines = []
    for expert in await experts.of_community(ctx.tx, community.slug):
        name = name_of(ctx, expert.person, community)
        labels = await signup.labels(ctx, community, expert) or _("everything")
        waiting = "" if experts.is_active(expert) else " " + _("(does not take part yet)")
        lines.append(_("{name}: {topics}").format(name=strong(name), topics=labels) + waiting)
    return say(
        title(_("The community's volunteers")) if lines else _("There is no volunteer yet."),
        bullets(*lines),
        _("To propose somebody: `!admin expert add @claire`"),
    )


@volunteers.verb(
    "ajouter",
    "add",
    "proposer",
    usage=N_("admin expert add @claire"),
    summary=N_("propose somebody"),
    role=Role.GATEKEEPER,
)
async def add(ctx: Context, words: Rest) -> Reply:
    person, behind = named(ctx, words)
    if await people.has_stopped(ctx.tx, person):
        raise UserError(_("That person asked me not to write to them unasked. You may talk to them directly."))
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, person):
        raise UserError(_("That person takes no private message from me. You may talk to them directly."))
    asked = await _is_proposed(ctx, person)
    return await begin(ctx, ADD, {"person": person, "topics": _topics(words, behind), "asked": asked})


async def _is_proposed(ctx: Context, person: str) -> bool:
    """Whether the team has proposed the person already, who may be asked again."""
    row = await experts.get(ctx.tx, the_community(ctx).slug, person)
    return row is not None and row.team_yes


def _topics(words: str, behind: str) -> str:
    """The topics behind the name; behind the name of a mention that we do not know, from the first number on."""
    if behind != without_links(" ".join(words.split())):
        return behind
    numbers = _NUMBERS.search(behind)
    return numbers[0] if numbers is not None else ""


async def _show_add(ctx: Context, draft: Draft) -> Text:
    return Text.of(
        _("I would write to {name} in private, and propose to become a volunteer.").format(name=_name(ctx, draft)),
        _("A message that is sent cannot be taken back."),
    )


async def _add(ctx: Context, draft: Draft) -> Reply:
    community, person, topics = the_community(ctx), draft["person"], draft["topics"]
    if await _is_proposed(ctx, person) and not draft.get("asked"):
        sentence = _("Somebody of the team has proposed it to {name} meanwhile. I did not write again.")
        raise UserError(sentence.format(name=name_of(ctx, person, community)))
    expert = await experts.enter(ctx.tx, community.slug, person, now=ctx.now, proposed_by=ctx.sender)
    if topics:
        await signup.choose(ctx, expert, re.sub(r"^(?:sujets?|topics?)\s+", "", topics, flags=re.IGNORECASE))
    name = name_of(ctx, person, community)
    if experts.is_active(expert):
        return say(_("{name} is a volunteer already.").format(name=name))
    await signup.invite(ctx, community, expert)
    return say(
        _("I have proposed it to {name} in private. No question is sent there before they agree.").format(name=name)
    )


@volunteers.verb(
    "retirer",
    "remove",
    usage=N_("admin expert remove @claire"),
    summary=N_("remove somebody from the volunteers"),
    role=Role.GATEKEEPER,
)
async def remove(ctx: Context, words: Rest) -> Reply:
    person, _behind = named(ctx, words)
    if await experts.get(ctx.tx, the_community(ctx).slug, person) is None:
        raise UserError(_("That person is no volunteer of this community."))
    return await begin(ctx, REMOVE, {"person": person})


async def _show_remove(ctx: Context, draft: Draft) -> Text:
    return Text.of(
        _("{name} would be proposed no request any more, and the topics would be forgotten.").format(
            name=_name(ctx, draft)
        ),
        _("This cannot be taken back: both of you would have to agree again."),
    )


async def _remove(ctx: Context, draft: Draft) -> Reply:
    if not await experts.withdraw(ctx.tx, the_community(ctx).slug, draft["person"]):
        raise UserError(_("That person is no volunteer of this community."))
    return say(_("It is noted: no request is proposed there any more. What they already help with goes on."))


def _name(ctx: Context, draft: Draft) -> str:
    """The name with the identifier, for a name may be anybody's."""
    return f"{name_of(ctx, draft['person'], the_community(ctx))} ({draft['person']})"


ADD = volunteers.form(
    "volunteer-add", preview=_show_add, done=_add, title=_name, role=Role.GATEKEEPER, makes=quotas.TEAM
)
REMOVE = volunteers.form(
    "volunteer-remove", preview=_show_remove, done=_remove, title=_name, role=Role.GATEKEEPER, makes=quotas.TEAM
)


@simulate.run(usage=N_("admin simulate D-12"))
async def simulation(ctx: Context, number: Word) -> Reply:
    community, digits = the_community(ctx), re.sub(r"\D", "", number)
    request = await requests.get(ctx.tx, digits) if digits and len(digits) < 10 else None
    if request is None or request.community != community.slug:
        raise UserError(_("I know of no such request in this community."))
    verdicts = await candidates.why(ctx.tx, request, community, now=ctx.now)
    case = await cases.of(ctx, request)
    names = {one.person: name_of(ctx, one.person, community) for one in verdicts}
    return Reply(help_figures.explained(case.subject, verdicts, names, size=case.manner.groups[0]))


@overview.run(usage=N_("admin help-requests"))
async def figures(ctx: Context) -> Reply:
    community = the_community(ctx)
    found = await help_figures.of(ctx, community)
    return Reply(help_figures.told(found))


@overview.verb(
    "délai",
    "delai",
    "delay",
    usage=N_("admin help-requests delay 1 day"),
    summary=N_("set how long a group is waited for"),
)
async def delay(ctx: Context, words: Rest) -> Reply:
    return await change(ctx, NEXT_GROUP, words)
