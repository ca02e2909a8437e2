"""`!moi données`, `!moi oubli`: shows and erases what is stored about a person."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities import Community
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.events.room_actions import Attach, Files
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, language
from bot.privacy import privacy
from bot.privacy.privacy import Part, Told
from bot.time.spoken_dates import say_date
from commands.moi.phrases import DATA, OBLIVION
from commands.private import privately

data = Command(
    "données",
    under="moi",
    aliases=("donnees", "data"),
    summary=N_("see all that I keep about you"),
    examples=(N_("me data"),),
    listed=False,
    anywhere=True,
)
oblivion = Command(
    "oubli",
    under="moi",
    aliases=("oublier", "effacer", "forget", "erase"),
    summary=N_("have all that I keep about you erased"),
    examples=(N_("me forget"),),
    listed=False,
    anywhere=True,
)
commands = (data, oblivion)

ERASE = "erase person"
SOON = timedelta(minutes=1)
"""A delay, so that the reply is sent before the person's direct chat is erased."""
MOST = 500_000
"""Bytes of one file: a proxy before the homeserver may take no more than a million."""


@data.run(usage=N_("me data"), makes=quotas.DATA, phrases=DATA)
async def tell(ctx: Context) -> Reply:
    """Answer in private, wherever it is asked: a summary to read, and every row in a file."""
    kept = await privacy.told(ctx.tx, ctx.sender, account=ctx.account, now=ctx.now)
    lost = _("I cannot reach you in private: ask whoever operates this bot for what is kept about you.")
    return await privately(ctx, partial(_sums, ctx, kept), never_here=lost, files=partial(_files, kept))


async def _sums(ctx: Context, kept: Told) -> Text:
    zone = await zone_of(ctx)
    return Text.of(
        title(_("What my database keeps about you")),
        bullets(*(_sum(part, zone, ctx.now) for part in kept.parts)),
        _("Each row is in the file that follows, without the words of others."),
        _("To have it erased: `!me forget`"),
    )


def _sum(part: Part, zone: ZoneInfo, now: datetime) -> str:
    if part.since is None:
        return _("{what}: {count}").format(what=_(part.heading), count=part.count)
    year = part.since.astimezone(zone).year != now.astimezone(zone).year
    day = say_date(part.since, zone=zone, language=language(), year=year)
    return _("{what}: {count}, since {day}").format(what=_(part.heading), count=part.count, day=day)


async def zone_of(ctx: Context) -> ZoneInfo:
    """The clock by which a person reads days: their own, else that of their community."""
    own = await people.zone_of(ctx.tx, ctx.sender)
    community = ctx.community or next(iter(ctx.communities), None)
    return ZoneInfo(own or (community.time_zone if community else "UTC"))


async def _files(kept: Told) -> Files:
    """All rows as JSON, in files small enough for the homeserver."""
    texts = list(_in_parts([json.dumps(row, ensure_ascii=False, indent=1, default=str) for row in kept.rows]))
    names = [_("relais-data-{number}-of-{count}.json").format(number=n, count=len(texts)) for n in _counted(texts)]
    each = (Attach(name, "application/json", text, threaded=False) for name, text in zip(names, texts, strict=True))
    return Files(tuple(each), Text.of(_("The homeserver did not take the file: ask whoever operates this bot for it.")))


def _counted(texts: Sequence[str]) -> range:
    return range(1, len(texts) + 1)


def _in_parts(rows: Sequence[str]) -> Iterator[str]:
    """JSON lists of some of the rows each."""
    some: list[str] = []
    size = 0
    for row in rows:
        length = len(row.encode()) + len(",\n")
        if some and size + length > MOST:
            yield _as_list(some)
            some, size = [], 0
        some.append(row)
        size += length
    yield _as_list(some)


def _as_list(rows: Sequence[str]) -> str:
    return "[\n" + ",\n".join(rows) + "\n]\n"


@oblivion.run(usage=N_("me forget"), phrases=OBLIVION)
async def forget(ctx: Context) -> Reply:
    return await begin(ctx, FORGET, {})


async def _preview(ctx: Context, draft: Draft) -> Text:
    return Text.of(
        _("**Before everything is erased** (nothing is gone yet)"),
        await _concerned(ctx) if ctx.direct else "",
        bullets(
            _("**Go**: your settings, answers, votes, reminders and open requests, with their text."),
            _("**Passed on**: what you help with."),
            _("**Stay, without your identifier**: what others rely on and what they wrote; a name alone stays there."),
            _("**Stay in the rooms**: your messages, which you may delete; in the keys of encrypted rooms, your id."),
            _("**Backups**: gone after 30 days."),
        ),
        *(await _left_without_team(ctx) if ctx.direct else ()),
        _("This cannot be taken back."),
        "" if ctx.direct else _("Here, among others: put ✅ under this message, or reply “yes” to it."),
    )


async def _concerned(ctx: Context) -> str:
    kept = await privacy.told(ctx.tx, ctx.sender, account=ctx.account, now=ctx.now)
    return _("Concerned: {parts}.").format(parts=", ".join(_(part.heading) for part in kept.parts))


async def _left_without_team(ctx: Context) -> list[str]:
    """A line for each community that the person alone leads, without the power of its main room, which would stay."""
    sentence = _(
        "**Nobody else leads {community}**: have somebody named before, by `!admin team add @claire` or by whoever "
        "operates this bot."
    )
    return [
        sentence.format(community=name_in(one, ctx.language)) for one in ctx.communities if await _leads_alone(ctx, one)
    ]


async def _leads_alone(ctx: Context, community: Community) -> bool:
    team = partial(people.team, ctx.tx, community, ctx.directory, but=ctx.account)
    return await team() == [ctx.sender] and not await team(appointments=())


async def _forget(ctx: Context, draft: Draft) -> Reply:
    await ctx.timers.set(ctx.tx, ERASE, ctx.sender, due_at=ctx.now + SOON)
    return say(
        _("In one minute all of it is erased, and I leave our private conversation. Thank you for having been there."),
        _("If you write to me after that, you are somebody new to me."),
    )


def _title(ctx: Context, draft: Draft) -> str:
    return _("to be forgotten")


FORGET = oblivion.form(
    "forget",
    preview=_preview,
    done=_forget,
    title=_title,
    question=N_("**Erase it?** ✅ yes, ❌ no"),
    anywhere=True,
    makes=quotas.ERASURE,
    tapped=True,
)


@oblivion.timer(ERASE)
async def erase(moment: Moment, item: str) -> None:
    await privacy.erase(moment, item)
    moment.tx.after_commit.append(partial(moment.listening.forget, item))
