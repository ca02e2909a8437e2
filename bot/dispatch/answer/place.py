"""Where a message was written, and what is open there between its author and us, as the database says now."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from bot.communities import RoomBinding, rooms
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer.context import Context
from bot.dispatch.hear.reading import Reading
from bot.dispatch.menu.form import LIST_LASTS, PREVIEW_LASTS, QUESTION_LASTS
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch.closing import may_wait
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.mailbox import Dialogue, dialogues, direct_chats
from bot.mailbox.sending import previews
from bot.mailbox.sending.outbox import Card, Outbox
from bot.store.database import Transaction

FEW = 5
"""Words at most that may answer one's own draft in a room; a longer sentence is for others."""

T = TypeVar("T")


class Once(Generic[T]):
    """Something that the database is asked at most once."""

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._found: list[T] = []

    def know(self, found: T) -> None:
        """Set the answer, which the caller has already."""
        self._found = [found]

    async def __call__(self) -> T:
        if not self._found:
            self._found = [await self._ask()]
        return self._found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something that was shown here and may be answered: a card, or the person's own form or list (`dialogue`).

    `since`: when it was shown; `order` decides between two of one instant. `asked`: somebody's message asked for it.
    `words`, `gestures`: whether bare words of its own, and a bare yes or number, count here.
    """

    item: Ref
    since: datetime
    order: int
    asked: bool = True
    card: Card | None = None
    dialogue: Dialogue | None = None
    words: bool = True
    gestures: bool = True


class Place:
    """One message where it was written. Nothing is looked up before somebody asks for it."""

    def __init__(
        self, tx: Transaction, reading: Reading, *, menu: Menu, outbox: Outbox, directory: RoomDirectory, now: datetime
    ) -> None:
        message = reading.message
        self.tx = tx
        self.reading = reading
        self.menu = menu
        self.now = now
        self.room_id = message.room_id
        self.sender = message.sender
        self._thread = message.thread
        self._outbox = outbox
        self._directory = directory
        self.quoted = Once(partial(self._card_at, message.reply_to))
        self.root = Once(partial(self._card_at, message.thread))
        self.binding = Once(partial(rooms.binding, tx, message.room_id))
        self.direct = Once(self._is_direct)
        self.form = Once(partial(self._open, dialogues.FORM))
        self.listed = Once(partial(self._open, dialogues.LIST))
        self.open_cards = Once(partial(outbox.open_cards, tx, message.room_id))

    def know(self, ctx: Context) -> None:
        """Take over what the context has looked up already."""
        self.binding.know(ctx.binding)
        self.direct.know(ctx.direct)

    async def to_us(self) -> bool:
        """Whether the message is said to us."""
        return self.reading.said.to_us(direct=False) or await self.direct()

    async def within_reach(self) -> Sequence[Card]:
        """The open cards that a bare word may answer: of a followed thread, a room that we opened for two, a direct
        chat. In one that we opened for several it may be for a colleague."""
        if self._outbox.threads.has(self.room_id, self._thread):
            mine = (None, self.sender)
            return [card for card in await self.open_cards() if card.thread == self._thread and card.asker in mine]
        facts = self._directory.facts(self.room_id)
        ours = facts is not None and facts.marker is not None and await self.binding() is None
        return await self.open_cards() if ours or await self.direct() else ()

    async def with_own_word(self) -> Sequence[Card]:
        """The open cards whose declared words may be bare; in any other room only the person's drafts, where shown."""
        if found := await self.within_reach():
            return found
        if len(self.reading.text.split()) > FEW:
            return ()
        return [card for card in await self.own_drafts() if card.thread == self._thread]

    async def shown(self) -> list[Shown]:
        """What may be answered here without quoting it, the newest first; what only suggests comes last."""
        found = [*await self._dialogues(), *await self._cards()]
        at_once = len({one.since for one in found}) < len(found)
        last = await self._last_key() if at_once else None
        found.sort(key=lambda one: (one.since, one.card is not None and one.card.key == last, one.order), reverse=True)
        return sorted(found, key=lambda one: self.menu.suggests(one.item.kind))

    async def _cards(self) -> list[Shown]:
        spoken = {card.key for card in await self.with_own_word()}
        tapped = {card.key for card in await self._answered_by_gesture()}
        return [
            Shown(
                item=card.about,
                since=card.since,
                order=order,
                asked=card.answers is not None,
                card=card,
                words=card.key in spoken,
                gestures=card.key in tapped,
            )
            for order, card in enumerate(await self.open_cards())
            if card.about is not None and card.key in spoken | tapped and self.menu.form(card.about.kind) is None
        ]

    async def _answered_by_gesture(self) -> Sequence[Card]:
        """The open cards that a bare yes or number may answer; in any other room only the person's own drafts."""
        bound: RoomBinding | None = await self.binding()
        if bound is not None and bound.kind == rooms.HELP:
            return await self.open_cards()
        return await self.within_reach() or await self.own_drafts()

    async def _dialogues(self) -> list[Shown]:
        """The person's form and list, unless their time is over."""
        cards = await self.open_cards()
        latest = {card.about: order for order, card in enumerate(cards)}
        return [
            Shown(item=item, since=since, order=latest.get(item, len(cards)), dialogue=dialogue)
            for dialogue, since in self._since(await self.form(), await self.listed())
            if (item := Ref(dialogue.name, str(dialogue.id))) and dialogue.expires_at > self.now
        ]

    def _since(self, form: Dialogue | None, listed: Dialogue | None) -> Iterator[tuple[Dialogue, datetime]]:
        """Each dialogue with the instant when it was shown, which follows from its expiry."""
        if form is not None:
            found = self.menu.form(form.name)
            asks = found is not None and form.step < len(found.steps)
            yield form, form.expires_at - (QUESTION_LASTS if asks else PREVIEW_LASTS)
        if listed is not None:
            yield listed, listed.expires_at - LIST_LASTS

    async def is_last(self, card: Card) -> bool:
        """Whether nothing of ours was said here after the card: « d'accord » is for what was said last."""
        return await self._last_key() == card.key

    async def just_shown(self) -> Card | None:
        """In private, the card that we said last, if it only shows something."""
        key = await self._last_key() if await self.direct() else None
        row = await self._outbox.row(self.tx, key) if key is not None else None
        card = await self._card_at(row.event_id) if row is not None else None
        shows = card is not None and card.about is not None and self.menu.only_shows(card.about.kind)
        return card if shows else None

    async def _last_key(self) -> str | None:
        return await previews.last_key(self._outbox, self.tx, room_id=self.room_id)

    async def own_drafts(self) -> Sequence[Card]:
        """The open cards here that are about the person's own drafts."""
        return await drafts_among(self.tx, self.menu, self.sender, await self.open_cards())

    async def _card_at(self, event_id: str | None) -> Card | None:
        return await self._outbox.card(self.tx, event_id, room_id=self.room_id) if event_id is not None else None

    async def _is_direct(self) -> bool:
        """Whether this is our conversation with whoever wrote it; a third person in it is no part of it."""
        if await self.binding() is not None:
            return False
        return await direct_chats.person_in(self.tx, self._outbox.account, self.room_id) == self.sender

    async def _open(self, kind: str) -> Dialogue | None:
        """The person's open form or list here; None if it was opened after the message was sent."""
        found = await dialogues.current(self.tx, self._outbox.account, self.room_id, self.sender, kind)
        return found if found is not None and found.opened_at <= self.reading.message.sent_at else None


