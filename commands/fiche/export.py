"""`!fiche F-12 exporter`: the sheet as a file, to print it or to use it elsewhere."""

from functools import partial

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import within
from bot.errors import UserError
from bot.events.room_actions import Files
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.reading import documents
from bot.sheets.reading.published import as_read, is_read
from bot.sheets.rules.sheet import OVER, Party, Refusal
from commands.documents import MARKDOWN, PDF, as_file, kind_of
from commands.fiche.numbered import Parties, step
from commands.private import privately


@step("exporter", "imprimer", "pdf", "export", "print")
async def export(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply | None:
    """What everybody reads, for every member; what nobody reads yet, for its authors alone."""
    kind, words = kind_of(rest), as_read(sheet)
    if is_read(sheet):
        return await within(ctx, quotas.DOCUMENT, partial(_sent, ctx, words, kind, ""))
    if sheet.status in OVER:
        raise UserError(texts.refused(sheet, Refusal.WRONG_STATUS))
    if Party.AUTHOR not in by:
        raise UserError(_("Before it is published, only its authors have it as a file."))
    return await within(ctx, quotas.DOCUMENT, partial(_sent, ctx, words, kind, texts.standing(sheet)))


async def _sent(ctx: Context, sheet: Sheet, kind: str, never_here: str) -> Reply:
    """In private, wherever it is asked; a published one in the room if the person cannot be reached otherwise."""
    announced, files = partial(_announced, sheet, kind), partial(_files, ctx, sheet, kind)
    return await privately(ctx, announced, never_here=never_here, files=files)


async def _announced(sheet: Sheet, kind: str) -> Text:
    number = sheets.number(sheet)
    if kind == MARKDOWN:
        other = _("To print it: `!sheet {number} export {kind}`").format(number=number, kind=PDF)
        return Text.of(_("{title}, as a text (Markdown).").format(title=texts.titled(sheet)), other)
    return Text.of(
        _("{title}, to print.").format(title=texts.titled(sheet)),
        _("One page (A4) where that can be read; a long sheet takes more, rather than small letters."),
        _("To change it in an editor: `!sheet {number} export {kind}`").format(number=number, kind=MARKDOWN),
    )


async def _files(ctx: Context, sheet: Sheet, kind: str) -> Files:
    community = await sheets.community_of(ctx.tx, sheet)
    document = documents.of_sheet(await steps.shown(ctx, sheet), community, now=ctx.now)
    return as_file(document, kind, sheets.number(sheet), sheet.title)
