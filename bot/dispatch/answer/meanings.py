"""Decides what a message answers or asks for. The first of these rows that fits counts:

1. The card that it replies to.
2. The newest thing shown to this person in this room that takes just this: their preview, question or list, or a card
   that takes this word, gesture or number. A suggestion comes after all others; what is over takes nothing. Of
   several cards of one kind that nobody asked for and that came at the same time, we ask which.
3. The card on which the thread was opened.
4. The person's preview that has expired: we say so, once.
5. In private, other words that a card asks for: topics, a question, an answer. Right after the card they count
   whatever they look like; once we have said something else, only if they ask for nothing else.
6. A command in plain words, then a typed one, if it is said to us.
7. Anything else that is said to us; in private first a word for what we have just shown, though it waits for nothing.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot import quotas
from bot.dispatch.answer import cards, forms
from bot.dispatch.answer.asking_back import unclear
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.place import Place, Shown, is_draft, waits_for_yes
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.run_command import run
from bot.dispatch.hear.reading import COURTESY, Reading
from bot.dispatch.menu.card_answers import CardWord
from bot.dispatch.menu.menu import Understood
from bot.dispatch.watch.closing import may_wait
from bot.events.answers import Control
from bot.events.gestures import Gesture, only_acknowledges
from bot.events.messages import Ref
from bot.mailbox import Dialogue
from bot.mailbox.sending.outbox import Card

AT_ONCE = timedelta(minutes=1)
"""Cards that nobody asked for, and that come within this time, count as equally new."""

Do = Callable[[Context], Awaitable[Reply | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What an event is about; `bot.dispatch.hear.prefetch` derives from it what to ask about the person first.

    `items` are those that the `gesture` or the `text` may answer; `line` is the command to run; `card` is the answered
    one; `taken_back`: a reaction was removed, so that another one of the person may count again.
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

    @property
    def begins_something(self) -> bool:
        """Whether it answers nothing that we have said."""
        return not self.items and self.card is None


Meanings = AsyncGenerator[Meaning]
Row = Callable[[Place], Meanings]


async def meaning(place: Place) -> Meaning | None:
    """What the message means here."""
    async with aclosing(_meanings(place)) as found:
        return await anext(found, None)


async def possible(place: Place) -> list[Meaning]:
    """All that the message may mean, best first: what is open may have changed when it is answered."""
    return [found async for found in _meanings(place)]


async def _meanings(place: Place) -> Meanings:
    for row in await _rows(place):
        async for found in row(place):
            yield found


async def _rows(place: Place) -> tuple[Row, ...]:
    """The rows that apply: answers unless it is a prefixed command, commands only if it is said to us."""
    answers = ANSWERS if place.reading.may_answer else ()
    return (*answers, *SAID_TO_US) if await place.to_us() else answers


# ── the rows ──────────────────────────────────────────────────────────────────────────────────────────────


async def _quoted_card(place: Place) -> Meanings:
    """The card that it replies to, if that takes such an answer."""
    card = await place.quoted()
    if card is None or card.about is None:
        return
    waits = place.menu.waits_for_yes(card.about.kind)
    gesture = place.reading.gesture if waits else place.reading.plain_gesture
    means_nothing_here = gesture is None or not _answers(place, card.about.kind, gesture)
    found = _word_for(place, card) if means_nothing_here else None
    if found is not None:
        yield found
    elif gesture is not None:
        yield on_card(card, gesture, in_words=True)


async def _newest_that_waits(place: Place) -> Meanings:
    """All that is shown here and takes just this, the newest first."""
    if not await _may_be_answer(place):
        return
    shown = await place.shown()
    for one in shown:
        found = await _for_dialogue(place, one) if one.dialogue is not None else await _for_card(place, one, shown)
        if found is not None:
            yield found


async def _may_be_answer(place: Place) -> bool:
    if place.reading.is_answer or place.reading.is_card_word:
        return True
    form = await place.form()
    if form is not None and _asks_words(place, form):
        return True
    listed = await place.listed() if await place.direct() else None
    return listed is not None and _named(place, listed) is not None


async def _root_of_the_thread(place: Place) -> Meanings:
    """The card on which somebody opened the thread."""
    gesture = place.reading.gesture
    card = await place.root() if gesture is not None or place.reading.is_thread_word else None
    if card is not None and place.reading.is_thread_word and (spoken := _word_for(place, card)) is not None:
        yield spoken
    about = card.about if card is not None else None
    if about is not None and gesture is not None and _answers(place, about.kind, gesture):
        yield Meaning(do=partial(cards.act_on_one, items=[about], gesture=gesture), items=(about,), gesture=gesture)


async def _preview_too_late(place: Place) -> Meanings:
    """A yes or no to the person's preview whose time is over."""
    form = await place.form()
    if form is None or form.expires_at > place.now or place.menu.suggests(form.name):
        return
    gave_up = place.reading.gesture is Gesture.NO or place.reading.control is Control.CANCEL
    if gave_up or place.reading.gesture is Gesture.YES:
        do = partial(forms.give_up if gave_up else forms.too_late, dialogue=form)
        yield Meaning(do=do, items=(Ref(form.name, str(form.id)),))


