"""What a message is an answer to: one table, and the first row that finds something counts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.dispatch.answer import cards, forms, gate, unclear
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.place import Place, is_draft
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.run_command import run
from bot.dispatch.hear.length import refuse_too_long
from bot.dispatch.hear.reading import Reading
from bot.dispatch.menu.command import CardWord
from bot.dispatch.menu.menu import Understood
from bot.events.answers import Control
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.mailbox import Dialogue
from bot.mailbox.outbox import Card

Do = Callable[[Context], Awaitable[Reply | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What an act is about. From it follows what must be known about the person first (`bot.dispatch.hear.prefetch`).

    `items` may be meant, answered by the `gesture` or the `text`; `line` is run; `card` is ours; `taken_back`: it is a
    gesture that counts no more, so that any other may count again.
    """

    items: tuple[Ref, ...] = ()
    gesture: Gesture | None = None
    text: str = ""
    line: Understood | None = None
    card: Card | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning(Concern):
    """One thing that somebody may have meant. `do` does it, with the rights of the moment."""

    do: Do


Row = Callable[[Place], Awaitable[Meaning | None]]


async def meaning(place: Place) -> Meaning | None:
    """What the message means here."""
    for row in await _rows(place):
        found = await row(place)
        if found is not None:
            return found
    return None


async def possible(place: Place) -> list[Meaning]:
    """All that it may mean: what is open changes until it is answered, so later rows count too."""
    found = [await row(place) for row in await _rows(place)]
    return [each for each in found if each is not None]


async def _rows(place: Place) -> tuple[Row, ...]:
    """A command behind the prefix answers nothing, and among people only what is said to us is a command."""
    answers = ANSWERS if place.reading.may_answer else ()
    return (*answers, *SAID_TO_US) if await place.to_us() else answers


# ── the rows ──────────────────────────────────────────────────────────────────────────────────────────────


async def _quoted_card(place: Place) -> Meaning | None:
    """The card that it replies to."""
    card = await place.quoted()
    if card is None:
        return None
    waits = card.about is not None and place.menu.waits_for_yes(card.about.kind)
    gesture = place.reading.gesture if waits else place.reading.plain_gesture
    if gesture is not None:
        return on_card(card, gesture, in_words=True)
    return _word_for(place, card)


async def _list_goes_on(place: Place) -> Meaning | None:
    """`suite`: what follows in the person's list."""
    listed = await _unexpired_list(place) if place.reading.control is Control.MORE else None
    choice = place.menu.choice(listed.name) if listed is not None else None
    if listed is None or choice is None or choice.more is None:
        return None
    return Meaning(do=partial(cards.more, dialogue=listed), items=(_ref(listed),))


async def _form_control(place: Place) -> Meaning | None:
    """`annuler`, `retour`: in the person's form."""
    control = place.reading.control
    dialogue = await place.form() if control is not None else None
    form = place.menu.form(dialogue.name) if dialogue is not None else None
    if dialogue is None or form is None:
        return None
    if control is Control.CANCEL or (control is Control.STOP and form.steps):
        return Meaning(do=partial(forms.give_up, dialogue=dialogue), items=(_ref(dialogue),))
    if control is Control.BACK and form.steps:
        return Meaning(do=partial(forms.back, form=form, dialogue=dialogue), items=(_ref(dialogue),))
    return None


async def _form_question(place: Place) -> Meaning | None:
    """The person's own words, where their form asks for them; a call for help is one everywhere."""
    dialogue = await place.form()
    form = place.menu.form(dialogue.name) if dialogue is not None else None
    if dialogue is None or form is None or not forms.asks_words(form, dialogue) or _is_lone_word(place.reading):
        return None
    do = partial(forms.answer, form=form, dialogue=dialogue, text=place.reading.text)
    return Meaning(do=do, items=(_ref(dialogue),))


def _is_lone_word(reading: Reading) -> bool:
    read = reading.understood if reading.text else None
    return isinstance(read, Understood) and read.command.anywhere and not read.rest and not read.named


async def _word_of_a_card(place: Place) -> Meaning | None:
    """A word that only cards know: the latest open one that knows it."""
    if not place.reading.is_card_word:
        return None
    found = (_word_for(place, card) for card in reversed(await place.with_own_word()))
    return next((each for each in found if each is not None), None)


