"""`!fiche`: the answers of whoever reviews a sheet: yes, what is missing, or not this time."""

from bot import quotas
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.rules.sheet import COMMENT, REVIEW, Party, Status
from commands.fiche.life import ask_back, publish
from commands.fiche.numbered import Parties, parties, too_late
from commands.fiche.write import command as fiche

fiche.belongs(REVIEW, to=sheets.belongs_to, waits=sheets.waits)
fiche.belongs(COMMENT, to=sheets.belongs_to, waits=steps.comment_waits)


@fiche.title(about=REVIEW)
async def title(ctx: Context, item: str) -> str:
    sheet = await sheets.get(ctx.tx, item)
    return texts.titled(sheet) if sheet is not None else item


async def _reviewing(ctx: Context, item: str) -> tuple[Sheet, Parties] | None:
    """The sheet, if it waits and the sender may review it now; anybody else's gesture is left without an answer."""
    sheet = await sheets.get(ctx.tx, item, lock=True)
    if sheet is None or sheet.status != Status.IN_REVIEW:
        return None
    by = await parties(ctx, sheet)
    return (sheet, by) if by & {Party.REVIEWER, Party.MODERATOR} else None


@fiche.reaction(Gesture.YES, about=REVIEW, asks_rights=True, makes=quotas.ANSWER)
async def accept(ctx: Context, item: str) -> Reply | None:
    found = await _reviewing(ctx, item)
    return await publish(ctx, *found, "") if found else await _too_late(ctx, item)


async def _too_late(ctx: Context, item: str) -> Reply | None:
    """Somebody else has answered; but silence to whoever is not asked about what waits."""
    sheet = await sheets.get(ctx.tx, item)
    return too_late(ctx, sheet) if sheet is not None and sheet.status != Status.IN_REVIEW else None


@fiche.reaction(Gesture.NO, about=REVIEW, asks_rights=True, makes=quotas.ANSWER)
async def decline(ctx: Context, item: str) -> Reply | None:
    """A volunteer makes room for somebody else; of the team another may still do it."""
    found = await _reviewing(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    sheet, by = found
    if Party.REVIEWER in by:
        await steps.not_me(ctx, sheet, ctx.sender)
    else:
        await ctx.outbox.close_cards(ctx.tx, Ref(REVIEW, item), asker=ctx.sender)
    return say(_("Thank you for saying so. Somebody else reviews it."))


@fiche.reaction(Gesture.MAYBE, about=REVIEW, asks_rights=True)
async def clarify(ctx: Context, item: str) -> Reply | None:
    found = await _reviewing(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    asked = _("**What is missing from {title}?** Your next message here goes to its authors, without your name.")
    return Reply(Text.of(asked.format(title=texts.titled(found[0]))), about=Ref(COMMENT, item), waits=True)


async def _is_said(_tx: object, _item: str, words: str) -> bool:
    return any(sign.isalnum() for sign in words)


@fiche.answer(
    *("il manque", "missing"),
    about=COMMENT,
    takes_rest=True,
    makes=quotas.ANSWER,
    asks_rights=True,
    alone=_is_said,
)
@fiche.answer(
    "compléter", "completer", "complete", about=REVIEW, takes_rest=True, makes=quotas.ANSWER, asks_rights=True
)
async def missing(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await _reviewing(ctx, item)
    return await ask_back(ctx, *found, rest) if found else await _decided(ctx, item)


async def _decided(ctx: Context, item: str) -> Reply | None:
    """Somebody else decided while a reviewer wrote what is missing: the reviewer reads what became of the sheet."""
    sheet, card = await sheets.get(ctx.tx, item), ctx.card
    if sheet is None or card is None or card.about != Ref(COMMENT, item) or card.asker != ctx.sender:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(COMMENT, item), asker=ctx.sender)
    return Reply(texts.decided(sheet))


@fiche.taken_back()
async def not_missing(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message in which they said what is missing takes it back."""
    sheet = await steps.not_missing(ctx, source)
    if sheet is None:
        return None
    return Text.of(_("What you said of {title} is taken back.").format(title=texts.titled(sheet)))


@fiche.answer("annuler", "cancel", about=COMMENT)
async def nothing(ctx: Context, item: str, rest: str) -> Reply:
    await ctx.outbox.close_cards(ctx.tx, Ref(COMMENT, item), asker=ctx.sender)
    return say(_("I pass nothing on. You may still say yes or no."))


@fiche.timer(steps.NEXT_REVIEWER, among=sheets.slug_of)
async def next_reviewer(moment: Moment, item: str) -> None:
    """Whoever was asked has not answered: somebody else is asked as well; the first answer counts."""
    sheet = await sheets.get(moment.tx, item, lock=True)
    if sheet is not None and sheet.status == Status.IN_REVIEW:
        await steps.ask_reviewer(moment, sheet)
