"""`!équipe`, `!E-3`: see the teams, or one of them."""

import re

from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.text import bullets, title
from bot.i18n import N_, _
from bot.teams import Team, log, records, texts
from bot.teams.noun import NOUN
from bot.teams.rules.team import ASK, GOING_ON, NOTED, POINT, PROFESSION, RHYTHM, SHEET, TEAM, Party
from bot.teams.shown import shown
from commands.equipe.numbered import STEPS, by_number, parties, seen

command = Command(
    "équipe",
    aliases=("équipes", "team", "teams"),
    shown=N_("team"),
    summary=N_("see the teams that try a solution"),
    items=NOUN.letter,
    item_words=STEPS.keys(),
    examples=(N_("E-3 point we begin on Monday"), N_("E-3 before 42 calls a day")),
    listed=False,
    everyday=True,
)
NUMBER = re.compile(r"[eE]\s?[-‐‑–]\s?(\d{1,9})[.,:;]?(?:\s+|\Z)")
SHOWN = 10


@command.run(
    usage=N_("team"),
    summary=N_("the teams; by its number: where it stands, `before`, `after`, `point`, `finish`"),
    asks_rights=True,
    fits=lambda words: not words,
)
async def team(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    named = NUMBER.match(words)
    if named is None and words:
        raise UserError(_("Which team? Its number comes first, for example `!E-3`. To see them: `!team`"))
    if named is None:
        return await overview(ctx)
    if said := words[named.end() :].strip():
        return await by_number(ctx, named[1], said)
    return await standing(ctx, await seen(ctx, named[1]))


async def overview(ctx: Context) -> Reply:
    """Those of the community, the newest first, those that go on before the others."""
    found = list(await records.of_community(ctx.tx, the_community(ctx).slug))
    if not found:
        return say(_("There is no team yet. One tries a solution that a challenge retained: `!challenge`"))
    found.sort(key=lambda one: one.status not in GOING_ON)
    hidden = len(found) - SHOWN
    return say(
        title(_("Teams")),
        bullets(*map(texts.listed, found[:SHOWN])),
        _("and {count} more").format(count=hidden) if hidden > 0 else "",
        _("One of them: `!{number}`").format(number=records.number(found[0])),
    )


async def standing(ctx: Context, found: Team) -> Reply:
    """Where it stands; in full only where no others read it, and to those who are something to it."""
    own = await parties(ctx, found)
    inside = ctx.room_id == found.room_id or (ctx.direct and bool(own))
    text = texts.standing(await shown(ctx, found), inside=inside)
    numbers = await log.requests(ctx.tx, found) if inside and Party.MODERATOR in own and ctx.direct else ()
    asked = ", ".join(f"D-{number}" for number in numbers)
    return say(text, _("Requests of the team: {numbers}").format(numbers=asked) if asked else "")


command.belongs(TEAM, ASK, PROFESSION, POINT, SHEET, RHYTHM, to=records.belongs_to, waits=records.waits)
command.belongs(NOTED, to=log.belongs_to)


@command.title(about=TEAM)
@command.title(about=ASK)
@command.title(about=PROFESSION)
@command.title(about=POINT)
@command.title(about=SHEET)
@command.title(about=RHYTHM)
async def named(ctx: Context, item: str) -> str:
    found = await records.get(ctx.tx, item)
    return texts.titled(found) if found is not None else item
