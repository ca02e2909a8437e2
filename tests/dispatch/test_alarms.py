"""Promises about what is due: it lets those pass who speak to us, and is not kept waiting for ever."""

from datetime import timedelta

import pytest

from bot.meetups import reminders
from tests.chat import ANA, Chat
from tests.homeserver import BOT


@pytest.mark.parametrize("looks", [3, 10_000])
async def test_what_is_due_waits_while_the_bot_is_busy_but_not_for_ever(chat: Chat, looks: int) -> None:
    async with chat.database.transaction() as tx:
        for text in ("un", "deux"):
            await reminders.schedule(
                tx,
                chat.timers,
                account=BOT,
                owner=ANA,
                room_id=chat.room,
                text=text,
                language="fr",
                zone="Europe/Paris",
                due_at=chat.now + timedelta(minutes=1),
                now=chat.now,
            )
    told_while_busy: list[int] = []

    def busy() -> bool:
        told_while_busy.append(len(chat.messages))
        return len(told_while_busy) <= looks

    chat.engine.alarms._busy = busy
    await chat.passes(minutes=1)
    assert max(told_while_busy[:3]) <= 1
    assert len(chat.messages) == 2
    assert len(told_while_busy) < 1_000


async def test_a_timer_that_was_moved_while_it_failed_stays_where_it_was_moved_to(chat: Chat) -> None:
    tomorrow = chat.now + timedelta(days=1)
    async with chat.database.transaction() as tx:
        await chat.timers.set(tx, "essai", "1", due_at=chat.now)
        (read,) = await chat.timers.due(tx, now=chat.now)
        await chat.timers.set(tx, "essai", "1", due_at=tomorrow)
        assert await chat.timers.postpone(tx, read, now=chat.now)
    async with chat.database.reading() as tx:
        assert await chat.timers.next_due(tx) == tomorrow
