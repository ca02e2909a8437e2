"""`!doc`: handles reactions to results, and to the question whether a resource is still right."""

from bot import quotas
from bot.dispatch.answer.cards import NUMBERS
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.i18n import _
from bot.mailbox import dialogues
from bot.resources import Resource, resources, votes
from bot.resources.checks import CHECK
from bot.resources.searches import FOUND
from bot.resources.texts import titled
from commands.doc.freshness import ask_owner, expired, gone, verified
from commands.doc.search import ONE, RESULTS, chosen, counted, first_shown, show
from commands.doc.search import command as doc

doc.belongs(ONE, FOUND, to=resources.belongs_to)
doc.belongs(CHECK, to=resources.belongs_to, waits=resources.check_waits)


@doc.reaction(Gesture.USEFUL, about=ONE, makes=quotas.OPINION)
@doc.reaction(Gesture.USEFUL, about=FOUND, makes=quotas.OPINION)
@doc.reaction(Gesture.USEFUL, about=RESULTS.name, makes=quotas.OPINION)
async def useful(ctx: Context, item: str) -> Reply | None:
    """A vote under a list counts for its first result."""
    return await _vote(ctx, item, useful=True)


@doc.reaction(Gesture.USELESS, about=ONE, makes=quotas.OPINION)
@doc.reaction(Gesture.USELESS, about=FOUND, makes=quotas.OPINION)
@doc.reaction(Gesture.USELESS, about=RESULTS.name, makes=quotas.OPINION)
async def useless(ctx: Context, item: str) -> Reply | None:
    return await _vote(ctx, item, useful=False)


@doc.reaction(Gesture.USEFUL, about=ONE, removed=True)
@doc.reaction(Gesture.USEFUL, about=FOUND, removed=True)
async def not_useful_after_all(ctx: Context, item: str) -> Reply | None:
    await _take_back(ctx, item, useful=True)
    return None


@doc.reaction(Gesture.USELESS, about=ONE, removed=True)
@doc.reaction(Gesture.USELESS, about=FOUND, removed=True)
async def not_useless_after_all(ctx: Context, item: str) -> Reply | None:
    await _take_back(ctx, item, useful=False)
    return None


async def _vote(ctx: Context, item: str, *, useful: bool) -> Reply | None:
    row = await first_shown(ctx, await _shown(ctx, item))
    if row is None or row.id is None:
        return say(_("This resource is not there any more.")) if isinstance(ctx.event, MessageReceived) else None
    await votes.cast(ctx.tx, row.id, ctx.sender, useful=useful)
    if isinstance(ctx.event, MessageReceived):
        kind = ctx.card.about.kind if ctx.card is not None and ctx.card.about is not None else FOUND
        return counted(ctx, row, useful=useful, in_list=kind != ONE)
    if ctx.card is not None:  # the same mark for everybody's: a server takes it once
        await ctx.outbox.place(ctx.tx, (_mark(ctx, useful=useful),), key=ctx.card.key, to=ctx.room_id, now=ctx.now)
    return None


def _mark(ctx: Context, *, useful: bool) -> Gesture:
    """What we put below a card to say that an opinion is noted: ✅, unless that says something else below this one."""
    about = ctx.card.about if ctx.card is not None else None
    if about is None or ctx.menu.action(about.kind, Gesture.YES) is None:
        return Gesture.YES
    return Gesture.USEFUL if useful else Gesture.USELESS


async def _take_back(ctx: Context, item: str, *, useful: bool) -> None:
    row = await first_shown(ctx, await _shown(ctx, item))
    if row is not None and row.id is not None:
        await votes.take_back(ctx.tx, row.id, ctx.sender, useful=useful)


async def _shown(ctx: Context, item: str) -> str:
    """The ids that a card showed, or the list that was answered without quoting it (`41.88.12`)."""
    if ctx.card is not None and ctx.card.about is not None and ctx.card.about.kind in (ONE, FOUND):
        return ctx.card.about.id
    if ctx.card is not None and ctx.card.about is not None and ctx.card.about.kind != RESULTS.name:
        return item  # it shows something else, which is found as this resource
    dialogue = await dialogues.get(ctx.tx, item)
    return str(dialogue.data.get("found", "0")) if dialogue is not None and dialogue.name == RESULTS.name else "0"


def _choose(number: int, gesture: Gesture) -> None:
    @doc.reaction(gesture, about=FOUND)
    async def pick(ctx: Context, item: str) -> Reply | None:
        row = await chosen(ctx, item, number)
        return await show(ctx, row) if row is not None else None


for number_sign, place in NUMBERS.items():
    _choose(place, number_sign)


# ── freshness ─────────────────────────────────────────────────────────────────────────────────────────────


@doc.timer(CHECK)
async def ask_again(moment: Moment, item: str) -> None:
    row = await _published(moment, item)
    if row is not None and row.owner is not None:
        await ask_owner(moment, row, expired)


@doc.title(about=CHECK)
async def verification(ctx: Context, item: str) -> str:
    found = await resources.published(ctx.tx, int(item))
    return titled(found) if found else item


@doc.timer(resources.DEAD_LINK)
async def page_gone(moment: Moment, item: str) -> None:
    """Mark a resource with a dead link as outdated, which ranks it lower; ask its owner once."""
    row = await _published(moment, item)
    if row is None or row.outdated:
        return
    await resources.change(moment.tx, row, outdated=True)
    if row.owner is not None:
        await ask_owner(moment, row, gone)


@doc.reaction(Gesture.YES, about=CHECK, makes=quotas.OPINION)
async def still_right(ctx: Context, item: str) -> Reply | None:
    row = await _asked(ctx, item)
    if row is None:
        return None
    await verified(ctx, row)
    return say(_("Thank you. “{title}” was verified today.").format(title=titled(row)))


@doc.reaction(Gesture.NO, about=CHECK, makes=quotas.OPINION)
async def no_longer_right(ctx: Context, item: str) -> Reply | None:
    row = await _asked(ctx, item)
    if row is None:
        return None
    await resources.change(ctx.tx, row, outdated=True)
    await ctx.outbox.close_cards(ctx.tx, Ref(CHECK, item))
    return say(_("Thank you. “{title}” stays to be verified; the community's team sees it.").format(title=titled(row)))


async def _asked(ctx: Context, item: str) -> Resource | None:
    """The resource, if the person is still its owner."""
    row = await _published(ctx, item)
    return row if row is not None and row.owner == ctx.sender else None


async def _published(ctx: Context | Moment, item: str) -> Resource | None:
    return await resources.published(ctx.tx, int(item))
