"""What happens to teams by itself: their rooms, the monthly question, who leaves, the sheet that came of them."""

from bot import quotas
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.help import requests
from bot.i18n import _
from bot.sheets import sheets
from bot.teams import asking, follow_up, log, members, records, room, sheet
from bot.teams.rules.team import (
    ASKS_HELP,
    FOLLOW_UP,
    INVITES,
    ROOM_CHECK,
    ROOM_LEFT,
    ROOM_MADE,
    SHEET,
    SHEET_READ,
    WAITS,
)
from commands.equipe.team import command as team
from commands.fiche.write import invite


@team.timer(ROOM_MADE)
async def room_made(moment: Moment, item: str) -> None:
    await room.made(moment, item)


@team.timer(ROOM_CHECK)
async def room_check(moment: Moment, item: str) -> None:
    found = await records.get(moment.tx, item, lock=True)
    if found is not None:
        await room.check(moment, found)


@team.timer(ROOM_LEFT, among=records.slug_of_room)
async def room_left(moment: Moment, item: str) -> None:
    """Somebody left the team's room, was removed from it, or did not want to enter: they leave the team."""
    room_id, _space, person = item.partition(" ")
    found = await records.of_room(moment.tx, room_id)
    found = await records.get(moment.tx, found.id or 0, lock=True) if found is not None else None
    if found is not None and moment.directory.has_gone(room_id, person):
        await asking.leave(moment, found, person)


@team.timer(INVITES, among=members.slug_of)
async def invites(moment: Moment, item: str) -> None:
    await asking.invites(moment, item)


@team.timer(WAITS, among=records.slug_of)
async def waits(moment: Moment, item: str) -> None:
    found = await records.get(moment.tx, item, lock=True)
    if found is not None:
        await asking.waits(moment, found)


@team.timer(FOLLOW_UP, among=records.slug_of)
async def ask_where(moment: Moment, item: str) -> None:
    found = await records.get(moment.tx, item, lock=True)
    if found is None:
        return
    for person in await follow_up.ask(moment, found):
        await asking.leave(moment, found, person)


@team.timer(ASKS_HELP)
async def asks_help(moment: Moment, item: str) -> None:
    """Somebody asks for help, perhaps in a team's room."""
    request = await requests.get(moment.tx, item)
    if request is not None:
        await log.asks_help(moment.tx, request)


@team.timer(SHEET_READ, among=records.slug_of_sheet)
async def sheet_read(moment: Moment, item: str) -> None:
    """A sheet is published, perhaps of a team."""
    await sheet.is_read(moment, item)


@team.reaction(Gesture.YES, about=SHEET, makes=quotas.SHEET)
async def write_it(ctx: Context, item: str) -> Reply | None:
    """The first of the team who wants to completes the sheet, in private."""
    found = await records.get(ctx.tx, item, lock=True)
    if found is None or not await members.is_in(ctx.tx, found, ctx.sender):
        return None
    begun = await sheet.begin(ctx, found, ctx.sender)
    if begun is None:
        return say(
            _("Somebody of the team writes it already. To see it: `!{number}`").format(number=records.number(found))
        )
    await invite(ctx, await records.community_of(ctx.tx, found), begun)
    return say(
        _("Thank you. I write to you in private, where you complete it ({sheet}).").format(sheet=sheets.number(begun))
    )
