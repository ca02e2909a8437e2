"""`!admin annuler`, `!admin historique`: undoes and lists changes of the team."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot import nouns, quotas
from bot.communities import Undo, communities
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.communities.undoable import LINK, ROOM
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import NotAllowed, UserError
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, language
from bot.time.spoken_dates import say_day, say_hours
from commands.admin.rooms.room import listen

take_back = Command(
    "annuler",
    aliases=("undo", "défaire"),
    under="admin",
    shown=N_("admin undo"),
    summary=N_("take back the last change"),
    examples=(N_("admin undo"), N_("admin undo 12")),
    role=Role.HOST,
    anywhere=True,
    place=70,
)
history = Command(
    "historique",
    aliases=("history", "journal"),
    under="admin",
    shown=N_("admin history"),
    summary=N_("what was changed"),
    examples=(N_("admin history"), N_("admin journal")),
    role=Role.MODERATOR,
    place=69,
)
commands = (take_back, history)
SHOWN, SEARCHED = 8, 50


@history.run(usage=N_("admin history"))
async def overview(ctx: Context) -> Reply:
    rows = await undo.latest(ctx.tx, the_community(ctx).slug, limit=SHOWN)
    if not rows:
        return say(_("The team has changed nothing yet."))
    return say(
        title(_("What the team changed")),
        _("Newest first; I do not note by whom."),
        bullets(*[await _line(ctx, row) for row in rows]),
        _("To take back the last of them: `!admin undo`"),
    )


async def _line(ctx: Context, row: Undo) -> str:
    sentence = (
        _("**No. {number}**, {moment}: {what} (taken back)")
        if row.undone_at
        else _("**No. {number}**, {moment}: {what}")
    )
    what = await nouns.undoable(row.verb).thing(ctx, row.community, row.thing)
    return sentence.format(number=row.id, moment=await _moment(ctx, row), what=what)


async def _moment(ctx: Context, row: Undo) -> str:
    community = await communities.get(ctx.tx, row.community)
    zone = ZoneInfo(community.time_zone if community else "Europe/Paris")
    this_year = row.made_at.astimezone(zone).year == ctx.now.astimezone(zone).year
    day = say_day(row.made_at, zone=zone, language=language(), year=not this_year)
    return f"{day} {say_hours(row.made_at, None, zone=zone, language=language())}"


@take_back.run(usage=N_("admin undo <number>"))
async def ask(ctx: Context, number: Rest = NOTHING) -> Reply:
    row = await (_numbered(ctx, number) if number else _last(ctx))
    if row is None:
        raise UserError(_("There is no change here that you could take back. To see them: `!admin history`"))
    await undo.refuse(ctx.tx, row, nouns.undoable(row.verb), now=ctx.now)
    return await begin(ctx, UNDO, {"number": row.id, "community": row.community})


async def _numbered(ctx: Context, words: str) -> Undo | None:
    digits = re.sub(r"\D", "", words)
    row = await undo.get(ctx.tx, int(digits)) if digits and len(digits) < 10 else None
    return row if row is not None and await _may(ctx, row) else None


async def _last(ctx: Context) -> Undo | None:
    """The newest change that is not undone yet and that the person may undo here."""
    for row in await _rows(ctx):
        if row.undone_at is None and await _may(ctx, row):
            return row
    return None


async def _rows(ctx: Context) -> Sequence[Undo]:
    """The latest changes of the community; in a room without one, the change that unlinked it."""
    if ctx.community is not None:
        return await undo.latest(ctx.tx, ctx.community.slug, limit=SEARCHED)
    row = await undo.last_of(ctx.tx, LINK, ctx.room_id)
    return [row] if row is not None else []


async def _may(ctx: Context, row: Undo) -> bool:
    """Whether the person may undo a change: whoever may do it may undo it; a room's host only changes of that room."""
    wanted, here = Role(row.role), row.thing == ctx.room_id
    if ctx.community is not None:
        roles = ctx.roles if ctx.community.slug == row.community else frozenset()
    elif row.verb == LINK.name and here:
        roles = await ctx.roles_in(ctx.tx, ctx.sender, await communities.get(ctx.tx, row.community), here=False)
    else:
        return False
    return wanted in roles and (wanted is not Role.HOST or here or Role.MODERATOR in roles)


async def _row(ctx: Context, draft: Draft) -> Undo:
    row = await undo.get(ctx.tx, draft["number"])
    assert row is not None
    return row


async def _shown(ctx: Context, draft: Draft) -> Text:
    row = await _row(ctx, draft)
    before = await nouns.undoable(row.verb).before(ctx, row.community, row.arguments)
    return Text.of(
        await _line(ctx, row),
        _("It would be as before: {before}").format(before=before),
    )


async def _undo(ctx: Context, draft: Draft) -> Reply:
    row = await _row(ctx, draft)
    if not await _may(ctx, row):
        raise NotAllowed(_("This action is reserved for those who could make the change."))
    kind, fields = nouns.undoable(row.verb), dict(row.arguments)
    what, was = await kind.thing(ctx, row.community, row.thing), await kind.before(ctx, row.community, fields)
    await undo.take_back(ctx, row, kind)
    if kind is LINK or (kind is ROOM and "kind" in fields):
        listen(ctx, row.thing, str(fields.get("kind")))
    return say(_("It is taken back: {what}.").format(what=what), _("It is as before: {before}").format(before=was))


UNDO = take_back.form(
    "undo",
    preview=_shown,
    done=_undo,
    title=lambda ctx, draft: _("taking back no. {number}").format(number=draft["number"]),
    asks_rights=True,
    question=N_("**Take it back?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
)
