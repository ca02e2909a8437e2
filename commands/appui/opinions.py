"""The two questions at the end of a support: its course, then what it brought."""

from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.i18n import _
from bot.programmes import satisfaction, steps, texts_team
from bot.programmes.rules.application import ASK, REMIND, TEAM_OVER, USEFUL, WENT
from bot.teams import records
from commands.appui.support import command as support
from commands.yes_or_no import yes_or_no

support.belongs(WENT, USEFUL, to=satisfaction.belongs_to, waits=satisfaction.waits)


@support.title(about=WENT)
async def went_title(ctx: Context, item: str) -> str:
    return _("the course of the support")


@support.title(about=USEFUL)
async def useful_title(ctx: Context, item: str) -> str:
    return _("what the support brought")


@support.timer(ASK, among=satisfaction.slug_of)
async def ask(moment: Moment, item: str) -> None:
    row = await satisfaction.get(moment.tx, item)
    if row is not None:
        await satisfaction.ask(moment, row)


@support.timer(REMIND, among=satisfaction.slug_of)
async def remind(moment: Moment, item: str) -> None:
    row = await satisfaction.get(moment.tx, item)
    if row is not None:
        await satisfaction.remind(moment, row)


@support.timer(TEAM_OVER, among=records.slug_of)
async def team_over(moment: Moment, item: str) -> None:
    """Item: a team, perhaps of an application."""
    team = await records.get(moment.tx, item)
    if team is not None:
        await steps.team_over(moment, team)


@yes_or_no(support, WENT)
async def went_well(ctx: Context, item: str, /, *, yes: bool) -> Reply | None:
    """The first answer, and the second question; a second tap changes the answer quietly."""
    row = await satisfaction.get(ctx.tx, item, person=ctx.sender)
    if row is None or row.asked_at is None:
        return None
    again, row.went_well = row.went_well is not None, yes
    await satisfaction.write(ctx.tx, row)
    await ctx.outbox.close_cards(ctx.tx, Ref(WENT, item))
    if again:
        return None
    return Reply(texts_team.was_useful(), about=Ref(USEFUL, item), gestures=(Gesture.YES, Gesture.NO), waits=True)


@yes_or_no(support, USEFUL)
async def was_useful(ctx: Context, item: str, /, *, yes: bool) -> Reply | None:
    row = await satisfaction.get(ctx.tx, item, person=ctx.sender)
    if row is None or row.asked_at is None:
        return None
    again, row.was_useful = row.was_useful is not None, yes
    await satisfaction.write(ctx.tx, row)
    await ctx.outbox.close_cards(ctx.tx, Ref(USEFUL, item))
    return None if again else say(_("Thank you: both answers are counted, without your name."))
