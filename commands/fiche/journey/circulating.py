"""`!fiche F-12 diffuser <community>`: offer a sheet to another community, whose team takes it up or says why not."""

from collections.abc import Sequence
from typing import Any, Final

from bot import quotas
from bot.communities import Community, communities
from bot.communities.communities import name_in
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads
from bot.dispatch.menu.form import Draft
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, SheetCirculation, sheets, texts
from bot.sheets.journey import circulations, milestones, texts_circulation, texts_milestones
from bot.sheets.journey.circulations import By
from bot.sheets.rules import parts
from bot.sheets.rules.circulation import OFFERED, WHY_NOT, Circulation
from bot.sheets.rules.milestones import Hindrance, Milestone
from bot.sheets.rules.sheet import Party
from bot.text.plain_text import fold
from commands.fiche.numbered import Parties, parties, step, too_late
from commands.fiche.write import command as fiche
from commands.own_words import checked, source_of

STOP: Final = ("stop", "arreter", "annuler", "fin", "end", "cancel")

fiche.belongs(OFFERED, WHY_NOT, to=circulations.belongs_to, waits=circulations.waits)


@step("diffuser", "circuler", "proposer", "circulate", "offer")
async def circulate(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Shown before it is done. `stop` behind the community ends it there. Raises UserError."""
    target, stops = await _named(ctx, sheet, rest)
    if stops:
        return await _end(ctx, sheet, by, target)
    await _require(ctx, sheet, by, target)
    return await begin(ctx, OFFER, {"sheet": sheet.id, "to": target.slug})


async def _named(ctx: Context, sheet: Sheet, words: str) -> tuple[Community, bool]:
    """The community that the words name, by its short name or its name, and whether it ends there."""
    plain = fold(words).text.strip(" .,;:!?")
    first, _space, last = plain.rpartition(" ")
    stops = bool(first) and last in STOP
    wanted = first if stops else plain
    others = await _others(ctx, sheet)
    if not others:
        raise UserError(_("I know of no other community."))
    found = next((one for one in others if wanted in _names(one)), None)
    if found is None:
        known = ", ".join(f"`{one.slug}`" for one in others)
        sentence = _("To which community? For example: `!sheet {number} circulate {slug}`. I know: {known}")
        raise UserError(sentence.format(number=sheets.number(sheet), slug=others[0].slug, known=known))
    return found, stops


async def _others(ctx: Context, sheet: Sheet) -> Sequence[Community]:
    served = await communities.slugs(ctx.tx, ctx.serving)
    return [one for one in await communities.every(ctx.tx) if one.slug in served and one.slug != sheet.community]


def _names(community: Community) -> set[str]:
    return {fold(name).text for name in (community.slug, *community.name.values())}


async def _require(ctx: Context, sheet: Sheet, by: Parties, target: Community) -> None:
    """Raise UserError unless the person may offer the sheet there now, and somebody there may answer."""
    if not by & {Party.AUTHOR, Party.MODERATOR}:
        raise UserError(_("Only those who sign it, and the community's team, offer a sheet to other communities."))
    why_not = await milestones.in_the_way(ctx.tx, sheet, Milestone.CIRCULATING)
    if why_not is not None:
        raise UserError(texts_milestones.refused(sheet, why_not))
    row, name = await circulations.to(ctx.tx, sheet, target.slug), name_in(target, ctx.language)
    if row is not None and row.status == Circulation.ACCEPTED:
        raise UserError(_("The community {community} has taken it up already.").format(community=name))
    if row is not None and row.status == Circulation.PROPOSED:
        raise UserError(_("It is offered to {community} already: its team has not answered.").format(community=name))
    if not await circulations.team_of(ctx, target):
        raise UserError(_("I see no team of the community {community} that I could ask.").format(community=name))


async def _offer_preview(ctx: Context, draft: Draft) -> Text:
    sheet, target = await _drafted(ctx, draft)
    return texts_circulation.proposed(sheet, target)


async def _drafted(ctx: Context, draft: Draft) -> tuple[Sheet, Community]:
    sheet = await sheets.get(ctx.tx, draft["sheet"], lock=True)
    target = await communities.get(ctx.tx, draft["to"])
    assert sheet is not None
    assert target is not None
    return sheet, target


async def _offered(ctx: Context, draft: Draft) -> Reply:
    """Asked again what may have changed since it was shown."""
    sheet, target = await _drafted(ctx, draft)
    await _require(ctx, sheet, await parties(ctx, sheet), target)
    await circulations.offer(ctx, sheet, target, by=ctx.sender)
    return say(
        _("**{title} is offered to the community {community}.** I tell you what its team answers.").format(
            title=texts.titled(sheet), community=name_in(target, ctx.language)
        ),
        _("To take it back: `!sheet {number} circulate {slug} stop`").format(
            number=sheets.number(sheet), slug=target.slug
        ),
    )


async def _among(_tx: Any, draft: Draft) -> str | None:
    """Those who answer are the other community's team."""
    return str(draft["to"]) if "to" in draft else None


OFFER = fiche.form(
    "sheet-offer",
    preview=_offer_preview,
    done=_offered,
    title=lambda _ctx, draft: f"F-{draft['sheet']}",
    among=_among,
    asks_rights=True,
    makes=quotas.SHEET,
)


async def _end(ctx: Context, sheet: Sheet, by: Parties, target: Community) -> Reply:
    """By those who may offer it, and by the team that took it up."""
    offers = bool(by & {Party.AUTHOR, Party.MODERATOR})
    row = await circulations.to(ctx.tx, sheet, target.slug)
    if not offers and not await leads(ctx, target):
        raise UserError(_("Only those who sign it, and the teams of both communities, may end this."))
    if row is None or row.status not in circulations.OPEN:
        raise UserError(_("It is not in the community {community}.").format(community=name_in(target, ctx.language)))
    await circulations.end(ctx, sheet, row, by=By.PROPOSER if offers else By.TARGET)
    sentence = _("{title} is in the community {community} no more.")
    return say(sentence.format(title=texts.titled(sheet), community=name_in(target, ctx.language)))


# ── the other team answers ────────────────────────────────────────────────────────────────────────────────


@fiche.title(about=OFFERED)
async def title(ctx: Context, item: str) -> str:
    row = await circulations.get(ctx.tx, item)
    sheet = await sheets.get(ctx.tx, row.sheet) if row is not None else None
    return texts.titled(sheet) if sheet is not None else item


async def _offered_to(ctx: Context, item: str) -> tuple[Sheet, SheetCirculation] | None:
    """What is offered, locked, if it waits and the person is of the team that was asked."""
    found = await circulations.with_sheet(ctx.tx, item)
    if found is None or found[1].status != Circulation.PROPOSED:
        return None
    target = await communities.get(ctx.tx, found[1].community)
    return found if target is not None and await leads(ctx, target) else None


async def _too_late(ctx: Context, item: str) -> Reply | None:
    found = await circulations.with_sheet(ctx.tx, item)
    return too_late(ctx, found[0]) if found is not None and found[1].status != Circulation.PROPOSED else None


@fiche.reaction(Gesture.YES, about=OFFERED, asks_rights=True, makes=quotas.ANSWER)
async def take_up(ctx: Context, item: str) -> Reply | None:
    found = await _offered_to(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    try:
        await circulations.accept(ctx, *found, by=ctx.sender)
    except NotNow:
        raise UserError(texts_milestones.refused(found[0], Hindrance.NOT_PUBLISHED)) from None
    number = sheets.number(found[0])
    return say(
        _("**Your community takes up {title}**: its members find it with `!doc`.").format(title=texts.titled(found[0])),
        _("To end that: `!sheet {number} circulate {slug} stop`").format(number=number, slug=found[1].community),
    )


@fiche.reaction(Gesture.NO, about=OFFERED, asks_rights=True)
async def refuse(ctx: Context, item: str) -> Reply | None:
    found = await _offered_to(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    return Reply(texts_circulation.why_not(found[0]), about=Ref(WHY_NOT, item), waits=True)


async def _is_said(_tx: object, _item: str, words: str) -> bool:
    return any(sign.isalnum() for sign in words)


@fiche.answer(
    *("parce que", "because"),
    about=WHY_NOT,
    takes_rest=True,
    makes=quotas.ANSWER,
    asks_rights=True,
    alone=_is_said,
)
async def because(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await _offered_to(ctx, item)
    if found is None:
        return await _too_late(ctx, item)
    await circulations.decline(ctx, *found, checked(rest, parts.LONGEST_FIELD), by=ctx.sender, source=source_of(ctx))
    return say(_("It is passed on, without your name: your community does not take it up."))


@fiche.taken_back()
async def reason_taken_back(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message in which they said why not takes the reason back, not the answer."""
    sheet = await circulations.take_reason_back(ctx, source)
    if sheet is None:
        return None
    return Text.of(_("What you said of {title} is taken back.").format(title=texts.titled(sheet)))


@fiche.answer("annuler", "cancel", about=WHY_NOT)
async def nothing(ctx: Context, item: str, rest: str) -> Reply:
    await ctx.outbox.close_cards(ctx.tx, Ref(WHY_NOT, item), asker=ctx.sender)
    return say(_("I pass nothing on. You may still say yes or no."))


@fiche.timer(circulations.UNANSWERED, among=circulations.slug_of)
async def unanswered(moment: Moment, item: str) -> None:
    await circulations.unanswered(moment, item)
