"""`!fiche F-12 capitaliser`: the team lets a sheet last, verified at a date; and what follows by itself for sheets."""

from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from bot import quotas
from bot.communities.tell import zone
from bot.digest import picks
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.i18n import _
from bot.resources import resources
from bot.sheets import Sheet, sheets, steps, texts
from bot.sheets.journey import capitalised, follow_ups, milestones, texts_capitalised, texts_milestones
from bot.sheets.rules.milestones import DIGEST, THANKS, Hindrance
from bot.sheets.rules.sheet import VERIFY, Party, Status
from bot.sheets.writing import proposals
from bot.time import when
from commands.fiche.numbered import Parties, step
from commands.fiche.write import command as fiche

fiche.belongs(VERIFY, to=sheets.belongs_to, waits=sheets.waits)


@step("capitaliser", "capitalise", "keep")
async def capitalise(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """By the team, in a year or on a day. Raises UserError."""
    if Party.MODERATOR not in by:
        raise UserError(_("The community's team decides what lasts, and until when."))
    place = zone(await sheets.community_of(ctx.tx, sheet))
    try:
        due_at = await capitalised.capitalise(ctx, sheet, _day(ctx, rest, place) if rest else None, by=ctx.sender)
    except NotNow as error:
        raise UserError(texts_milestones.refused(sheet, Hindrance(error.why))) from None
    words, key = partial(texts_capitalised.answers_for, sheet, due_at, place), f"lasts:{due_at:%Y%m%d}"
    await steps.tell_authors(ctx, sheet, words, key=key, but=ctx.sender)
    return say(
        _("**{title} is made to last**: on {day} I ask whether it is still right.").format(
            title=texts.titled(sheet), day=texts_capitalised.day_of(due_at, place)
        )
    )


def _day(ctx: Context, words: str, place: ZoneInfo) -> date:
    """A day after today, and within a year: what is older is shown as to be verified in any case. Raises UserError."""
    found, today = when.read(words, now=ctx.now, zone=place), ctx.now.astimezone(place).date()
    day = found.start.date() if isinstance(found, when.Reading) and found.start is not None else None
    if day is None or not today < day <= today + capitalised.YEAR:
        raise UserError(_("Say a day within a year, for example: `!sheet F-12 capitalise 15 March`"))
    return day


# ── at its date ───────────────────────────────────────────────────────────────────────────────────────────


@fiche.timer(VERIFY, among=sheets.slug_of)
async def verify(moment: Moment, item: str) -> None:
    await capitalised.verify(moment, item)


@fiche.title(about=VERIFY)
async def title(ctx: Context, item: str) -> str:
    sheet = await sheets.get(ctx.tx, item)
    return texts.titled(sheet) if sheet is not None else item


async def _answers_for(ctx: Context, item: str) -> Sheet | None:
    """The sheet, locked, while it is to be verified and the sender is its author."""
    sheet = await sheets.get(ctx.tx, item, lock=True)
    return sheet if sheet is not None and sheet.author == ctx.sender and sheet.status == Status.TO_REVISE else None


@fiche.reaction(Gesture.YES, about=VERIFY, makes=quotas.ANSWER)
async def still_right(ctx: Context, item: str) -> Reply | None:
    sheet = await _answers_for(ctx, item)
    if sheet is None:
        return None
    with steps.explained(sheet):
        await steps.confirm(ctx, sheet, by={Party.AUTHOR})
    return say(_("Thank you. {title} was verified today.").format(title=texts.titled(sheet)))


@fiche.reaction(Gesture.NO, about=VERIFY, makes=quotas.ANSWER)
async def no_longer_right(ctx: Context, item: str) -> Reply | None:
    sheet = await _answers_for(ctx, item)
    if sheet is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(VERIFY, item))
    return Reply(texts_capitalised.no_longer_right(sheet))


# ── what follows by itself ────────────────────────────────────────────────────────────────────────────────


@fiche.timer(follow_ups.PUBLISHED, among=follow_ups.slug_of_parent)
async def published(moment: Moment, item: str) -> None:
    await follow_ups.published(moment, item)


@fiche.timer(follow_ups.CONFIRMED)
async def confirmed(moment: Moment, item: str) -> None:
    await follow_ups.still_right(moment, item)


@fiche.timer(follow_ups.PRESENTED, among=proposals.community_of_retex)
async def presented(moment: Moment, item: str) -> None:
    await follow_ups.presented(moment, item)


@fiche.timer(follow_ups.THANKED, among=sheets.slug_of)
async def thanked(moment: Moment, item: str) -> None:
    await milestones.value(moment, item, THANKS)


@fiche.timer(follow_ups.PICKED)
async def picked(moment: Moment, item: str) -> None:
    """A team put a resource first in its digest, and did not take that back: if it is a sheet, it is valued."""
    thing = Ref.parse(item)
    row = await resources.published(moment.tx, int(thing.id)) if thing.kind == picks.RESOURCE else None
    if row is None or not row.origin.startswith("F-"):
        return
    if thing in await picks.since(moment.tx, row.community, moment.now - picks.KEPT):
        await milestones.value(moment, row.origin.removeprefix("F-"), DIGEST)
