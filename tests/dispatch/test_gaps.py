"""What a sync leaves out of a room, and what happens while it is being kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.events.events import Event
from bot.events.sync_batch import Missing, RoomBatch, SyncBatch
from bot.matrix.backfill import Filled
from bot.store.database import Transaction
from tests.chat import ANA, Chat
from tests.commands.meetups import LINE, publishes
from tests.homeserver import NoPast


async def test_a_gap_that_opens_while_somebody_looks_is_not_forgotten(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    transaction = chat.database.transaction

    async def fill(_self: NoPast, room_id: str, **_limits: Any) -> Filled:
        read.append(room_id)
        return Filled((), {}, True)

    @asynccontextmanager
    async def looked_at(*, repeatable: bool) -> AsyncIterator[Transaction]:
        async with transaction(repeatable=repeatable) as tx:
            yield tx
            await chat.engine.intake.fill_gaps(chat.room)

    monkeypatch.setattr(NoPast, "fill", fill)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(chat.database, "transaction", looked_at)
        await chat.engine.intake.take(SyncBatch("s99", (RoomBatch(chat.room, (), missing=Missing("t1", None)),)))
    await chat.settles()
    assert read == [chat.room]
    asked = await chat.says(ANA, "!ping")
    assert chat.last.reply_to == asked


async def test_a_roster_stays_as_it_is_when_the_homeserver_does_not_say_who_stands_under_it(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await publishes(chat, LINE)
    await chat.reacts(ANA, "✅", card)
    await gap(chat, monkeypatch, None)
    assert await chat.rows("SELECT status FROM rsvp") == [("yes",)]

    await gap(chat, monkeypatch, [])
    assert await chat.rows("SELECT status FROM rsvp") == []


async def gap(chat: Chat, monkeypatch: pytest.MonkeyPatch, standing: list[Event] | None) -> None:
    """A gap that is too long to be read, and the reactions that then stand under every card, if that is said."""

    async def fill(_self: NoPast, _room_id: str, **_limits: Any) -> Filled:
        return Filled((), {}, complete=False)

    async def marks(_self: NoPast, _room_id: str, _event_id: str) -> list[Event] | None:
        return standing

    monkeypatch.setattr(NoPast, "fill", fill)
    monkeypatch.setattr(NoPast, "marks", marks)
    await chat.engine.intake.take(SyncBatch("s99", (RoomBatch(chat.room, (), missing=Missing("t1", None)),)))
    await chat.engine.intake.fill_gaps(chat.room)
    await chat.settles()
