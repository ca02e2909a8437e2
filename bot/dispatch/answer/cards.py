"""Answers to our cards: by emoji, by a word in reply, or by a bare word that can only be for one card."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dispatch.answer import forms
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights import gate
from bot.dispatch.hear.length import refuse_too_long
from bot.dispatch.menu.card_answers import CardWord
from bot.dispatch.menu.form import Choice, Draft
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch.closing import not_waiting
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.room_actions import Redact
from bot.events.text import Text
from bot.i18n import _
from bot.mailbox import Dialogue, dialogues
from bot.mailbox.sending.outbox import Card

_COUNTED = (
    *(Gesture.ONE, Gesture.TWO, Gesture.THREE, Gesture.FOUR, Gesture.FIVE),
    *(Gesture.SIX, Gesture.SEVEN, Gesture.EIGHT, Gesture.NINE, Gesture.TEN),
)
NUMBERS = {gesture: number for number, gesture in enumerate(_COUNTED, 1)}


def number(counted: int) -> Gesture:
    """The gesture that stands for a number of a list."""
    return _COUNTED[counted - 1]


WHICH = "which"
"""The name of the list “Which one?”, shown when a word may answer several cards."""


async def act(ctx: Context, card: Card, gesture: Gesture, *, removed: bool = False) -> Reply | None:
    """Do what a gesture on a card asks for, and return the answer; `removed`: the reaction was taken back."""
    if gesture is Gesture.REMOVE and not removed:
        await _remove(ctx, card)
        return None
    return await act_on(ctx, card.about, gesture, removed=removed) if card.about is not None else None


async def act_on(ctx: Context, about: Ref, gesture: Gesture, *, removed: bool = False) -> Reply | None:
    """As `act`, for an item, whichever of its cards was answered."""
    if ctx.menu.form(about.kind) is not None:
        return None if removed else await _answer_form(ctx, about, gesture)
    if gesture in NUMBERS and not removed and has_numbers(ctx.menu, about.kind):
        return await _pick(ctx, about, NUMBERS[gesture])
    action = ctx.menu.action(about.kind, gesture, removed=removed)
    return await gate.act(ctx, action, about.id) if action else None


async def act_in_words(ctx: Context, about: Ref, gesture: Gesture) -> Reply | None:
    """As `act_on`; but words in private that change nothing get an answer too.

    If a card was edited, or another message sent because of them, that is answer enough.
    """
    before = len(ctx.tx.after_commit)
    reply = await act_on(ctx, about, gesture)
    nothing_sent = len(ctx.tx.after_commit) == before
    return not_waiting() if reply is None and ctx.direct and nothing_sent else reply


async def answer(ctx: Context, *, card: Card, word: CardWord, item: str, rest: str) -> Reply | None:
    """Do what a declared word asks for on a card of an item; `rest`: the words after it."""
    refuse_too_long(ctx.event)
    return await gate.answer(replace(ctx, card=card), word, item, rest)


def waits_for_yes(ctx: Context, card: Card) -> bool:
    """Whether 👍 means yes on this card."""
    return card.about is not None and ctx.menu.waits_for_yes(card.about.kind)


_ANSWERED = (dialogues.OPEN, dialogues.REPLACED, dialogues.FORGOTTEN)


async def _answer_form(ctx: Context, about: Ref, gesture: Gesture) -> Reply | None:
    dialogue, form = await _own(ctx, about, *_ANSWERED), ctx.menu.form(about.kind)
    if dialogue is None or form is None:
        return await _too_late(ctx, about, gesture)
    if dialogue.status == dialogues.FORGOTTEN:
        raise UserError(_("The person concerned has been erased since, so this was not done."))
    if dialogue.status == dialogues.REPLACED:
        return say(_("Something later has taken its place, so this was not done.")) if gesture is Gesture.YES else None
    if gesture is Gesture.YES:
        return await forms.confirm(ctx, form, dialogue)
    return await forms.give_up(ctx, dialogue) if gesture is Gesture.NO else None


async def _too_late(ctx: Context, about: Ref, gesture: Gesture) -> Reply | None:
    """A sentence for a private yes to a form that was given up or forgotten; None otherwise, as for a second yes."""
    known = await dialogues.get(ctx.tx, about.id)
    given_up = known is None or known.status == dialogues.CANCELLED
    return not_waiting() if given_up and ctx.direct and gesture is Gesture.YES else None


async def _pick(ctx: Context, about: Ref, number: int) -> Reply | None:
    dialogue = await _own(ctx, about, dialogues.OPEN)
    return await pick(ctx, dialogue, number) if dialogue is not None else None


async def pick(ctx: Context, dialogue: Dialogue, number: int) -> Reply | None:
    """Do what a number of a list stands for."""
    if dialogue.name == WHICH:
        return await _meant(ctx, dialogue, number)
    choice = ctx.menu.choice(dialogue.name)
    return await gate.pick(ctx, choice, dialogue, number) if choice and choice.pick else None


async def more(ctx: Context, dialogue: Dialogue) -> Reply | None:
    """Answer `suite`: show what follows in a list."""
    choice = ctx.menu.choice(dialogue.name)
    return await gate.more(ctx, choice, dialogue) if choice and choice.more else None


async def _own(ctx: Context, about: Ref, *statuses: str) -> Dialogue | None:
    """The dialogue of a card, if it is the person's own and in one of these statuses."""
    dialogue = await dialogues.get(ctx.tx, about.id)
    mine = dialogue is not None and dialogue.person == ctx.sender and dialogue.status in statuses
    return dialogue if mine else None