async def _choice_of_the_list(place: Place) -> Meaning | None:
    """A number, or a gesture in words, for the person's list."""
    gesture = place.reading.plain_gesture
    listed = await _unexpired_list(place) if gesture is not None else None
    if gesture is None or listed is None or not _answers(place, listed.name, gesture):
        return None
    item = _ref(listed)
    return Meaning(do=partial(cards.act_on, about=item, gesture=gesture), items=(item,), gesture=gesture)


async def _what_waits(place: Place) -> Meaning | None:
    """A gesture in words: the person's preview, and all that waits here; for several such things it is a question."""
    gesture = place.reading.gesture
    if gesture is None:
        return None
    form = await place.form() if gesture in (Gesture.YES, Gesture.NO) else None
    items = [_ref(form)] if form is not None else []
    items += [item for item in await place.waiting() if await _may_mean(place, item, gesture)]
    do = partial(cards.act_on_one, items=items, gesture=gesture)
    return Meaning(do=do, items=tuple(items), gesture=gesture) if items else None


async def _command(place: Place) -> Meaning | None:
    """A word of ours; in a room, behind the prefix, only one that is no exclamation."""
    read = place.reading.understood
    if not isinstance(read, Understood) or not place.reading.is_for_us(direct=await place.direct()):
        return None
    return Meaning(do=partial(run, understood=read), text=place.reading.text, line=read)


async def _anything_else(place: Place) -> Meaning | None:
    """Words that are no command: a slip is asked about, and in private or after a mention never silence."""
    if isinstance(place.reading.understood, Understood):
        return None
    reading = place.reading
    line = reading.alone if reading.said.named or await place.direct() else None
    return Meaning(do=partial(unclear.unclear, reading=reading), text=reading.text, line=line)


ANSWERS: tuple[Row, ...] = (
    _quoted_card,
    _list_goes_on,
    _form_control,
    _form_question,
    _word_of_a_card,
    _choice_of_the_list,
    _what_waits,
)
SAID_TO_US: tuple[Row, ...] = (_command, _anything_else)


# ── what rows have in common ──────────────────────────────────────────────────────────────────────────────


def on_card(card: Card, gesture: Gesture, *, in_words: bool = False) -> Meaning:
    """A gesture on one card, by emoji or in words."""
    about = card.about
    if in_words and about is not None and gesture is not Gesture.REMOVE:
        do: Do = partial(cards.act_in_words, about=about, gesture=gesture)
    else:
        do = partial(cards.act, card=card, gesture=gesture)
    return Meaning(do=do, items=(about,) if about is not None else (), gesture=gesture, card=card)


def _word_for(place: Place, card: Card) -> Meaning | None:
    """A word that a card knows; None when this kind of card does not."""
    found = place.menu.card_word(card.about.kind, place.reading.text) if card.about is not None else None
    if found is None or card.about is None:
        return None
    word, rest = found
    do = partial(_answer, card=card, word=word, item=card.about.id, rest=rest)
    return Meaning(do=do, items=(card.about,), text=place.reading.text, card=card)


async def _answer(ctx: Context, *, card: Card, word: CardWord, item: str, rest: str) -> Reply | None:
    refuse_too_long(ctx.event)
    return await gate.answer(replace(ctx, card=card), word, item, rest)


async def _unexpired_list(place: Place) -> Dialogue | None:
    listed = await place.listed()
    return listed if listed is not None and listed.expires_at > place.now else None


async def _may_mean(place: Place, item: Ref, gesture: Gesture) -> bool:
    """Whether the gesture does something to the item; yes and no to a draft, as long as it is the person's own."""
    if not _answers(place, item.kind, gesture):
        return False
    drafted = gesture in (Gesture.YES, Gesture.NO) and place.menu.redrafts(item.kind)
    return not drafted or await is_draft(place.tx, place.menu, place.sender, item)


def _answers(place: Place, kind: str, gesture: Gesture) -> bool:
    numbered = gesture in cards.NUMBERS and cards.has_numbers(place.menu, kind)
    return numbered or place.menu.action(kind, gesture) is not None


def _ref(dialogue: Dialogue) -> Ref:
    return Ref(dialogue.name, str(dialogue.id))
