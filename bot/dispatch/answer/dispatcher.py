"""Handles the inbox, room by room: the change, the answer and the end of the event in one transaction."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from bot import consequences
from bot.clock import Clock
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer import forms
from bot.dispatch.answer.answers import Answers
from bot.dispatch.answer.budget import spend
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.contexts import Contexts
from bot.dispatch.answer.conversation import Conversation
from bot.dispatch.answer.fault_names import new_reference, place_of
from bot.dispatch.answer.reply import Reply
from bot.dispatch.hear.intake import OLDEST
from bot.dispatch.hear.prefetch import Prefetch
from bot.dispatch.hear.quotes import Quotes
from bot.dispatch.hear.reading import Readings
from bot.dispatch.watch import declining
from bot.dispatch.watch.membership import Presence
from bot.dispatch.watch.present_members import Membership
from bot.dispatch.watch.suspects import Suspects
from bot.dispatch.watch.welcome import introduce
from bot.errors import MembersUnknown, MessageUnread, NotAllowed, TokenLost, TryLater, UserError
from bot.events.events import (
    Event,
    EventRemoved,
    FileShown,
    Invited,
    MembershipChanged,
    MessageReceived,
    PatientDataSeen,
    ReactionAdded,
    RoomUpgraded,
    TalkBegan,
    VerificationAsked,
)
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import InboxEvent
from bot.mailbox.receiving import inbox
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.timers import Timers
from bot.metrics import BROKEN, COMMANDS, HANDLED, HANDLING
from bot.store.database import Database, Transaction
from bot.store.engines import may_pass

logger = logging.getLogger(__name__)

PAUSE = 5.0
TOGETHER = 10
"""Events handled in one transaction when many wait."""
ASKED_ABOUT = (MessageReceived, ReactionAdded, EventRemoved, TalkBegan)
"""Kinds of events for which the homeserver may be asked first whether the sender has the right."""
MOST_ROOMS = 20
"""Rooms whose members are loaded, at most, for one event."""
Pairs: TypeAlias = Sequence[tuple[InboxEvent, Event]]
"""Rows, each with the event that it holds."""


class Dispatcher:
    """Handles the inbox of a room. `fill_gaps` first reads the earlier events that a sync left out."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        directory: RoomDirectory,
        *,
        clock: Clock,
        fill_gaps: Callable[[str], Awaitable[None]],
        contexts: Contexts,
        conversation: Conversation,
        prefetch: Prefetch,
        readings: Readings,
        membership: Membership,
        presence: Presence,
        suspects: Suspects,
        timers: Timers,
        quotes: Quotes,
    ) -> None:
        self._timers = timers
        self._quotes = quotes
        self._suspects = suspects
        self._database = database
        self._outbox = outbox
        self._answers = Answers(outbox)
        self._account = outbox.account
        self._directory = directory
        self._clock = clock
        self._fill_gaps = fill_gaps
        self._contexts = contexts
        self._conversation = conversation
        self._prefetch = prefetch
        self._readings = readings
        self._membership = membership
        self._presence = presence

    async def work(self, room_id: str) -> float | None:
        """Handle all pending events of a room. Returns the seconds to wait if the homeserver cannot answer now."""
        try:
            more = True
            while more:
                await self._fill_gaps(room_id)
                rows, more = await self._begin(room_id)
                for start in range(0, len(rows), TOGETHER):
                    await self._count_and_handle(rows[start : start + TOGETHER])
        except TryLater as error:
            logger.info("a room must wait (%s %s)", error.status, error.errcode)
            return error.retry_after or PAUSE
        return None

    async def _begin(self, room_id: str) -> tuple[Sequence[InboxEvent], bool]:
        """Read what waits in a room and handle the first of it, in the same transaction if no request is needed.

        Returns what is left to be handled, and whether there may be more.
        """
        first: Pairs = []
        with HANDLING.time():
            try:
                async with self._database.transaction() as tx:
                    rows, more = await inbox.next_in(tx, self._account, room_id)
                    first = _pairs(rows[:TOGETHER])
                    if at_once := await self._at_once(tx, first):
                        await self._act(tx, first)
            except Exception as error:
                if not first:
                    raise
                await self._one_by_one(first, error)
            else:
                if not at_once:
                    await self._one_by_one(first)
        self._count(first)
        return rows[TOGETHER:], more

    async def _at_once(self, tx: Transaction, events: Pairs) -> bool:
        """Whether there are events, and nothing stands in the way of handling them in this transaction."""
        if not events:
            return False
        suspected = any(self._suspects.suspects(row) for row, _event in events)
        return not suspected and not await self._asks(tx, [event for _row, event in events])

    async def _count_and_handle(self, rows: Sequence[InboxEvent]) -> None:
        events = _pairs(rows)
        with HANDLING.time():
            await self._handle(events)
        self._count(events)

    def _count(self, events: Pairs) -> None:
        for row, event in events:
            HANDLED.labels(row.kind).inc()
            if isinstance(event, MessageReceived):
                self._readings.forget(event)

    async def _handle(self, events: Pairs) -> None:
        """Handle events in order: in one transaction if no request is needed and none fails, else each in its own.

        A handler changes nothing outside the transaction, so an event that was rolled back can be handled again.
        """
        try:
            async with self._database.transaction() as tx:
                if at_once := await self._at_once(tx, events):
                    await self._act(tx, events)
        except Exception as error:
            await self._one_by_one(events, error)
        else:
            if not at_once:
                await self._one_by_one(events)

    async def _one_by_one(self, events: Pairs, error: Exception | None = None) -> None:
        """Handle each in a transaction of its own. `error`: what ended that of all of them; of one alone, its own."""
        if error is not None and len(events) == 1 and not isinstance(error, MembersUnknown | MessageUnread):
            await self._say_why(*events[0], error)
            return
        if error is not None:
            logger.info("one of %d events needs a transaction of its own", len(events))
        for row, event in events:
            if self._suspects.stops_us(row):
                await self._set_aside(row, event)
            else:
                await self._handle_one(row, event)

    async def _handle_one(self, row: InboxEvent, event: Event) -> None:
        try:
            async with self._suspects.in_hand(row):
                await self._ask(event)
                await self._act_knowing(row, event)
                self._suspects.handled(row)
        except Exception as error:
            await self._say_why(row, event, error)

    async def _say_why(self, row: InboxEvent, event: Event, error: Exception) -> None:
        """Close an event that could not be handled, and say why. Raises what may pass: the lane then tries again."""
        if isinstance(error, TryLater | TokenLost):
            raise error
        if isinstance(error, UserError):
            tapped = isinstance(error, NotAllowed) and isinstance(event, ReactionAdded)
            text = None if tapped else Text.of(str(error))
            await self._close(row, event, text, status=inbox.DONE, ends=error.ends)
            if error.command is not None:
                COMMANDS.labels(error.command, "refused").inc()
        elif may_pass(error) and not await self._suspects.fails_by_itself(row):
            raise error
        else:
            await self._break(row, event, error)

    async def _ask(self, event: Event) -> None:
        """Ask the homeserver for the rights and members that the event requires. Raises TryLater."""
        async with self._database.reading() as tx:
            asked = sorted(await self._asks(tx, [event]))
        for room_id, person in asked:
            await self._directory.refresh(room_id, person)
        if asked:
            await self._know_members(event)

    async def _know_members(self, event: Event) -> None:
        """Load the members of the communities to which the event makes us write. Raises TryLater."""
        now = self._clock()
        async with self._database.reading() as tx:
            slugs = await self._prefetch.among(tx, event, now=now)
        await self._membership.ask(slugs, since=now)

    async def _asks(self, tx: Transaction, events: Sequence[Event]) -> set[tuple[str, str]]:
        """The (room id, person) pairs about which to ask the homeserver before the events are handled."""
        acts = [event for event in events if isinstance(event, ASKED_ABOUT)]
        moves = [event for event in events if isinstance(event, Invited | MembershipChanged | RoomUpgraded)]
        if not acts and not moves:
            return set()
        return await spend(self._asked_first(tx, acts, moves))

    async def _asked_first(
        self, tx: Transaction, acts: Sequence[Event], moves: Sequence[Event]
    ) -> set[tuple[str, str]]:
        now = self._clock()
        asked = [{(room, event.sender) for room in await self._prefetch.of(tx, event, now=now)} for event in acts]
        asked += [await self._presence.asks(tx, event) for event in moves]
        return set().union(*asked)

    async def _act_knowing(self, row: InboxEvent, event: Event) -> None:
        """As `_act`; when it turns out to depend on the members of a room, or on a message, load it and begin anew."""
        read: set[tuple[str, str]] = set()
        try:
            for _room in range(MOST_ROOMS):
                try:
                    async with self._database.transaction() as tx:
                        return await self._act(tx, [(row, event)])
                except MembersUnknown as missing:
                    await self._membership.know(missing.room_id)
                except MessageUnread as unread:
                    await self._quotes.read(unread.room_id, unread.event_id)
                    read.add((unread.room_id, unread.event_id))
        finally:
            for room_id, event_id in read:
                self._quotes.forget(room_id, event_id)
        raise TryLater(0, "MEMBERS_UNKNOWN")

    async def _act(self, tx: Transaction, events: Pairs) -> None:
        """Handle events and close their rows. Raises OverBudget if it takes long."""
        now = self._clock()
        await spend(self._respond_to(tx, [event for _row, event in events], now))
        await consequences.follow(tx, self._timers, now=now)
        await inbox.close(tx, *(row for row, _event in events), now=now)

    async def _respond_to(self, tx: Transaction, events: Sequence[Event], now: datetime) -> None:
        for event in events:
            await self._respond(tx, event, now)

    async def _respond(self, tx: Transaction, event: Event, now: datetime) -> None:
        match event:
            case MessageReceived():
                if now - event.sent_at <= OLDEST:
                    await self._answer(*await self._conversation.message(tx, event, now=now))
            case ReactionAdded():
                await self._answer(*await self._conversation.reaction(tx, event, now=now))
            case EventRemoved():
                await self._conversation.removal(tx, event, now=now)
                await self._presence.removed(tx, event)
                await consequences.removed(tx, self._timers, event, now=now)
            case TalkBegan():
                await self._conversation.talk(tx, event, now=now)
            case Invited():
                await self._presence.invited(tx, event, now=now)
            case MembershipChanged():
                await self._presence.membership(tx, event, now=now)
            case RoomUpgraded():
                await self._presence.upgraded(tx, event, now=now)
            case PatientDataSeen():
                await self._presence.patient_data(tx, event, now=now)
            case FileShown():
                await declining.file(tx, self._outbox, event, now=now)
            case VerificationAsked():
                await declining.verification(tx, self._outbox, event, now=now)

    async def _answer(self, context: Context, reply: Reply | None) -> None:
        with speaking(context.language):
            if reply is not None:
                thread = context.card.thread if context.card else None
                event, now = context.event, context.now
                await self._answers.say(context.tx, event, reply, now=now, thread=thread, alone=context.direct)
            await introduce(context, reply)

    async def _break(self, row: InboxEvent, event: Event, error: Exception) -> None:
        """A handler raised: the log has the error under a reference, the member gets the reference, we go on."""
        reference = new_reference()
        BROKEN.inc()
        said = (event.kind, reference, place_of(event.event_id))
        logger.error("handling a %s failed, reference %s, event %s", *said, exc_info=error)
        await self._fail(row, event, reference, inbox.FAILED)

    async def _set_aside(self, row: InboxEvent, event: Event) -> None:
        """Give up an event: the bot died each time it handled it."""
        reference = new_reference()
        said = (event.kind, row.starts, reference, place_of(event.event_id))
        logger.error("a %s was in hand at %d ends and is set aside, reference %s, event %s", *said)
        await self._fail(row, event, reference, inbox.SET_ASIDE)

    async def _fail(self, row: InboxEvent, event: Event, reference: str, status: str) -> None:
        async with self._database.reading() as tx:
            language = (await self._contexts.of(tx, event, now=self._clock())).language
        with speaking(language):
            text = Text.of(
                _("I did not manage to handle your request; it is not your doing. Nothing that existed is lost."),
                _("You may try again. If it goes on, give this reference to the community's team: {reference}").format(
                    reference=reference
                ),
            )
        await self._close(row, event, text, status=status, reference=reference)

    async def _close(
        self,
        row: InboxEvent,
        event: Event,
        text: Text | None,
        *,
        status: str,
        reference: str | None = None,
        ends: str | None = None,
    ) -> None:
        """Close the row of an event that could not be handled, answer with `text`, and close the preview `ends`."""
        now = self._clock()
        async with self._database.transaction() as tx:
            if ends is not None:
                await forms.failed(tx, self._outbox, ends)
            if text is not None and isinstance(event, MessageReceived | ReactionAdded):
                await self._answers.say(tx, event, Reply(text), now=now)
            await inbox.close(tx, row, now=now, status=status, reference=reference)


def _pairs(rows: Sequence[InboxEvent]) -> Pairs:
    return [(row, inbox.event_of(row)) for row in rows]
