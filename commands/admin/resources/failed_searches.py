"""`!admin recherches`: lists searches that found nothing, without who searched."""

from bot.communities.rules.roles import Role
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.events.text import bullets, title
from bot.i18n import N_, _
from bot.resources import failed_searches
from bot.resources.texts import one_line

command = Command(
    "recherches",
    aliases=("recherche", "searches"),
    under="admin",
    summary=N_("what was not found"),
    examples=(N_("admin searches"), N_("admin searches list")),
    role=Role.MODERATOR,
    place=66,
)
SHOWN = 8


@command.run(usage=N_("admin searches"))
@command.verb("lister", "list", usage=N_("admin searches list"))
async def searches(ctx: Context) -> Reply:
    found = await failed_searches.most_frequent(ctx.tx, the_community(ctx).slug, limit=SHOWN)
    if not found:
        return say(_("Every search found something."))
    return say(
        title(_("Looked for in vain")),
        _("Most often first; I do not note by whom."),
        bullets(*(f"{one_line(words)} ({count})" for words, count in found)),
        _("Other words for a resource that exists: `!admin synonym {words} = other words`").format(words=found[0][0]),
        _("A resource that is missing: `!doc propose <address> <title>`"),
    )
