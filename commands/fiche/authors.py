"""`!fiche F-12 avec Ben`: sign a sheet with others; and the yes or no of those who are asked."""

from bot import quotas
from bot.communities.people import members
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.i18n import _
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.rules.sheet import CONSENT, OVER, Party, Trigger
from bot.sheets.writing import authors, consents, proposals
from commands.admin.people import named
from commands.fiche.capture import read_again
from commands.fiche.numbered import Parties, step
from commands.fiche.write import command as fiche
from commands.fiche.write import start

fiche.belongs(CONSENT, to=sheets.belongs_to, waits=consents.waits)


@fiche.title(about=CONSENT)
async def title(ctx: Context, item: str) -> str:
    sheet = await sheets.get(ctx.tx, item)
    return texts.titled(sheet) if sheet is not None else item


@step("avec", "with")
async def with_others(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """A colleague who wrote it too."""
    return await _ask(ctx, sheet, by, rest, partner=False)


@step("partenaire", "partner")
async def with_partner(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Somebody who is cared for, or a carer, who took part."""
    return await _ask(ctx, sheet, by, rest, partner=True)


async def _ask(ctx: Context, sheet: Sheet, by: Parties, rest: str, *, partner: bool) -> Reply:
    if Party.AUTHOR not in by or sheet.status in OVER:
        raise UserError(_("Only those who sign a sheet change what it says."))
    person, _words = named(ctx, rest)
    if person in await authors.signing(ctx.tx, sheet):
        raise UserError(_("This person signs it already."))
    if not await members.is_member_for_sure(ctx.tx, ctx.directory, person, sheet.community):
        raise UserError(_("I do not see this person in the community's rooms."))
    community = await sheets.community_of(ctx.tx, sheet)
    own = ctx.directory.name_of(community.main_room or ctx.room_id, ctx.sender)
    if not await consents.ask_to_sign(ctx, sheet, person, by=own, partner=partner):
        raise UserError(_("This person was asked already."))
    return say(_("I ask in private; the name is on the sheet once there is a yes."))


@fiche.reaction(Gesture.YES, about=CONSENT, makes=quotas.ANSWER)
async def agree(ctx: Context, item: str) -> Reply | None:
    found = await consents.asked(ctx.tx, item, ctx.sender)
    if found is None or found[1].agreed_at is not None:
        return None
    sheet, row = found
    begun = await consents.agree(ctx, sheet, row)
    if begun and not await read_again(ctx, sheet):
        await steps.end(ctx, sheet, Trigger.WITHDRAW, by={Party.SYSTEM})
        return say(_("Your message is not there any more: nothing is made of it."))
    if not row.needed:
        return say(_("Thank you: your name is on {title}.").format(title=texts.titled(sheet)))
    if not begun:
        return say(_("Thank you. It is begun once the other person agrees too."))
    if sheet.author == ctx.sender:
        return await start(ctx, sheet)
    await consents.invite_author(ctx, sheet)
    return say(_("Thank you. Both of you agree: it is being written, and you will read it before others do."))


@fiche.reaction(Gesture.NO, about=CONSENT, makes=quotas.ANSWER)
async def refuse(ctx: Context, item: str) -> Reply | None:
    found = await consents.asked(ctx.tx, item, ctx.sender)
    if found is None or found[1].agreed_at is not None:
        return None
    await consents.refuse(ctx, *found)
    return say(_("It is noted: your name is not on it, and nothing of yours."))


@fiche.timer(proposals.OF_REQUEST, among=proposals.community_of_request)
async def of_request(moment: Moment, item: str) -> None:
    await proposals.of_request(moment, item)


@fiche.timer(proposals.OF_RETEX, among=proposals.community_of_retex)
async def of_retex(moment: Moment, item: str) -> None:
    await proposals.of_retex(moment, item)


@fiche.timer(steps.UNFINISHED, among=sheets.slug_of)
async def unfinished(moment: Moment, item: str) -> None:
    await steps.remind(moment, item)
