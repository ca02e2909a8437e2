"""Promises of timers: each is done once, at its time, and one that fails does not stop the next."""

from datetime import datetime, timedelta

import pytest

from bot.app import Engine
from bot.dispatch.alarms import Alarms
from bot.dispatch.command import Command
from bot.dispatch.context import Moment
from bot.dispatch.menu import Menu
from bot.services.timers import RETRIES
from tests.chat import MORNING, Chat

Rung = list[tuple[str, datetime]]


@pytest.fixture
def rung(chat: Chat) -> Rung:
    """What rang, with `broken` items that always fail."""
    seen: Rung = []
    command = Command("egg", summary="")

    @command.timer("egg")
    async def ring(moment: Moment, item: str) -> None:
        seen.append((item, moment.now))
        if item == "broken":
            raise RuntimeError("this egg is broken")

    chat.engine.alarms = with_menu(chat.engine, Menu([command]))
    return seen


def with_menu(engine: Engine, menu: Menu) -> Alarms:
    engine.alarms._menu = menu
    return engine.alarms


async def sets(chat: Chat, item: str, **delay: float) -> None:
    async with chat.database.transaction() as tx:
        await chat.timers.set(tx, "egg", item, due_at=chat.now + timedelta(**delay))


async def test_a_timer_rings_once_at_its_time(chat: Chat, rung: Rung) -> None:
    await sets(chat, "a", minutes=10)

    await chat.passes(minutes=9)
    assert rung == []
    await chat.passes(hours=2)
    assert rung == [("a", MORNING + timedelta(minutes=10))]


async def test_a_timer_that_is_set_again_moves(chat: Chat, rung: Rung) -> None:
    await sets(chat, "a", minutes=10)
    await sets(chat, "a", minutes=30)

    await chat.passes(hours=1)

    assert rung == [("a", MORNING + timedelta(minutes=30))]


async def test_a_cancelled_timer_is_silent(chat: Chat, rung: Rung) -> None:
    await sets(chat, "a", minutes=10)
    async with chat.database.transaction() as tx:
        assert await chat.timers.cancel(tx, "egg", "a")

    await chat.passes(hours=1)

    assert rung == []


async def test_a_timer_that_fails_is_tried_again_and_holds_up_no_other(chat: Chat, rung: Rung) -> None:
    await sets(chat, "broken", minutes=1)
    await sets(chat, "whole", minutes=1)

    await chat.passes(days=1)

    assert [item for item, _ in rung].count("whole") == 1
    assert [item for item, _ in rung].count("broken") == 1 + len(RETRIES)


async def test_timers_missed_while_down_ring_at_the_next_start(chat: Chat, rung: Rung) -> None:
    await sets(chat, "a", minutes=10)
    chat.now += timedelta(hours=3)

    assert await chat.engine.alarms.drain() is None

    assert rung == [("a", MORNING + timedelta(hours=3))]
