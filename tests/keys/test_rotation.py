"""A room's key is changed as often as the room wishes; nio as it comes does not read the wish."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matrix.keys.room_keys.rotation import Rotation
from tests.keys.crowd import ROOM, Crowd, Speaker

WEEK = timedelta(days=7)


async def test_a_room_gets_a_new_key_after_as_many_messages_or_as_long_as_it_wishes(tmp_path: Path) -> None:
    bot = Speaker(Crowd(1), tmp_path)
    wish = {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 3, "rotation_period_ms": 7_200_000}
    state = {"type": "m.room.encryption", "state_key": "", "content": wish}
    bot.keys.take({"rooms": {"join": {ROOM: {"state": {"events": [state]}}}}})

    async def session() -> str:
        return str((await bot.speak())["content"]["session_id"])

    used = [await session() for _ in range(7)]
    assert used == [used[0]] * 3 + [used[3]] * 3 + [used[6]]
    assert len(set(used)) == 3
    bot.device.olm.outbound_group_sessions[ROOM].creation_time -= timedelta(hours=1, minutes=59)
    assert await session() == used[6]
    bot.device.olm.outbound_group_sessions[ROOM].creation_time -= timedelta(minutes=1)
    assert await session() != used[6]
    bot.device.close()


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, Rotation(100, WEEK)),
        ({"rotation_period_msgs": 1, "rotation_period_ms": 1}, Rotation(1, timedelta(hours=1))),
        ({"rotation_period_msgs": 10**9, "rotation_period_ms": 10**400}, Rotation(10_000, timedelta(days=365))),
        ({"rotation_period_msgs": 0, "rotation_period_ms": -5}, Rotation(100, WEEK)),
        ({"rotation_period_msgs": "7", "rotation_period_ms": None}, Rotation(100, WEEK)),
    ],
)
def test_a_wish_is_granted_within_bounds(wish: dict[str, Any], expected: Rotation) -> None:
    assert Rotation.wished(wish) == expected


@given(st.dictionaries(st.sampled_from(["rotation_period_msgs", "rotation_period_ms"]), st.integers() | st.text()))
def test_no_wish_keeps_the_bot_from_speaking(wish: dict[str, Any]) -> None:
    granted = Rotation.wished(wish)
    assert granted.messages >= 1
    assert timedelta(hours=1) <= granted.age <= timedelta(days=365)
