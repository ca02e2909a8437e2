"""`!moi communauté`: for members of several communities, sets the one that they mean in private."""

from collections.abc import Sequence
from dataclasses import replace

from bot import quotas
from bot.communities import Community
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.dispatch.answer import forms
from bot.dispatch.answer.asking_back import which_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import inside
from bot.dispatch.answer.run_command import run
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.dispatch.menu.menu import Understood
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.i18n import N_, _
from bot.mailbox import dialogues
from bot.resources.texts import is_one_of
from bot.text.plain_text import fold

command = Command(
    "communauté",
    under="moi",
    aliases=("community",),
    shown=N_("me community"),
    summary=N_("the community that you mean in private"),
    examples=(N_("me community"), N_("me community all")),
)
ALL = ("toutes", "tout", "aucune", "all", "none")


@command.run(usage=N_("me community <name>"), makes=quotas.SETTING)
async def community(ctx: Context, name: Rest = NOTHING) -> Reply | None:
    if len(ctx.communities) < 2:
        return say(_("We share one community here, so I need not ask."))
    if is_one_of(name, ALL):
        await people.set_community(ctx.tx, ctx.sender, None)
        return say(_("It is noted: I ask you each time that it matters."))
    if not name:
        return await which_community.ask(ctx, ctx.communities)
    chosen = _named(ctx, name)
    if chosen is None:
        raise UserError(_("We share no community of that name. To choose from a list: `!me community`"))
    return await _choose(ctx, chosen)


async def _pick(ctx: Context, data: Draft, number: int) -> Reply | None:
    """Store the chosen community, and carry out there the command that needed it."""
    shared = {community.slug: community for community in ctx.communities}
    slug = data["slugs"][number - 1] if number <= len(data["slugs"]) else None
    if slug not in shared:
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    dialogue = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.LIST)
    if dialogue is not None and dialogue.name == which_community.CHOICE:
        await forms.end(ctx, dialogue, dialogues.DONE)
    noted = await _choose(ctx, shared[slug])
    understood = ctx.menu.read(data["line"]) if data["line"] else None
    if not isinstance(understood, Understood):
        return noted
    there = await inside(ctx, shared[slug])
    if isinstance(there.event, MessageReceived):
        there = replace(there, event=replace(there.event, text=data["line"]))
    return await run(there, understood)


async def _choose(ctx: Context, chosen: Community) -> Reply:
    await people.set_community(ctx.tx, ctx.sender, chosen.slug)
    name = name_in(chosen, ctx.language)
    return say(
        _("In private you now mean the community {community}.").format(community=name),
        _("To change it: `!me community`"),
    )


def _named(ctx: Context, name: str) -> Community | None:
    """The community with this short name, or whose name begins so."""
    return next((one for one in ctx.communities if _is_called(name, [one.slug, *one.name.values()])), None)


def _is_called(typed: str, names: Sequence[str]) -> bool:
    wanted = fold(typed).text.strip(" «»“”\"'.!?")
    slug, *written = names
    return bool(wanted) and (wanted == slug or any(fold(each).text.startswith(wanted) for each in written))


def _number(data: Draft, text: str) -> int | None:
    """The number of the only community of the list that the words name."""
    found = [number for number, names in enumerate(data.get("called", []), 1) if _is_called(text, names)]
    return found[0] if len(found) == 1 else None


CHOICE = command.choice(which_community.CHOICE, pick=_pick, named=_number)
