"""`!admin`: the word that begins every command of a community's team."""

from bot.communities import rooms
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.command import Command
from bot.events.text import bullets
from bot.i18n import N_, _, ngettext
from bot.markup import strong

command = Command(
    "admin",
    aliases=("config", "mod"),
    summary=N_("set up the community and its rooms"),
    place=60,
    examples=(N_("admin community list"), N_("admin room")),
    role=Role.INSIDER,
)
AT_ONCE = 8
"""Sub-commands that one message lists at most; what `help` shows behind its first page has the others."""


@command.run()
async def admin(ctx: Context) -> Reply:
    below = [found for found in ctx.menu if found.under == command.word and help_pages.verbs(ctx, found)]
    below.sort(key=lambda found: found.place)
    return say(
        *await _here(ctx),
        bullets(
            *(
                _("`!{usage}`: {summary}").format(usage=help_pages.shown(found), summary=_(found.summary))
                for found in below[:AT_ONCE]
            )
        ),
        _("What follows: `!help {word} more`").format(word=help_pages.shown(command)) if len(below) > AT_ONCE else "",
    )


async def _here(ctx: Context) -> list[str]:
    """A line on the community's state; none where there is no community."""
    if ctx.community is None:
        return []
    bound = await rooms.of_community(ctx.tx, ctx.community.slug)
    team = await people.team(ctx.tx, ctx.community, ctx.directory, but=ctx.account)
    name = name_in(ctx.community, ctx.language)
    linked = ngettext("{count} linked room", "{count} linked rooms", len(bound)).format(count=len(bound))
    people_in_it = ngettext("{count} person in the team", "{count} people in the team", len(team))
    return [f"{strong(name)}, {linked}, {people_in_it.format(count=len(team))}"]
