"""Promises to those who made no gesture for two years: one warning, then all of it goes; a gesture ends it."""

import pytest

from bot.mailbox import direct_chats
from bot.privacy import inactivity
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.homeserver import BOT
from tests.meetups.published import answers, published


async def night(chat: Chat, *, after: int) -> None:
    """So many days later the nightly work is done, and the day that follows passes."""
    await chat.passes(days=after)
    await chat.engine.routine.forget_old()
    await chat.passes(hours=20)


async def known(chat: Chat) -> set[str]:
    """Of whom anything is stored as of a member."""
    return {person for (person,) in await chat.rows("SELECT mxid FROM person UNION SELECT person FROM welcome")}


def to(chat: Chat, person: str) -> list[str]:
    return [said.text for said in chat.messages if said.meant_for == [person]]


async def test_who_makes_no_gesture_is_warned_once_and_then_erased(chat: Chat) -> None:
    await chat.direct(ANA)
    await chat.says(ANA, "!ping")
    await night(chat, after=0)
    await night(chat, after=699)
    assert to(chat, ANA) == []

    await night(chat, after=1)
    await night(chat, after=1)
    [warning] = to(chat, ANA)
    assert "Après le 6 janvier 2029, j'efface" in warning
    assert "écrivez-moi !moi avant ce jour" in warning
    await night(chat, after=26)
    assert ANA in await known(chat)

    await night(chat, after=5)
    assert ANA not in await known(chat)
    assert await chat.rows(f"SELECT person FROM direct_chat WHERE person = '{ANA}'") == []


async def test_a_gesture_after_the_warning_ends_it(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!ping")
    await night(chat, after=0)
    await night(chat, after=702)
    assert len(to(chat, ANA)) == 1

    await chat.says(ANA, "!moi", room=room)
    await night(chat, after=40)
    assert ANA in await known(chat)


async def test_a_gesture_on_the_day_of_the_erasure_comes_in_time(chat: Chat) -> None:
    await chat.says(ANA, "!ping")
    await night(chat, after=0)
    await night(chat, after=702)
    await chat.passes(days=40)
    await chat.engine.routine.forget_old()
    await chat.says(ANA, "!ping")
    await chat.passes(hours=1)
    assert ANA in await known(chat)


async def test_who_declined_private_chats_is_not_warned_and_erased_all_the_same(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await direct_chats.impossible(tx, BOT, ANA)
    await chat.says(ANA, "!ping")
    await night(chat, after=0)
    chat.forget()
    await night(chat, after=702)
    assert to(chat, ANA) == []

    await night(chat, after=40)
    assert ANA not in await known(chat)


async def test_neither_the_operator_nor_who_expects_something_is_erased(chat: Chat) -> None:
    await night(chat, after=0)
    await chat.says(BOSS, "!ping")
    meetup = (await published(chat, '"Congrès" le 1 juin 2029 9h'))[0]
    await answers(chat, meetup, ANA)
    for days in (702, 40):
        await night(chat, after=days)

    assert {ANA, MODO, BOSS} <= await known(chat)  # who comes, who organises, who operates
    assert BEN not in await known(chat)


async def test_people_known_from_before_begin_to_count_on_the_first_night(chat: Chat) -> None:
    await chat.database.run(lambda connection: connection.exec_driver_sql("UPDATE person SET active_at = NULL"))
    await night(chat, after=0)
    await night(chat, after=690)
    assert BEN in await known(chat)
    assert await chat.rows("SELECT mxid FROM person WHERE warned_at IS NOT NULL") == []


async def test_few_are_done_in_a_night_and_the_others_in_the_next(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inactivity, "A_NIGHT", 1)
    await night(chat, after=0)
    await night(chat, after=702)
    for done in (1, 2):
        warned = await chat.rows("SELECT count(*) FROM person WHERE warned_at IS NOT NULL")
        assert warned == [(done,)]
        await night(chat, after=3)  # nobody is written to on a Sunday