async def own_drafts(ctx: Context) -> Sequence[Card]:
    """As `Place.own_drafts`, for a command."""
    return await drafts_among(ctx.tx, ctx.menu, ctx.sender, await ctx.outbox.open_cards(ctx.tx, ctx.room_id))


async def something_waits(ctx: Context) -> bool:
    """Whether a preview or a card that was shown here waits for the person's yes or no."""
    form = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.FORM)
    if form is not None and form.expires_at > ctx.now and not ctx.menu.suggests(form.name):
        return True
    cards = await ctx.outbox.open_cards(ctx.tx, ctx.room_id) if ctx.direct else await own_drafts(ctx)
    for card in cards:
        if await waits_for_yes(ctx.tx, ctx.menu, ctx.sender, card, ctx.now):
            return True
    return False


async def waits_for_yes(tx: Transaction, menu: Menu, person: str, card: Card, now: datetime) -> bool:
    """Whether a card that is not a form's waits for this person's yes."""
    about = card.about
    if about is None or menu.action(about.kind, Gesture.YES) is None or not await may_wait(tx, menu, card, now):
        return False
    if menu.redrafts(about.kind):
        return await is_draft(tx, menu, person, about)
    known = menu.belonging(about.kind)
    return known is None or known.agreed is None or not await known.agreed(tx, person, about.id)


async def drafts_among(tx: Transaction, menu: Menu, person: str, cards: Sequence[Card]) -> Sequence[Card]:
    """Those of the cards that are about the person's own drafts."""
    return [
        card
        for card in cards
        if card.asker == person and card.about is not None and await is_draft(tx, menu, person, card.about)
    ]


async def is_draft(tx: Transaction, menu: Menu, person: str, item: Ref) -> bool:
    """Whether an item is still the person's own draft."""
    still = menu.still(item.kind)
    return still is not None and await still(tx, person, item.id)
