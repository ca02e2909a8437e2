"""`!doc`: turns a search into a request for help with the same words."""

from bot import quotas
from bot.dispatch.answer.asking_back import which_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.help import asking
from bot.help.asking import Question
from bot.i18n import _
from bot.mailbox import Dialogue, dialogues
from bot.resources.searches import FOUND
from commands.doc.search import MISSED, NOT_FOUND, RESULTS
from commands.doc.search import command as doc
from commands.expert.ask import give_way, shown


@doc.reaction(Gesture.HELP, about=FOUND, makes=quotas.REQUEST)
@doc.reaction(Gesture.HELP, about=NOT_FOUND, makes=quotas.REQUEST)
@doc.reaction(Gesture.HELP, about=MISSED, makes=quotas.REQUEST)
@doc.reaction(Gesture.HELP, about=RESULTS.name, makes=quotas.REQUEST)
async def ask_people(ctx: Context, item: str) -> Reply | None:
    """Draft a request; if the words of the search are forgotten, say how to write one.

    In private, a member of several communities is asked for one first.
    """
    words = await _looked_for(ctx, item)
    if words is None:
        return say(_("To ask volunteers, write: `!expert` and your question"))
    if ctx.community is None:
        return await which_community.ask(ctx, ctx.communities, f"doc {words}")
    await asking.may_ask(ctx, ctx.sender)
    await give_way(ctx, ctx.event.event_id)
    case = await asking.draft(
        ctx,
        Question(words),
        community=ctx.community,
        by=ctx.sender,
        room_id=ctx.room_id,
        thread=_thread(ctx),
        source=ctx.event.event_id,
        begun=True,
    )
    return await shown(ctx, case)


async def _looked_for(ctx: Context, item: str) -> str | None:
    """The words of the search, while its list is open; None afterwards."""
    found = await dialogues.get(ctx.tx, item) if ctx.card is None else await _list_of_card(ctx, item)
    words = str(found.data.get("asked", "")) if found is not None and found.expires_at > ctx.now else ""
    return words or None


async def _list_of_card(ctx: Context, item: str) -> Dialogue | None:
    """The dialogue of a card: a card of results is about its ids, a card without results about its dialogue."""
    assert ctx.card is not None
    if ctx.card.about is not None and ctx.card.about.kind != FOUND:
        return await dialogues.get(ctx.tx, item)
    of = ctx.card.asker or ctx.sender
    latest = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, of, dialogues.LIST)
    pages = str(latest.data.get("found", "")) if latest is not None else ""
    return latest if f"{pages}/".startswith(f"{item}/") else None


def _thread(ctx: Context) -> str | None:
    """The thread for the answer: the message's, the card's, or a new one below the card; None in private."""
    if ctx.direct:
        return None
    own = ctx.thread
    if own is not None or ctx.card is None:
        return own or ctx.event.event_id
    return ctx.card.thread or ctx.card.event_id
