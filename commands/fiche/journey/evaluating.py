"""`!fiche F-12 évaluer …`: what came of a sheet, which the team reads before it is shown."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, SheetResult, sheets, texts
from bot.sheets.journey import milestones, results, texts_milestones, texts_trials
from bot.sheets.rules.milestones import Milestone
from bot.sheets.rules.sheet import Party
from bot.sheets.rules.trial import RESULT_GIVEN, Result
from bot.sheets.writing import authors
from commands.fiche.journey.trying import give
from commands.fiche.numbered import Parties, step, too_late
from commands.fiche.write import command as fiche

fiche.belongs(RESULT_GIVEN, to=results.belongs_to, waits=results.waits)


@step("évaluer", "évaluation", "evaluate", "avis", "opinion")
async def evaluate(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """In words, by whoever tried it or signs it; without any the team is shown what waits. Raises UserError."""
    why_not = await milestones.in_the_way(ctx.tx, sheet, Milestone.EVALUATED)
    if why_not is not None:
        raise UserError(texts_milestones.refused(sheet, why_not))
    if rest:
        return await give(ctx, sheet, rest)
    waiting = await _waiting(ctx, sheet) if Party.MODERATOR in by and ctx.direct else None
    return waiting or say(
        _("Say what came of it, with a figure or in a few words. For example:"),
        _("`!sheet {number} evaluate 40 minutes less for each file`").format(number=sheets.number(sheet)),
    )


async def _waiting(ctx: Context, sheet: Sheet) -> Reply | None:
    """The oldest result that the person may accept, once more."""
    if ctx.sender in await authors.signing(ctx.tx, sheet):
        return None
    found = [row for row in await results.of(ctx.tx, sheet, status=Result.GIVEN) if row.person != ctx.sender]
    if not found:
        return None
    about = Ref(RESULT_GIVEN, str(found[0].id))
    return Reply(texts_trials.to_accept(sheet, found[0].text), about=about, gestures=results.ANSWERS, waits=True)


@fiche.title(about=RESULT_GIVEN)
async def title(ctx: Context, item: str) -> str:
    row = await results.get(ctx.tx, item)
    sheet = await sheets.get(ctx.tx, row.sheet) if row is not None else None
    return texts.titled(sheet) if sheet is not None else item


async def _read(ctx: Context, item: str) -> tuple[Sheet, SheetResult] | None:
    """A result that waits, with its sheet, both locked, if the person is of the team that reads it."""
    row = await results.get(ctx.tx, item)
    sheet = await sheets.get(ctx.tx, row.sheet, lock=True) if row is not None else None
    row = await results.get(ctx.tx, item, lock=True) if sheet is not None else None
    if sheet is None or row is None or row.status != Result.GIVEN:
        return None
    return (sheet, row) if await leads(ctx, await sheets.community_of(ctx.tx, sheet)) else None


async def _too_late(ctx: Context, item: str) -> Reply | None:
    row = await results.get(ctx.tx, item)
    return (
        too_late(ctx, await sheets.get(ctx.tx, row.sheet)) if row is not None and row.status != Result.GIVEN else None
    )


@fiche.reaction(Gesture.YES, about=RESULT_GIVEN, asks_rights=True, makes=quotas.ANSWER)
async def accept(ctx: Context, item: str) -> Reply | None:
    found = await _read(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    try:
        await results.accept(ctx, *found, by=ctx.sender)
    except NotNow:
        raise UserError(_not_now(found[0])) from None
    return say(_("**{title} is evaluated.** Those who sign it know.").format(title=texts.titled(found[0])))


@fiche.reaction(Gesture.NO, about=RESULT_GIVEN, asks_rights=True, makes=quotas.ANSWER)
async def decline(ctx: Context, item: str) -> Reply | None:
    found = await _read(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    try:
        await results.decline(ctx, *found, by=ctx.sender)
    except NotNow:
        raise UserError(_not_now(found[0])) from None
    return say(_("It is not shown. Whoever wrote it learns that, without your name."))


def _not_now(sheet: Sheet) -> str:
    sentence = _("Nobody accepts what they wrote themselves, nor what is said of their own sheet: {title}.")
    return sentence.format(title=texts.titled(sheet))


@fiche.taken_back()
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message in which they said what came of a sheet takes it back."""
    sheet = await results.take_back(ctx, ctx.sender, source)
    if sheet is None:
        return None
    return Text.of(_("What you said of {title} is taken back.").format(title=texts.titled(sheet)))
