"""Somebody else in a direct chat: it is private no more, and is again once they have left."""

from datetime import datetime

from bot.communities.people import people
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer.rights.quota import ELSEWHERE, today
from bot.events.events import MembershipChanged
from bot.events.messages import Message
from bot.events.text import Text
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import Outbox
from bot.store.database import Transaction

ALONE = 2


async def moved(
    tx: Transaction,
    outbox: Outbox,
    directory: RoomDirectory,
    event: MembershipChanged,
    person: str,
    *,
    now: datetime,
) -> None:
    """Somebody else was invited to the chat with this person, came in, declined or left; say what that changes."""
    facts = directory.facts(event.room_id)
    alone = facts is not None and facts.members <= ALONE and directory.has_member(event.room_id, person)
    if event.membership in ("invite", "join"):
        await direct_chats.shared(tx, outbox.account, event.room_id)
        await _say(tx, outbox, event, person, alone=False, now=now)
    elif alone:
        await direct_chats.accepted(tx, outbox.account, event.room_id)
        await _say(tx, outbox, event, person, alone=True, now=now)


async def _say(
    tx: Transaction, outbox: Outbox, event: MembershipChanged, person: str, *, alone: bool, now: datetime
) -> None:
    """Once a day each."""
    with speaking(await people.language_of(tx, person) or DEFAULT):
        text = _of_two() if alone else _of_three()
    key = f"{'two' if alone else 'three'}:{event.room_id}:{today(now, ELSEWHERE)}"
    await outbox.say(tx, Message(text), key=key, to=event.room_id, now=now)


def _of_three() -> Text:
    return Text.of(
        _("We are no longer two in this conversation: I say nothing private here any more, nor answer here."),
        _("Write to me in another private conversation. This one is private again once we are two."),
    )


def _of_two() -> Text:
    return Text.of(_("We are two again: this conversation is private, and I answer here."))
