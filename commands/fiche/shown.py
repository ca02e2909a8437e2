"""What everybody reads of a sheet: all of it in private, in a room no more than a phone shows at a glance."""

from typing import Final

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.journey import circulations, texts_milestones, way
from bot.sheets.reading.published import as_read, is_read
from bot.sheets.rules.sheet import SHEET, Status
from bot.sheets.writing import authors
from commands.fiche.write import command as fiche

LONGEST_IN_ROOM: Final = 1_500
"""Characters."""
MOST_LINES: Final = 40


@fiche.shows_item
async def published(ctx: Context, number: int) -> Text | None:
    sheet = await sheets.get(ctx.tx, number)
    if sheet is None or not is_read(sheet):
        return None
    await sheets.opened(ctx.tx, sheet)
    return await read_by_all(ctx, sheet)


async def as_card(ctx: Context, sheet: Sheet) -> Reply:
    """The sheet, under which a reader says that they try it, that it is useful, or thanks for it."""
    where = await circulations.read_in(ctx.tx, sheet, [community.slug for community in ctx.communities])
    own = ctx.direct and ctx.sender in await authors.signing(ctx.tx, sheet)
    gestures = "" if own else _("✅ I try it, 👍 useful, 👎 not useful, 👏 thanks")
    text = Text.of(await read_by_all(ctx, sheet), gestures)
    return Reply(text, about=Ref(SHEET, f"{sheet.id}/{where or sheet.community}"))


async def read_by_all(ctx: Context, sheet: Sheet) -> Text:
    """The sheet as it is published; in a room an extract of a long one."""
    shown, here = await steps.shown(ctx, as_read(sheet)), [community.slug for community in ctx.communities]
    doubtful = texts.standing(shown.sheet) if shown.sheet.status == Status.TO_REVISE else ""
    come = await way.of(ctx, shown.sheet, ctx.sender, here=here)
    whole = Text.of(texts.whole(shown), doubtful, texts_milestones.way(shown.sheet, come, in_full=True))
    if ctx.direct or (len(whole.plain) <= LONGEST_IN_ROOM and len(whole.lines) <= MOST_LINES):
        return whole
    in_full = _("To read all of it, write to me in private: `!{number}`").format(number=sheets.number(sheet))
    return Text.of(texts.extract(shown), doubtful, texts_milestones.way(shown.sheet, come, in_full=False), in_full)
