"""Has follow what nouns want to follow from the things of others, without those knowing of it.

A step sets a timer in the transaction that takes it; the noun that asked for it handles the timer.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from bot import nouns
from bot.events.events import EventRemoved
from bot.mailbox.timers import Timers
from bot.noun import When
from bot.store.database import Transaction
from bot.store.happenings import Happening


async def follow(tx: Transaction, timers: Timers, *, now: datetime) -> None:
    """Set the timers that follow from what this transaction did. One that did nothing of interest asks nothing."""
    for happening in tx.happenings:
        for when in _waiting_for(happening):
            await timers.set(tx, when.timer, happening.item, due_at=now + when.after)
    tx.happenings.clear()


async def cited(tx: Transaction, room_id: str, event_ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Those of the messages of which something was made, each with the timers and items that its removal concerns."""
    found: dict[str, list[tuple[str, str]]] = {}
    for noun in nouns.NOUNS:
        for cites in noun.cites:
            for event_id, item in await cites.find(tx, room_id, event_ids):
                found.setdefault(event_id, []).append((cites.timer, item))
    return found


async def removed(tx: Transaction, timers: Timers, event: EventRemoved, *, now: datetime) -> None:
    """Set the timers of what was made of a message that was deleted."""
    for those in (await cited(tx, event.room_id, {event.target})).values():
        for timer, item in those:
            await timers.set(tx, timer, item, due_at=now)


def _waiting_for(happening: Happening) -> Iterator[When]:
    step = (happening.noun, happening.before, happening.after)
    return (when for noun in nouns.NOUNS for when in noun.when if (when.noun, when.source, when.to) == step)