async def _words_asked_for(place: Place) -> Meanings:
    """In private: words that a card asks for, without the declared word that usually comes before them."""
    if not await place.direct():
        return
    for card in reversed(await place.open_cards()):
        if (found := await _own_words(place, card)) is not None:
            yield found


async def _plain_words(place: Place) -> Meanings:
    """A sentence that asks for a command; if another part of it may deny that, we ask first."""
    meant = place.reading.meant
    if meant is not None:
        line = Understood(meant.command, meant.verb, meant.rest, named=bool(meant.verb.words))
        do = partial(unclear.did_you_mean, understood=line) if meant.unsure else partial(run, understood=line)
        yield Meaning(do=do, text=place.reading.text, line=line)


async def _command(place: Place) -> Meanings:
    """A typed command; after the prefix in a room, only one that is no exclamation (`Reading.is_command`)."""
    read = place.reading.understood
    if isinstance(read, Understood) and place.reading.is_for_us(direct=await place.direct()):
        yield Meaning(do=partial(run, understood=read), text=place.reading.text, line=read)


async def _anything_else(place: Place) -> Meanings:
    """Words that are no command: we ask about a mistyped one, and always answer in private or after a mention."""
    reading = place.reading
    if isinstance(reading.understood, Understood):
        return
    shown = await place.just_shown() if reading.is_card_word else None
    if shown is not None and (found := _word_for(place, shown)) is not None:
        yield found  # « je l'essaie », after a sheet
    line = reading.alone if reading.said.named or await place.direct() else None
    yield Meaning(do=partial(unclear.unclear, reading=reading), text=reading.text, line=line)


ANSWERS: tuple[Row, ...] = (_quoted_card, _newest_that_waits, _root_of_the_thread, _preview_too_late, _words_asked_for)
SAID_TO_US: tuple[Row, ...] = (_plain_words, _command, _anything_else)


# ── the person's form or list ─────────────────────────────────────────────────────────────────────────────


async def _for_dialogue(place: Place, shown: Shown) -> Meaning | None:
    dialogue = shown.dialogue
    assert dialogue is not None
    do = _in_form(place, dialogue) if place.menu.form(dialogue.name) is not None else _in_list(place, dialogue)
    if do is not None:
        return Meaning(do=do, items=(shown.item,))
    gesture = _gesture_for(place, dialogue)
    if gesture is None:
        return None
    if gesture is Gesture.YES and await _has_to_be_tapped(place, dialogue):
        return Meaning(do=forms.not_tapped, items=(shown.item,))
    do = partial(cards.act_on_one, items=[shown.item], gesture=gesture)
    return Meaning(do=do, items=(shown.item,), gesture=gesture)


async def _has_to_be_tapped(place: Place, dialogue: Dialogue) -> bool:
    form = place.menu.form(dialogue.name)
    return form is not None and form.tapped and not await place.direct()


