"""Tells a room, once, that a message in it cannot be read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.communities import rooms
from bot.communities.people import people
from bot.dispatch.hear.intake import OLDEST
from bot.events.messages import Message
from bot.events.text import Text
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox import UnreadableEvent, direct_chats
from bot.mailbox.receiving import undecrypted
from bot.mailbox.sending.outbox import Outbox
from bot.store.database import Database, Transaction

PATIENCE = timedelta(minutes=2)
"""How long a key may take before we say so: clients send it before the message, servers may reorder them."""


class Unreadable:
    """The messages that cannot be read until their key comes."""

    def __init__(self, database: Database, outbox: Outbox, *, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._account = outbox.account
        self._clock = clock

    async def start(self) -> None:
        """Mark all of them as not tried by this process."""
        async with self._database.transaction() as tx:
            await undecrypted.start(tx, self._account)

    async def to_try(self, arrived: Collection[tuple[str, str]]) -> list[UnreadableEvent]:
        """The messages not tried yet, and those that these keys, (room id, session id), may open."""
        async with self._database.reading() as tx:
            return list(await undecrypted.to_try(tx, self._account, arrived))

    async def tried(self, row: UnreadableEvent) -> None:
        """Note that the message was tried and cannot be read yet."""
        async with self._database.transaction() as tx:
            await undecrypted.tried(tx, row)

    async def tell(self) -> None:
        """Say it in rooms whose message has waited longer than PATIENCE; forget messages too old to be answered."""
        now = self._clock()
        async with self._database.reading() as tx:
            due = await undecrypted.untold(tx, self._account, before=now - PATIENCE)
        async with self._database.transaction() as tx:
            for row in due:
                await self._tell(tx, row, now)
            await undecrypted.forget_old(tx, self._account, before=now - OLDEST)

    async def _tell(self, tx: Transaction, row: UnreadableEvent, now: datetime) -> None:
        """Say it once for each key in a direct chat, and only once in any other room: the message may not be for us."""
        person = await direct_chats.person_in(tx, self._account, row.room_id)
        key = f"unreadable:{row.room_id}:{row.session_id}" if person else f"unreadable:{row.room_id}"
        own = await people.language_of(tx, person) if person else None
        with speaking(own or await rooms.language(tx, row.room_id) or DEFAULT):
            message = Message(_cannot_read(), reply_to=row.event_id)
        await self._outbox.say(tx, message, key=key, to=row.room_id, now=now)
        await undecrypted.told(tx, row)


def _cannot_read() -> Text:
    return Text.of(
        _("I cannot read this message: it is encrypted, and the key that opens it has not reached me."),
        _("If it was for me, please send it once more."),
        _("If that changes nothing, tell the community's team."),
    )
