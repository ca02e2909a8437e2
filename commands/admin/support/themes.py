"""`!admin appui ouvrir "Blocs opératoires" jusqu'au 30/11`: themes are opened and closed; what there is of each."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import quotas
from bot.challenges.rules.line import USUAL, read_rule
from bot.communities import Community, rooms
from bot.communities.figures.views import TARGET, view
from bot.communities.rules.roles import Role
from bot.communities.settings import settings
from bot.communities.team import undo
from bot.communities.tell import zone as zone_of
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, language
from bot.programmes import applications, catalogue, exchange, satisfaction, texts, texts_team, themes
from bot.programmes.catalogue import Theme
from bot.programmes.undoable import THEME
from bot.time.spoken_dates import say_moment
from commands.admin.challenge import complaint
from commands.admin.support.decided import by_number
from commands.admin.support.listed import page
from commands.appui.support import NUMBER

command = Command(
    "appui",
    aliases=("appuis", "support"),
    under="admin",
    shown=N_("admin support"),
    summary=N_("open themes of support, decide on applications"),
    place=73,
    examples=(N_("admin support open “Operating theatres” until 30 November"), N_("admin support P-4 accept")),
    role=Role.MODERATOR,
)
_UNTIL = re.compile(r"\b(?:jusqu['’]|until\b|till\b)", re.IGNORECASE)
_FROM = re.compile(r"(?<=\s)(\d{1,6})\Z")
"""The place of the first application that is wanted."""


@command.run(
    usage=N_("admin support <theme>"),
    summary=N_("see the themes, the applications of one, one of them by its number: accept, refuse, end"),
)
async def support(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    if found := NUMBER.match(words):
        return await by_number(ctx, found[1], words[found.end() :].strip())
    if not words:
        return await _overview(ctx)
    first = _FROM.search(words)
    row = await themes.of(ctx.tx, the_community(ctx).slug, _theme(words[: first.start()] if first else words))
    if row is None:
        raise UserError(_("This theme was never opened here. To open it: `!admin support open “…”`"))
    return await page(ctx, row, first=int(first[1]) if first else 1)


async def _overview(ctx: Context) -> Reply:
    community = the_community(ctx)
    found = await themes.of_community(ctx.tx, community.slug)
    if not found:
        names = ", ".join(catalogue.titled(slug, language()) for slug in catalogue.every())
        return say(
            _("No theme of support was opened yet. There are: {names}.").format(names=names),
            _("To open one: `!admin support open “Operating theatres” until 30 November`"),
        )
    counts, zone = await applications.counts(ctx.tx, community.slug), zone_of(community)
    lines = [texts_team.theme_line(one, counts.get(one.id or 0, {}), now=ctx.now, zone=zone) for one in found]
    return say(
        title(_("Supports")),
        bullets(*lines),
        await _satisfaction(ctx, community),
        _("The applications of a theme: `!admin support {theme}`").format(theme=texts.theme_name(found[0]).lower()),
    )


async def _satisfaction(ctx: Context, community: Community) -> Text:
    figures = await view(ctx, community)
    line = await settings.value(ctx.tx, community.slug, TARGET)
    tally = await satisfaction.tally(ctx.tx, community.slug)
    return texts_team.satisfaction(tally, least=figures.least, line=line)


def _theme(words: str) -> Theme:
    """The one theme that the words name, and nothing else. Raises UserError."""
    found, rest = catalogue.at_beginning(words)
    if len(found) == 1 and not rest.strip(' .,;»”"'):
        return found[0]
    if len(found) > 1:
        raise UserError(texts_team.which(found))
    near = catalogue.near(words) or list(catalogue.every().values())
    names = ", ".join(catalogue.titled(one.slug, language()) for one in near)
    raise UserError(_("I do not know this theme. There are: {names}").format(names=names))


# ── opened and closed ─────────────────────────────────────────────────────────────────────────────────────


@command.verb(
    "ouvrir",
    "open",
    usage=N_("admin support open “…” until 30 November"),
    summary=N_("take applications on a theme; without a date until you close it"),
)
async def open_(ctx: Context, words: Rest) -> Reply:
    found, zone = _UNTIL.search(words), zone_of(the_community(ctx))
    theme = _theme(words[: found.start()] if found else words)
    moment = _moment(words[found.start() :], ctx.now, zone) if found else None
    return await _ask(ctx, theme, is_open=True, until=moment)


def _moment(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The last instant that the words name. Raises UserError."""
    found = read_rule(words, USUAL, now=now, zone=zone)
    if found.complaints or found.until is None:
        wrong = [complaint(one, zone) for one in found.complaints[:1]]
        raise UserError(wrong[0] if wrong else _("Until when? For example: `until 30 November`"))
    return found.until


@command.verb(
    "fermer",
    "clore",
    "close",
    usage=N_("admin support close “…”"),
    summary=N_("take no more applications on a theme"),
)
async def close(ctx: Context, words: Rest) -> Reply:
    return await _ask(ctx, _theme(words), is_open=False, until=None)