def _in_form(place: Place, dialogue: Dialogue) -> Do | None:
    """`annuler`, `retour`, or the answer to a question; a lone command that works anywhere (`aide`) is no answer."""
    form, control = place.menu.form(dialogue.name), place.reading.control
    assert form is not None
    if control is Control.CANCEL or (control is Control.STOP and form.steps):
        return partial(forms.give_up, dialogue=dialogue)
    if control is Control.BACK and form.steps:
        return partial(forms.back, form=form, dialogue=dialogue)
    if _asks_words(place, dialogue) and not _is_lone_word(place.reading):
        return partial(forms.answer, form=form, dialogue=dialogue, text=place.reading.text)
    return None


def _in_list(place: Place, dialogue: Dialogue) -> Do | None:
    """`suite`, in a list that can go on."""
    choice = place.menu.choice(dialogue.name)
    goes_on = place.reading.control is Control.MORE and choice is not None and choice.more is not None
    return partial(cards.more, dialogue=dialogue) if goes_on else None


def _gesture_for(place: Place, dialogue: Dialogue) -> Gesture | None:
    """Yes or no to a preview; a number, or what else a list of this kind takes."""
    if place.menu.form(dialogue.name) is not None:
        suggests = place.menu.suggests(dialogue.name)  # « je viendrai » says yes to a meet-up, not to a search
        gesture = place.reading.bare_gesture if suggests else place.reading.gesture
        return gesture if gesture in (Gesture.YES, Gesture.NO) and not _asks_words(place, dialogue) else None
    gesture = place.reading.plain_gesture or _named(place, dialogue)
    return gesture if gesture is not None and _answers(place, dialogue.name, gesture) else None


def _named(place: Place, dialogue: Dialogue) -> Gesture | None:
    """The number of what the words name in a list, if they ask for nothing themselves."""
    reading, choice = place.reading, place.menu.choice(dialogue.name)
    if choice is None or choice.named is None or reading.meant is not None or reading.understood is not None:
        return None
    number = choice.named(dialogue.data, reading.text)
    return cards.number(number) if number is not None else None


def _asks_words(place: Place, dialogue: Dialogue) -> bool:
    form = place.menu.form(dialogue.name)
    return form is not None and forms.asks_words(form, dialogue)


def _asks_for_something_else(reading: Reading) -> bool:
    """Whether plain words ask for a command; a question to people may be the very answer that we wait for."""
    meant = reading.meant
    return meant is not None and not meant.unsure and not (meant.rest and meant.verb.makes == quotas.REQUEST)


def _is_lone_word(reading: Reading) -> bool:
    """Whether the words ask for help, greet, thank or stop, and are no answer to a question of ours."""
    read = reading.understood if reading.text else None
    is_lone = isinstance(read, Understood) and read.command.anywhere and not read.rest and not read.named
    return is_lone or reading.is_aside


# ── a card ────────────────────────────────────────────────────────────────────────────────────────────────


async def _for_card(place: Place, shown: Shown, others: Sequence[Shown]) -> Meaning | None:
    """A word that the card declares, else a gesture; for several cards that came together, we ask which."""
    assert shown.card is not None
    spoken = (_word_for(place, shown.card) if shown.words else None) or await _number_asked_for(place, shown)
    if spoken is not None:
        return spoken if await may_wait(place.tx, place.menu, shown.card, place.now) else None
    if (said := await _own_words(place, shown.card, at_once=True)) is not None:
        return said
    gesture = place.reading.gesture
    if gesture is None or not await _takes(place, shown, gesture):
        return None
    alike = [one for one in others if _came_together(shown, one) and await _takes(place, one, gesture)]
    items = tuple(dict.fromkeys([shown.item, *(one.item for one in alike)]))
    return Meaning(do=partial(cards.act_on_one, items=items, gesture=gesture), items=items, gesture=gesture)


async def _own_words(place: Place, card: Card, *, at_once: bool = False) -> Meaning | None:
    """In private, the words that a card asks for; with `at_once` only right after that card."""
    about, text = card.about, place.reading.text
    word = place.menu.alone(about.kind) if about is not None else None
    if about is None or word is None or word.alone is None or not await place.direct():
        return None
    only_at_once = at_once or _says_something_else(place.reading)
    if only_at_once and not (_may_be_own_words(place.reading, word) and await place.is_last(card)):
        return None
    takes = await word.alone(place.tx, about.id, text) and await may_wait(place.tx, place.menu, card, place.now)
    return _spoken(place, card, word, about, text) if takes else None


