"""What must hold every time, tried often: small counts here, the full ones in the soak."""

import os
import sys

from bot.store.database import Database
from tests.chat import Chat
from tests.expert_soak import choice_time, fairness, races

RACES = int(os.environ.get("RELAIS_TEST_RACES", "6"))
SHARED = int(os.environ.get("RELAIS_TEST_SHARED", "12"))
EXPERTS = int(os.environ.get("RELAIS_TEST_EXPERTS", "1200"))
SLOW = 200.0
"""Milliseconds: far above what a choice takes, so that only a different way of choosing fails."""


async def test_of_two_who_say_yes_within_fifty_milliseconds_one_wins(chat: Chat) -> None:
    assert await races(chat, RACES) == (RACES, RACES)


async def test_requests_are_shared_evenly_among_equal_volunteers(chat: Chat) -> None:
    spread, most = await fairness(chat, requests=SHARED, people=6)

    assert spread <= 1
    assert most <= -(-SHARED * 2 // 6)


async def test_a_choice_among_many_is_quick(database: Database) -> None:
    async with Chat(database) as chat:
        milliseconds, known = await choice_time(chat.database, experts=EXPERTS, requests=EXPERTS // 5)

    sys.stdout.write(f"{milliseconds:.1f} ms to choose among {EXPERTS} volunteers, {known} of the topic\n")
    assert known == -(-EXPERTS // 12)
    assert milliseconds < SLOW
