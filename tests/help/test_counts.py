"""What must hold every time, tried often: small counts here, the full ones in the soak."""

import os

from bot.store.database import Database
from tests.chat import Chat
from tests.expert_soak import fairness, races, statements_of_a_choice

RACES = int(os.environ.get("RELAIS_TEST_RACES", "6"))
SHARED = int(os.environ.get("RELAIS_TEST_SHARED", "12"))


async def test_of_two_who_say_yes_within_fifty_milliseconds_one_wins(chat: Chat) -> None:
    assert await races(chat, RACES) == (RACES, RACES)


async def test_requests_are_shared_evenly_among_equal_volunteers(chat: Chat) -> None:
    spread, most = await fairness(chat, requests=SHARED, people=6)

    assert spread <= 1
    assert most <= -(-SHARED * 2 // 6)


async def test_a_choice_among_many_asks_the_database_no_more_than_one_among_few(database: Database) -> None:
    async with Chat(database) as chat:
        few = await statements_of_a_choice(chat.database, experts=24)
        many = await statements_of_a_choice(chat.database, experts=240)

    assert many <= few