def _may_be_own_words(reading: Reading, word: CardWord) -> bool:
    """Whether the words say more than yes, no, cancel, thanks or help, and are no command alone."""
    read = reading.understood
    is_command = isinstance(read, Understood) and not read.rest
    if reading.control is not None or is_command or _is_lone_word(reading):
        return False
    if reading.bare_gesture in (Gesture.YES, Gesture.NO):
        return word.takes_yes and not only_acknowledges(reading.text)
    return reading.gesture not in (Gesture.YES, Gesture.NO) or len(reading.text.split()) > COURTESY


def _says_something_else(reading: Reading) -> bool:
    """Whether the words are a command, yes or no."""
    is_command = isinstance(reading.understood, Understood) or reading.is_aside or _asks_for_something_else(reading)
    return is_command or reading.control is not None or reading.gesture in (Gesture.YES, Gesture.NO)


async def _number_asked_for(place: Place, shown: Shown) -> Meaning | None:
    """A number that the card asks for without the word before it: a topic, in private or under one's own draft."""
    card, text = shown.card, place.reading.text
    word = place.menu.alone(shown.item.kind) if place.reading.plain_gesture in cards.NUMBERS else None
    if card is None or word is None or word.alone is None:
        return None
    own = await place.direct() or await is_draft(place.tx, place.menu, place.sender, shown.item)
    reads = own and await word.alone(place.tx, shown.item.id, text)
    return _spoken(place, card, word, shown.item, text) if reads else None


def _came_together(one: Shown, other: Shown) -> bool:
    """Whether two cards that nobody asked for are of the same kind and equally new (AT_ONCE)."""
    unasked = not one.asked and not other.asked
    return unasked and one.item.kind == other.item.kind and abs(one.since - other.since) < AT_ONCE


async def _takes(place: Place, shown: Shown, gesture: Gesture) -> bool:
    """Whether a card waits for this gesture of this person; a draft takes yes and no from its author alone."""
    if shown.card is None or not shown.gestures or not _answers(place, shown.item.kind, gesture, bare=True):
        return False
    if _is_no_opinion(place, shown.item.kind, gesture):
        return False
    if gesture is Gesture.YES:
        if only_acknowledges(place.reading.text) and not await place.is_last(shown.card):
            return False
        return await waits_for_yes(place.tx, place.menu, place.sender, shown.card, place.now)
    drafted = gesture is Gesture.NO and place.menu.redrafts(shown.item.kind)
    if drafted and not await is_draft(place.tx, place.menu, place.sender, shown.item):
        return False
    return await may_wait(place.tx, place.menu, shown.card, place.now)


def _is_no_opinion(place: Place, kind: str, gesture: Gesture) -> bool:
    """Whether the card asks for an opinion, and the words for something: « je viendrai » is none of an exchange."""
    action, meant = place.menu.action(kind, gesture), place.reading.meant
    asks = action is not None and action.makes == quotas.OPINION
    return asks and meant is not None and not meant.unsure and place.reading.bare_gesture is None


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
    """A word that is declared for this kind of card; None for any other."""
    found = place.menu.card_word(card.about.kind, place.reading.text) if card.about is not None else None
    if found is None or card.about is None:
        return None
    word, rest = found
    return _spoken(place, card, word, card.about, rest)


def _spoken(place: Place, card: Card, word: CardWord, about: Ref, rest: str) -> Meaning:
    do = partial(cards.answer, card=card, word=word, item=about.id, rest=rest)
    return Meaning(do=do, items=(about,), text=place.reading.text, card=card)


def _answers(place: Place, kind: str, gesture: Gesture, *, bare: bool = False) -> bool:
    numbered = gesture in cards.NUMBERS and cards.has_numbers(place.menu, kind)
    action = place.menu.action(kind, gesture)
    return numbered or (action is not None and (action.bare or not bare))