def has_numbers(menu: Menu, kind: str) -> bool:
    """Whether a card of this kind is a list that is answered by a number."""
    choice = menu.choice(kind)
    return kind == WHICH or (choice is not None and choice.pick is not None)


async def _remove(ctx: Context, card: Card) -> None:
    """Remove our message, if the person asked for it or is a moderator of the card's community."""
    if await gate.may_remove(ctx, card):
        key = f"removed:{card.key}"
        await ctx.outbox.do(ctx.tx, Redact(), key=key, to=card.room_id, now=ctx.now, parent=card.key)


# ── which card? ───────────────────────────────────────────────────────────────────────────────────────────


async def act_on_one(ctx: Context, items: Sequence[Ref], gesture: Gesture) -> Reply | None:
    """Apply the gesture of a bare word to the item; of several that the person may answer, ask which."""
    theirs = [item for item in items if len(items) == 1 or await gate.admitted(ctx, item) is not None]
    if not theirs:
        return gate.outside(ctx)
    return (
        await ask_which(ctx, gesture, theirs[:5]) if len(theirs) > 1 else await act_on_latest(ctx, theirs[0], gesture)
    )


async def ask_which(ctx: Context, gesture: Gesture, items: Sequence[Ref]) -> Reply:
    """Show the items as a numbered list; `pick` applies the gesture to the one that the person chooses."""
    data = {"gesture": gesture.value, "items": [str(item) for item in items]}
    lines = [f"{number}. {await _title(ctx, item)}" for number, item in enumerate(items, 1)]
    return await forms.offer(ctx, _WHICH, data, Text.of(_("Which one? Answer with its number."), *lines))


async def _meant(ctx: Context, dialogue: Dialogue, number: int) -> Reply | None:
    data: Draft = dialogue.data
    items = [Ref.parse(item) for item in data["items"]]
    if number > len(items):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    gesture = Gesture(data["gesture"])
    await forms.end(ctx, dialogue, dialogues.DONE)
    return await act_on_latest(ctx, items[number - 1], gesture)


async def act_on_latest(ctx: Context, item: Ref, gesture: Gesture) -> Reply | None:
    """Apply the gesture of a bare word to an item, as if the word replied to the item's latest card in this room."""
    shown = [card for card in await ctx.outbox.open_cards(ctx.tx, ctx.room_id) if card.about == item]
    return await act_in_words(replace(ctx, card=shown[-1] if shown else None), item, gesture)


async def _title(ctx: Context, item: Ref) -> str:
    form = ctx.menu.form(item.kind)
    if form is not None:
        dialogue = await dialogues.get(ctx.tx, item.id)
        return form.title(ctx, dict(dialogue.data)) if dialogue else str(item)
    title = ctx.menu.title(item.kind)
    return await title(ctx, item.id) if title else str(item)


_WHICH = Choice(WHICH)
