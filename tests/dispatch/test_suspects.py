"""What an earlier life left is counted while it is in hand, and only then."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.dispatch.watch.suspects import STARTS, STARTS_IN_SILENCE, TRIES, Suspects
from bot.events.events import Event, Invited, MessageReceived
from bot.mailbox.receiving import inbox
from bot.mailbox.receiving.inbox import Arrival
from bot.mailbox.tables import InboxEvent
from bot.store.database import Database
from tests.homeserver import BOT

ROOM, ANA = "!room:example.org", "@ana:example.org"
NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
COMMAND = MessageReceived(event_id="$one", room_id=ROOM, sender=ANA, sent_at=NOW, text="!ping")
INVITATION = Invited(event_id="invite:one", room_id=ROOM, sender=ANA, sent_at=NOW, direct=True)


async def _kept(database: Database, event: Event = COMMAND) -> InboxEvent:
    async with database.transaction() as tx:
        await inbox.keep(tx, BOT, [Arrival(event, 1)], now=NOW)
    return await _row(database)


async def _row(database: Database) -> InboxEvent:
    async with database.reading() as tx:
        rows, _more = await inbox.next_in(tx, BOT, ROOM)
    return rows[0]


async def _reborn(database: Database) -> Suspects:
    suspects = Suspects(database, BOT)
    async with database.reading() as tx:
        await suspects.inherit(tx)
    return suspects


async def _dies_with_it_in_hand(database: Database) -> None:
    """The mark is written, and nothing after it."""
    row = await _row(database)
    async with database.transaction() as tx:
        await inbox.in_hand(tx, row, starts=row.starts + 1)


async def _interrupted(suspects: Suspects, row: InboxEvent, reason: type[BaseException]) -> None:
    async with suspects.in_hand(row):
        raise reason


async def test_what_arrives_in_this_life_costs_no_mark(database: Database) -> None:
    suspects = await _reborn(database)
    async with suspects.in_hand(await _kept(database)):
        assert (await _row(database)).starts == 0


@pytest.mark.parametrize(("event", "starts"), [(COMMAND, STARTS), (INVITATION, STARTS_IN_SILENCE)])
async def test_after_some_ends_it_is_not_taken_again(database: Database, event: Event, starts: int) -> None:
    await _kept(database, event)
    for _start in range(starts):
        assert not (await _reborn(database)).stops_us(await _row(database))
        await _dies_with_it_in_hand(database)
    assert (await _reborn(database)).stops_us(await _row(database))


@pytest.mark.parametrize("reason", [LookupError, asyncio.CancelledError])
async def test_what_is_put_down_again_did_not_stop_us(database: Database, reason: type[BaseException]) -> None:
    await _kept(database)
    for _start in range(STARTS + 1):
        suspects = await _reborn(database)
        with pytest.raises(reason):
            await _interrupted(suspects, await _row(database), reason)
    assert (await _row(database)).starts == 0


async def test_one_life_counts_once(database: Database) -> None:
    await _kept(database)
    suspects = await _reborn(database)
    async with suspects.in_hand(await _row(database)), suspects.in_hand(await _row(database)):
        row = await _row(database)
    assert row.starts == 1
    assert not suspects.stops_us(row)


async def test_the_database_is_at_fault_until_it_does_other_work(database: Database) -> None:
    row = await _kept(database)
    suspects = await _reborn(database)
    assert [await suspects.fails_by_itself(row) for _try in range(TRIES)] == [*[False] * (TRIES - 1), True]
