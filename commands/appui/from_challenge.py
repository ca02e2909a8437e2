"""`!idée C-2 équipe blocs opératoires @ana @ben`: a team applies for support with what a challenge came to."""

from functools import partial

from bot import quotas
from bot.challenges import Challenge
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import within
from bot.errors import UserError
from bot.i18n import _
from bot.programmes import catalogue, texts, themes
from bot.text.pills import without_links
from commands.admin.people import MXID, mentions
from commands.appui.apply import apply_for, open_theme
from commands.defi.numbered import NEW, STEPS, step


@step("équipe")
async def equipe(ctx: Context, found: Challenge, rest: str) -> Reply | None:
    return await _applies(ctx, found, "équipe", rest)


@step("team")
async def team(ctx: Context, found: Challenge, rest: str) -> Reply | None:
    return await _applies(ctx, found, "team", rest)


async def _applies(ctx: Context, found: Challenge, word: str, rest: str) -> Reply | None:
    """Words that name nobody are a solution: « équipe mobile de gériatrie »."""
    meant, behind = catalogue.at_beginning(rest)
    somebody = mentions(ctx) or any(MXID.fullmatch(part) for part in without_links(rest).split())
    if not somebody:
        return await STEPS[NEW](ctx, found, f"{word} {rest}".strip())
    rows = await themes.open_ones(ctx.tx, found.community, now=ctx.now)
    if not meant and len(rows) == 1:
        theme, behind = rows[0], rest
    elif not meant and rows:
        names = ", ".join(map(texts.theme_name, rows))
        sentence = _("On which theme? `!idea C-{number} team <theme> @… @…`. Open: {names}")
        raise UserError(sentence.format(number=found.id, names=names))
    else:
        theme = await open_theme(ctx, found.community, meant)
    return await within(ctx, quotas.APPLICATION, partial(apply_for, ctx, theme, behind, challenge=found.id))
