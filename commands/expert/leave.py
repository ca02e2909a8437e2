"""`!expert quitter`: be a volunteer no more."""

from bot import quotas
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, more
from bot.i18n import N_, _
from bot.volunteers import volunteers
from commands.expert.phrases import LEAVE

command = Command(
    "quitter",
    under="expert",
    aliases=("leave", "partir"),
    summary=N_("stop being a volunteer"),
    examples=(N_("expert leave"),),
    listed=False,
)


@command.run(usage=N_("expert leave"), phrases=LEAVE)
async def leave(ctx: Context) -> Reply:
    community = the_community(ctx)
    if await volunteers.get(ctx.tx, community.slug, ctx.sender) is None:
        raise UserError(_("You are not a volunteer here. To become one: `!expert become`"))
    return await begin(ctx, LEFT, {"community": community.slug})


async def _preview(_ctx: Context, _draft: Draft) -> Text:
    return Text.of(
        _("**You would no longer be a volunteer**: no more questions, and your topics are forgotten."),
        more(_("The exchanges under way go on. For a break only: `!me pause`")),
    )


async def _leave(ctx: Context, draft: Draft) -> Reply:
    await volunteers.withdraw(ctx.tx, draft["community"], ctx.sender)
    return say(_("It is noted, and thank you for your help. To volunteer again one day: `!expert become`"))


def _title(_ctx: Context, _draft: Draft) -> str:
    return _("stopping being a volunteer")


LEFT = command.form(
    "volunteer-leave",
    preview=_preview,
    done=_leave,
    title=_title,
    question=N_("**Stop volunteering?** ✅ yes, ❌ no"),
    makes=quotas.SETTING,
)