async def _ask(ctx: Context, theme: Theme, *, is_open: bool, until: datetime | None) -> Reply:
    slug = the_community(ctx).slug
    await _require_change(ctx, slug, theme, is_open=is_open, until=until)
    draft = {"community": slug, "theme": theme.slug, "open": is_open, "until": until.isoformat() if until else None}
    return await begin(ctx, OPENING, draft)


async def _require_change(ctx: Context, slug: str, theme: Theme, *, is_open: bool, until: datetime | None) -> None:
    row = await themes.of(ctx.tx, slug, theme)
    open_now = row is not None and themes.is_open(row, ctx.now)
    if open_now == is_open and (not is_open or (row is not None and row.until == until)):
        name = catalogue.titled(theme.slug, language())
        raise UserError(
            _("The theme {theme} takes applications like this already.").format(theme=name)
            if is_open
            else _("The theme {theme} takes no applications as it is.").format(theme=name)
        )


def _of(draft: Draft) -> tuple[Theme, datetime | None]:
    theme = catalogue.get(draft["theme"])
    if theme is None:
        raise UserError(_("This theme is listed no more."))
    return theme, datetime.fromisoformat(draft["until"]) if draft["until"] else None


async def _preview(ctx: Context, draft: Draft) -> Text:
    theme, until = _of(draft)
    if not draft["open"]:
        return texts_team.closing(theme)
    zone = zone_of(the_community(ctx))
    deadline = (
        _("until {moment}").format(moment=say_moment(until, zone=zone, language=language()))
        if until is not None
        else _("until you close it")
    )
    return texts_team.opening(theme, deadline)


async def _open(ctx: Context, draft: Draft) -> Reply:
    theme, until = _of(draft)
    if until is not None and until <= ctx.now:
        raise UserError(_("This date is over meanwhile. Nothing was published."))
    await _require_change(ctx, draft["community"], theme, is_open=draft["open"], until=until)
    async with undo.noted(ctx, THEME, theme.slug, community=draft["community"], role=Role.MODERATOR):
        await themes.set_open(ctx.tx, draft["community"], theme, is_open=draft["open"], until=until, now=ctx.now)
    name = catalogue.titled(theme.slug, language())
    done = (
        _("**Open to applications**: {theme}.").format(theme=name)
        if draft["open"]
        else _("**Closed to applications**: {theme}.").format(theme=name)
    )
    return say(done, undo.hint())


OPENING = command.form(
    "support-theme",
    preview=_preview,
    done=_open,
    title=lambda _ctx, draft: catalogue.titled(draft["theme"], language()),
    role=Role.MODERATOR,
    makes=quotas.TEAM,
)


# ── where its teams exchange ──────────────────────────────────────────────────────────────────────────────


@command.verb(
    "salon",
    "room",
    usage=N_("admin support room <theme>"),
    summary=N_("have the supported teams of a theme exchange in this room"),
)
async def room(ctx: Context, words: Rest) -> Reply:
    community, theme = the_community(ctx), _theme(words)
    if ctx.direct or not await rooms.belongs(ctx.tx, ctx.room_id, community.slug):
        raise UserError(_("Write this in the room that you mean; it has to belong to the community."))
    if await themes.of(ctx.tx, community.slug, theme) is None:
        raise UserError(_("This theme was never opened here. To open it: `!admin support open “…”`"))
    return await begin(ctx, ROOM, {"community": community.slug, "theme": theme.slug, "room_id": ctx.room_id})


async def _show_room(ctx: Context, draft: Draft) -> Text:
    theme, room = catalogue.titled(draft["theme"], language()), rooms.called(ctx.directory, draft["room_id"])
    return Text.of(
        _("The supported teams of **{theme}** would exchange in the room {room}.").format(theme=theme, room=room),
        _("I invite all who are in one of them now, and those to come, as far as I may."),
        _("This cannot be taken back; you may choose another room later."),
    )


async def _link(ctx: Context, draft: Draft) -> Reply:
    theme = catalogue.get(draft["theme"])
    row = await themes.of(ctx.tx, draft["community"], theme) if theme is not None else None
    assert row is not None
    if not await rooms.belongs(ctx.tx, draft["room_id"], draft["community"]):
        raise UserError(_("This room belongs to another community by now."))
    if row.room_id == draft["room_id"]:
        raise UserError(_("Its teams exchange in this room already."))
    await exchange.link(ctx, row, draft["room_id"])
    return say(_("**Done**: the teams of {theme} exchange here.").format(theme=texts.theme_name(row)))


ROOM = command.form(
    "support-room",
    preview=_show_room,
    done=_link,
    title=lambda _ctx, draft: catalogue.titled(draft["theme"], language()),
    role=Role.MODERATOR,
    makes=quotas.TEAM,
)
