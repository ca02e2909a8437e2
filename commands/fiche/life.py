"""`!fiche F-12 soumettre`, `publier`, `réviser`, `retirer`: what moves a sheet from one status to the next."""

from functools import partial

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import _
from bot.resources.texts import one_line
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.rules import parts
from bot.sheets.rules.sheet import FOR_AUTHORS, LIFECYCLE, WRITABLE, Party, Refusal, Status, Trigger
from bot.sheets.writing import authors
from commands.fiche.numbered import Parties, parties, step, what_next
from commands.fiche.write import command as fiche
from commands.fiche.write import start
from commands.own_words import checked, source_of


@step("reprendre", "continuer", "go", "continue")
async def _go_on(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    if sheet.author != ctx.sender or sheet.status not in WRITABLE:
        raise UserError(texts.refused(sheet, Refusal.NOT_ALLOWED))
    return await start(ctx, sheet)


@step("soumettre", "envoyer", "submit")
async def _submit(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    with steps.explained(sheet):
        found = await steps.submit(ctx, sheet, by=by, person=ctx.sender)
    return Reply(texts.submitted(sheet, found=found))


@step("réviser", "revise")
async def _revise(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    with steps.explained(sheet):
        await steps.revise(ctx, sheet, by=by)
    return say(
        _("{title} is shown as to be verified.").format(title=texts.titled(sheet)),
        _(
            "Its authors may change it now; a reviewer reads it again. To leave it as it is: `!sheet {number} verified`"
        ).format(number=sheets.number(sheet)),
    )


@step("vérifié", "vérifiée", "confirmer", "verified")
async def _confirm(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    with steps.explained(sheet):
        await steps.confirm(ctx, sheet, by=by)
    return say(_("Noted: {title} was verified today.").format(title=texts.titled(sheet)))


@step("publier", "publish")
async def publish(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """A reviewer, or the team, says yes to it."""
    with steps.explained(sheet):
        await steps.publish(ctx, sheet, by=by, person=ctx.sender)
    return say(_("**It is published: {title}.** Its authors know.").format(title=texts.titled(sheet)))


async def ask_back(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """A reviewer, or the team, says what is missing."""
    said = checked(rest, parts.LONGEST_FIELD) if rest else ""
    with steps.explained(sheet, _("complete")):
        await steps.ask_back(ctx, sheet, said, by=by, person=ctx.sender, source=source_of(ctx))
    return say(_("It is passed on: the authors of {title} complete it.").format(title=texts.titled(sheet)))


@step("compléter", "complete")
async def _complete(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Its author is shown what would complete it; whoever reviews it says what is missing."""
    if Party.AUTHOR not in by:
        return await ask_back(ctx, sheet, by, rest)
    lacking = texts.to_complete(sheet)
    return say(lacking if lacking.lines else _("Nothing is missing from it."), what_next(sheet))


async def _end(trigger: Trigger, ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Shown before it is done. Whoever only signs it too takes their name off it."""
    if trigger is Trigger.WITHDRAW and Party.AUTHOR in by and sheet.author != ctx.sender and Party.NEEDED not in by:
        await authors.leave(ctx.tx, sheet, ctx.sender)
        return say(_("Your name is no longer on {title}.").format(title=texts.titled(sheet)))
    refusal = LIFECYCLE.refusal(
        Status(sheet.status), trigger, by=by, hindrances={Refusal.REASON_MISSING} if not rest else ()
    )
    if refusal is not None:
        word = _("archive") if trigger is Trigger.ARCHIVE else _("withdraw")
        raise UserError(texts.refused(sheet, Refusal(refusal), word))
    return await begin(ctx, END, {"sheet": sheet.id, "trigger": trigger.value, "reason": rest})


async def _end_preview(ctx: Context, draft: Draft) -> Text:
    sheet = await sheets.get(ctx.tx, draft["sheet"])
    assert sheet is not None
    if sheet.published_at is None:
        name = await _named(ctx, sheet)
        return Text.of(_("{title} would be forgotten, with all that it says.").format(title=name))
    return Text.of(
        _("{title} could no longer be found.").format(title=texts.titled(sheet)),
        _("This is not undone: it would have to be written anew."),
    )


async def _end_done(ctx: Context, draft: Draft) -> Reply:
    sheet = await sheets.get(ctx.tx, draft["sheet"], lock=True)
    assert sheet is not None
    by, title = await parties(ctx, sheet), texts.titled(sheet)
    name = await _named(ctx, sheet)
    signed = sheet.author == ctx.sender
    with steps.explained(sheet):
        await steps.end(ctx, sheet, Trigger(draft["trigger"]), by=by, reason=draft["reason"], but=ctx.sender)
    if not signed:
        words = partial(_ended, title, draft["reason"])
        await steps.tell_authors(ctx, sheet, words, key="ended", but=ctx.sender)
    return say(_("{title} can no longer be found.").format(title=name))


async def _named(ctx: Context, sheet: Sheet) -> str:
    """Its title too, for whoever may read what it says."""
    signs = ctx.sender in await authors.signing(ctx.tx, sheet)
    return texts.titled(sheet) if signs or sheet.published_at or sheet.status not in FOR_AUTHORS else f"F-{sheet.id}"


def _ended(name: str, reason: str) -> Text:
    return Text.of(
        _("**{title} can no longer be found**: somebody who may do so ended it.").format(title=name),
        _("The reason: {reason}").format(reason=one_line(reason)) if reason else "",
    )


END = fiche.form(
    "sheet-end",
    preview=_end_preview,
    done=_end_done,
    title=lambda _ctx, draft: f"F-{draft['sheet']}",
    asks_rights=True,
    makes=quotas.SHEET,
)


step("retirer", "supprimer", "effacer", "annuler", "withdraw", "delete", "cancel")(partial(_end, Trigger.WITHDRAW))
step("archiver", "archive")(partial(_end, Trigger.ARCHIVE))
