"""`!admin tableau`: how the community is, for its team; in private, or in the team's own room."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot import quotas
from bot.communities import rooms
from bot.communities.figures.figures import PARTICIPATION, SEARCH, VOLUNTEERS, View
from bot.communities.figures.views import view
from bot.dashboard import activity, readers, reports, satisfaction, screen
from bot.dispatch.answer.asking_back.unclear import slip
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import holds
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.help_pages import unknown
from bot.events.text import Text
from bot.i18n import N_, _
from bot.text.plain_text import fold
from commands.admin.phrases import DASHBOARD, PICTURE
from commands.private import Documents, privately

command = Command(
    "tableau",
    aliases=("dashboard", "tableaux", "chiffres", "figures"),
    under="admin",
    shown=N_("admin dashboard"),
    summary=N_("how the community is"),
    place=61,
    examples=(N_("admin dashboard"), N_("admin dashboard picture")),
    role=readers.SUMS,
)


WHOLE_NAME = ("de bord", "bord")
"""What may follow: « tableau de bord » is what many people call it."""
SUPPORTS = ("appuis", "appui", "accompagnements", "supports", "support")
"""What no noun counts: whoever asks reads that. Help shows only what there is."""


@command.run(usage=N_("admin dashboard"), phrases=DASHBOARD)
async def dashboard(ctx: Context, rest: Rest = NOTHING) -> Reply:
    if fold(rest).text in SUPPORTS:
        return _no_supports()
    if rest and fold(rest).text not in WHOLE_NAME:
        return await slip(ctx, f"{command.path} {rest}") or say(unknown(ctx, command, rest))
    waits = holds(ctx, readers.WHAT_WAITS)
    return await _answered(ctx, partial(screen.screen, await _view(ctx), waits=waits))


@command.verb(
    *("image", "graphique", "courbes", "picture", "chart"),
    usage=N_("admin dashboard picture"),
    summary=N_("twelve weeks in a picture"),
    makes=quotas.PICTURE,
    phrases=PICTURE,
)
async def picture(ctx: Context) -> Reply:
    """The picture follows with its text; if it cannot be sent, the text comes alone."""
    return await _answered(ctx, _announced, files=partial(activity.picture, await _view(ctx), screen.every()))


@command.verb(
    "participation",
    "participants",
    usage=N_("admin dashboard participation"),
    summary=N_("how many people take part"),
)
async def participation(ctx: Context) -> Reply:
    return await _answered(ctx, partial(reports.report, await _view(ctx), PARTICIPATION))


@command.verb(
    *("satisfaction", "avis", "opinions"),
    usage=N_("admin dashboard satisfaction"),
    summary=N_("what people thought of help and meet-ups"),
)
async def opinions(ctx: Context) -> Reply:
    return await _answered(ctx, partial(satisfaction.report, await _view(ctx)))


@command.verb(
    *("recherche", "recherches", "search", "searches"),
    usage=N_("admin dashboard search"),
    summary=N_("what was looked for and found"),
    role=readers.WHAT_WAITS,
)
async def search(ctx: Context) -> Reply:
    return await _answered(ctx, partial(reports.report, await _view(ctx), SEARCH))


@command.verb(
    *("experts", "expert", "volontaires", "volontaire", "volunteers"),
    usage=N_("admin dashboard volunteers"),
    summary=N_("how volunteers answer"),
)
async def volunteers(ctx: Context) -> Reply:
    return await _answered(ctx, partial(reports.report, await _view(ctx), VOLUNTEERS))


def _no_supports() -> Reply:
    """What comes nearest is named."""
    return say(
        _("Supports of establishments are not followed here: there are no figures about them."),
        _("About requests for help and their answers: `!admin dashboard volunteers`"),
    )


async def _announced() -> Text:
    return Text.of(_("Twelve weeks of the community: the picture follows, with the same in words."))


async def _view(ctx: Context) -> View:
    return await view(ctx, the_community(ctx))


async def _answered(ctx: Context, text_of: Callable[[], Awaitable[Text]], *, files: Documents | None = None) -> Reply:
    """Answer in the room of this community's team, else in private: a team's figures are not for every room."""
    bound = ctx.binding
    if bound is not None and bound.kind == rooms.MODERATION and bound.community == the_community(ctx).slug:
        return Reply(await text_of(), files=await files() if files else None)
    elsewhere = _("These figures are for the team alone, and I cannot write to you in private. Ask in the team's room.")
    return await privately(ctx, text_of, never_here=elsewhere, files=files)
