"""All that a command may know and use: one page, nothing hidden."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.communities import Community, RoomBinding
from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.rules.serving import Serving
from bot.dispatch.hear.expected_answers import Listening
from bot.dispatch.hear.quotes import Quotes
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch.health import Watch
from bot.events.events import Event, MessageReceived, TalkBegan
from bot.mailbox.sending.outbox import Card, Outbox
from bot.mailbox.timers import Timers
from bot.quotas import Quotas
from bot.resources.library import Library
from bot.store.database import Transaction


class RolesIn(Protocol):
    async def __call__(
        self, tx: Transaction, mxid: str, community: Community | None, *, here: bool
    ) -> frozenset[Role]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One event being handled.

    `tx` is the transaction that stores the change, the answer and the end of the event together. `communities` are
    those of the room, or in a direct chat of the person; `community` is the only one, or the one that the person
    chose among them, else None. `card` is our message that a reaction or reply is about. `roles_in` looks up roles in
    another community. `quotes` reads what somebody else wrote. `operators` run the bot. `public_url` is the base of our
    web addresses, or empty.
    """

    tx: Transaction
    now: datetime
    event: Event
    language: str
    direct: bool
    community: Community | None
    communities: tuple[Community, ...]
    binding: RoomBinding | None
    roles: frozenset[Role]
    card: Card | None
    account: str
    public_url: str
    operators: frozenset[str]
    quotas: Quotas
    serving: Serving
    menu: Menu
    outbox: Outbox
    timers: Timers
    library: Library
    directory: RoomDirectory
    listening: Listening
    roles_in: RolesIn
    health: Watch
    quotes: Quotes

    @property
    def quoted(self) -> str | None:
        """The message of somebody to which a command in a room replies."""
        if self.direct or self.card is not None or not isinstance(self.event, MessageReceived):
            return None
        return self.event.reply_to

    @property
    def mentioned(self) -> bool:
        """Whether the message names us: then silence would be rude."""
        return isinstance(self.event, MessageReceived) and self.event.for_bot

    @property
    def text(self) -> str:
        """What was written, empty for a reaction."""
        return self.event.text if isinstance(self.event, MessageReceived) else ""

    @property
    def thread(self) -> str | None:
        """The thread in which it was written."""
        return self.event.thread if isinstance(self.event, MessageReceived | TalkBegan) else None

    @property
    def replaces(self) -> str | None:
        """The earlier message that this one changes."""
        return self.event.replaces if isinstance(self.event, MessageReceived) else None

    @property
    def sender(self) -> str:
        return self.event.sender

    @property
    def room_id(self) -> str:
        return self.event.room_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a timer's handler may know and use, as a `Context` without an event. `late`: how long ago it was due."""

    tx: Transaction
    now: datetime
    late: timedelta
    account: str
    operators: frozenset[str]
    menu: Menu
    outbox: Outbox
    timers: Timers
    library: Library
    directory: RoomDirectory
    listening: Listening
    roles_in: RolesIn
