"""`!admin exporter`: what a community has, as files in private for whoever of its team asks; it names nobody."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import partial

from bot import nouns, quotas
from bot.communities import Community
from bot.communities.figures.views import view
from bot.communities.rules.roles import Role
from bot.communities.settings import settings
from bot.dashboard import activity, screen
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.help_pages import unknown
from bot.events.room_actions import Attach, Files
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from bot.meetups import meetups
from bot.meetups.meetups import Meetup
from bot.meetups.texts import territory_name
from bot.resources import resources
from bot.resources.resources import Draft
from bot.text import spreadsheet
from bot.text.plain_text import fold
from commands.private import privately

command = Command(
    "exporter",
    aliases=("export",),
    under="admin",
    shown=N_("admin export"),
    summary=N_("what the community has, as files"),
    place=76,
    examples=(N_("admin export"), N_("admin export all")),
    role=Role.MODERATOR,
)
ALL = ("tout", "all")
MEETUP_COLUMNS = ("number", "title", "kind", "territory", "start", "end", "place", "status", "attended")


@command.run(usage=N_("admin export"), makes=quotas.DATA)
async def export(ctx: Context, rest: Rest = NOTHING) -> Reply:
    """Answer in private, wherever it is asked."""
    if rest and fold(rest).text not in ALL:
        return say(unknown(ctx, command, rest))
    community = the_community(ctx)
    elsewhere = _(
        "These files are for the team alone, and I cannot write to you in private. Open a conversation with me."
    )
    return await privately(ctx, _announced, never_here=elsewhere, files=partial(_files, ctx, community))


async def _announced() -> Text:
    return Text.of(
        title(_("What the community has")),
        bullets(
            _("Its resources and its meet-ups, as tables (CSV)."),
            _("Its settings and its figures of twelve weeks (JSON)."),
            *(_(export.what) for export in nouns.every_export()),
        ),
        _("Nobody else is named in these files: requests, answers and opinions belong to those who gave them."),
    )


async def _files(ctx: Context, community: Community) -> Files:
    slug = community.slug
    made = (
        (f"{slug}-resources.csv", "text/csv", await _resources(ctx, slug)),
        (f"{slug}-meetups.csv", "text/csv", await _meetups(ctx, slug)),
        (f"{slug}-settings.json", "application/json", await _settings(ctx, slug)),
        (f"{slug}-figures.json", "application/json", await _figures(ctx, community)),
        *[(f"{slug}-{one.ending}", one.media, await one.written(ctx, slug)) for one in nouns.every_export()],
    )
    lost = Text.of(_("The homeserver did not take the file: ask whoever operates this bot for it."))
    return Files(tuple(Attach(name, kind, text, threaded=False) for name, kind, text in made if text), lost)


async def _resources(ctx: Context, slug: str) -> str:
    names = tuple(field.name for field in fields(Draft))
    drafts = [asdict(Draft.of_row(row)) for row in await resources.of_community(ctx.tx, slug)]
    return spreadsheet.written([names, *([_cell(draft[name]) for name in names] for draft in drafts)])


def _cell(value: object) -> object:
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else value


async def _meetups(ctx: Context, slug: str) -> str:
    found = [
        meetup
        for series in await meetups.every_series(ctx.tx, slug)
        for meetup in await meetups.every_occurrence(ctx.tx, series)
    ]
    return spreadsheet.written([MEETUP_COLUMNS, *map(_row, found)])


def _row(meetup: Meetup) -> Sequence[object]:
    end = meetup.end.astimezone(meetup.zone).isoformat() if meetup.end else ""
    when = (meetup.start.astimezone(meetup.zone).isoformat(), end)
    attended = "" if meetup.row.attended is None else meetup.row.attended
    series = meetup.series
    what = (meetup.reference, meetup.title, series.kind or "", territory_name(series.territory))
    return (*what, *when, series.place or "", meetup.row.status, attended)


async def _settings(ctx: Context, slug: str) -> str:
    """What holds for each setting, as `relais import` and community files write it; empty for what is usual."""
    return _json({one.key: await settings.stored(ctx.tx, slug, one) for one in nouns.every_setting()})


async def _figures(ctx: Context, community: Community) -> str:
    """The numbers of the picture; null for a week that it does not show either."""
    shown = await view(ctx, community)
    rows = await activity.rows(shown, screen.every())
    return _json(
        {"weeks": [week.date().isoformat() for week in shown.weeks]}
        | {_(row.what.name): row.shown(shown.least) for row in rows}
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
