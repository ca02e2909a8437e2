"""Words that are no command: answers to what is open between the person and us, and to nothing else."""

from dataclasses import dataclass

from bot.communities import rooms
from bot.dispatch.answer import card_words, cards, forms, gate
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.hear.address import Addressed
from bot.dispatch.menu.menu import Menu, Understood
from bot.events.answers import Control, control_of, is_answer
from bot.events.gestures import Gesture, gesture_of_word
from bot.events.messages import Ref
from bot.mailbox import dialogues
from bot.mailbox.outbox import Card
from bot.mailbox.tables import Dialogue


@dataclass(frozen=True, slots=True)
class Answered:
    """The words were an answer; there may be nothing to say to it."""

    reply: Reply | None


def may_answer(menu: Menu, said: Addressed) -> bool:
    """Whether words said to us may answer what is open: behind the prefix only those that are no command."""
    if not said.prefixed:
        return True
    return menu.read(said.text) is None and (is_answer(said.text) or menu.is_card_word(said.text))


async def answer(ctx: Context, card: Card | None, text: str) -> Answered | None:
    """What the words answer: the card that they reply to, else what is open here. None when they answer nothing."""
    if card is not None:
        gesture = gesture_of_word(text, yes_no=cards.waits_for_yes(ctx, card))
        if gesture is not None:
            return Answered(await _to_card(ctx, card, gesture))
        if (word := await card_words.on(ctx, card, text)) is not None:
            return Answered(word.reply)
    form = await _current(ctx, dialogues.FORM)
    listed = await _current(ctx, dialogues.LIST)
    return (
        await _control(ctx, form, listed, text)
        or await _own_words(ctx, form, text)
        or await _word(ctx, text)
        or await _choice(ctx, form, listed, text)
    )


async def _to_card(ctx: Context, card: Card, gesture: Gesture) -> Reply | None:
    if card.about is None or gesture is Gesture.REMOVE:
        return await cards.act(ctx, card, gesture)
    return await cards.act_in_words(ctx, card.about, gesture)


async def _word(ctx: Context, text: str) -> Answered | None:
    found = await card_words.alone(ctx, text)
    return Answered(found.reply) if found else None


async def _current(ctx: Context, kind: str) -> Dialogue | None:
    """What is open between the person and us; nothing answers what was asked later."""
    dialogue = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, kind)
    return dialogue if dialogue is not None and dialogue.opened_at <= ctx.event.sent_at else None


async def _control(ctx: Context, form: Dialogue | None, listed: Dialogue | None, text: str) -> Answered | None:
    control = control_of(text)
    if control is Control.MORE and listed is not None and listed.expires_at > ctx.now:
        reply = await cards.more(ctx, listed)
        return Answered(reply) if reply else None
    filled = ctx.menu.form(form.name) if form else None
    if form is None or filled is None:
        return None
    if control is Control.CANCEL or (control is Control.STOP and filled.steps):
        return Answered(await forms.give_up(ctx, form))
    return Answered(await forms.back(ctx, filled, form)) if control is Control.BACK and filled.steps else None


async def _own_words(ctx: Context, form: Dialogue | None, text: str) -> Answered | None:
    """The answer to a question of a form; a call for help is one everywhere."""
    filled = ctx.menu.form(form.name) if form else None
    if form is None or filled is None or not forms.asks_words(filled, form) or _is_lone_word(ctx, text):
        return None
    return Answered(await forms.answer(ctx, filled, form, text))


def _is_lone_word(ctx: Context, text: str) -> bool:
    read = ctx.menu.read(text)
    return isinstance(read, Understood) and read.command.anywhere and not read.rest and not read.named


async def _choice(ctx: Context, form: Dialogue | None, listed: Dialogue | None, text: str) -> Answered | None:
    """A gesture in words: what it may be meant for decides, and two such things are one question."""
    for_list = gesture_of_word(text, yes_no=False)
    if (
        listed is not None
        and for_list is not None
        and listed.expires_at > ctx.now
        and _answers(ctx, listed.name, for_list)
    ):
        return Answered(await cards.act_on(ctx, Ref(listed.name, str(listed.id)), for_list))
    gesture = gesture_of_word(text, yes_no=True)
    if gesture is None:
        return None
    items = [Ref(form.name, str(form.id))] if form and gesture in (Gesture.YES, Gesture.NO) else []
    items += [item for item in await _open_items(ctx) if await _may_mean(ctx, item, gesture)]
    if not items:
        return None
    theirs = [item for item in items if len(items) == 1 or await gate.admitted(ctx, item) is not None]
    if not theirs:
        return Answered(gate.outside(ctx))
    if len(theirs) > 1:
        return Answered(await cards.ask_which(ctx, gesture, theirs[:5]))
    return Answered(await cards.act_on_latest(ctx, theirs[0], gesture))


async def _may_mean(ctx: Context, item: Ref, gesture: Gesture) -> bool:
    """Whether the gesture does something to the item; yes and no to a draft, as long as it is the person's own."""
    still = ctx.menu.still(item.kind) if gesture in (Gesture.YES, Gesture.NO) else None
    return _answers(ctx, item.kind, gesture) and (still is None or await still(ctx, item.id))


def _answers(ctx: Context, kind: str, gesture: Gesture) -> bool:
    numbered = gesture in cards.NUMBERS and cards.has_numbers(ctx, kind)
    return numbered or ctx.menu.action(kind, gesture) is not None


async def _open_items(ctx: Context) -> list[Ref]:
    """What waits for somebody in a private conversation, a thread, a room where bare words count; else their drafts."""
    if ctx.binding is not None and ctx.binding.kind == rooms.HELP:
        cards_here = await ctx.outbox.open_cards(ctx.tx, ctx.room_id)
    else:
        cards_here = await card_words.within_reach(ctx) or await card_words.own_drafts(ctx)
    found = [card.about for card in cards_here if card.about is not None]
    return [item for item in dict.fromkeys(found) if ctx.menu.form(item.kind) is None]
