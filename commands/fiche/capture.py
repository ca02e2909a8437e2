"""`!fiche`, or 📖, on what somebody wrote in a room: a sheet of it, if its author agrees."""

from bot import quotas
from bot.communities import Community
from bot.communities.people import members, people
from bot.communities.tell import tell
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, sheets
from bot.sheets.rules.sheet import OVER
from bot.sheets.writing import captures
from bot.text.patient_data import patient_data
from commands.fiche.write import command as fiche
from commands.fiche.write import invite


@fiche.mark(Gesture.CAPTURE, makes=quotas.SHEET)
async def marked(ctx: Context, message: str) -> Reply | None:
    """Nothing is said in the room: whoever marked it reads in private what comes of it."""
    try:
        answer = await capture(ctx, message)
    except UserError as error:
        answer = str(error)
    if answer:
        text, key = Text.of(answer), f"capture:{ctx.event.event_id}"
        await tell(ctx, ctx.sender, lambda: text, key=key, language=ctx.language, rings=False)
    return None


async def replied(ctx: Context, message: str) -> Reply:
    """`!fiche` in a reply to what somebody wrote."""
    return say(await capture(ctx, message) or _("I write to you in private, where you write it."))


async def capture(ctx: Context, event_id: str) -> str:
    """A sheet of a message: begun with its author, who is asked first if it is somebody else. Raises UserError."""
    message = ctx.quotes.of(ctx.room_id, event_id)
    if message is None or message.sender == ctx.account:
        raise UserError(_("A sheet is made of a message that somebody wrote; I see none there."))
    community, own = the_community(ctx), message.sender == ctx.sender
    await _require_unmade(ctx, event_id, own=own)
    if patient_data.check(message.text):
        raise UserError(_("This message seems to hold data about a patient: I make no sheet of it."))
    if not own:
        return await _ask(ctx, community, message.sender, event_id)
    sheet = await captures.begin(ctx, community, message.sender, room_id=ctx.room_id, event_id=event_id, own=True)
    await captures.put(ctx, sheet, message.text, source=event_id)
    await invite(ctx, community, sheet)
    return ""


async def _require_unmade(ctx: Context, event_id: str, *, own: bool) -> None:
    """Raise UserError if a sheet is made of the message; or if one is over, unless its author begins anew."""
    made = await captures.of_message(ctx.tx, ctx.room_id, event_id)
    if made is not None and made.status not in OVER:
        raise UserError(_("A sheet is being made of this message already."))
    if made is not None and not own:
        raise UserError(_("No sheet is made of this message."))


async def _ask(ctx: Context, community: Community, author: str, event_id: str) -> str:
    """Ask whoever wrote a message, in private. Raises UserError, MembersUnknown."""
    members.require(ctx.directory, ctx.room_id)
    await _require_may_be_asked(ctx, author, community.slug)
    sheet = await captures.begin(ctx, community, author, room_id=ctx.room_id, event_id=event_id, own=False)
    name, facts = ctx.directory.name_of(ctx.room_id, ctx.sender), ctx.directory.facts(ctx.room_id)
    await captures.ask(ctx, community, sheet, by=name, room=(facts.name if facts is not None else None) or "")
    return _("I ask whoever wrote it, in private. Until there is a yes I keep nothing of it.")


async def _require_may_be_asked(ctx: Context, person: str, community: str) -> None:
    here = await members.is_member_for_sure(ctx.tx, ctx.directory, person, community)
    if not here or await people.has_stopped(ctx.tx, person):
        raise UserError(_("I cannot ask whoever wrote it: they have left, or want no message from me."))
    if not await captures.may_ask(ctx.tx, person, now=ctx.now):
        raise UserError(_("I ask nobody too often, and cannot ask whoever wrote it today. Try again another day."))


async def read_again(ctx: Context, sheet: Sheet) -> bool:
    """Put what its author wrote into the draft that they agreed to; False if it is not there any more."""
    if sheet.room_id is None or sheet.event_id is None:
        return True
    message = ctx.quotes.of(sheet.room_id, sheet.event_id)
    if message is None or message.sender != sheet.author:
        return False
    await captures.put(ctx, sheet, message.text, source=sheet.event_id)
    return True


@fiche.timer(captures.ORIGINAL_GONE, among=sheets.slug_of)
async def original_gone(moment: Moment, item: str) -> None:
    await captures.original_gone(moment, item)
