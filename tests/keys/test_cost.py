"""How much is done at one go, whatever the machine; `tests.bench.keys` measures how long it takes."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nio

from tests.keys.crowd import ROOM, Crowd, Speaker, sync_answer

AT_ONCE = 10
"""Devices for which something is computed between two turns of the event loop."""


class Turns:
    """Counts what is called between two turns of the event loop."""

    def __init__(self) -> None:
        self.calls: dict[str, Counter[int]] = {}
        self._turn = 0

    @contextmanager
    def counted(self, owner: object, *names: str) -> Iterator[None]:
        watch = asyncio.create_task(self._count_turns())
        with ExitStack() as patches:
            patches.callback(watch.cancel)
            for name in names:
                patches.enter_context(patch.object(owner, name, self._counting(name, getattr(owner, name))))
            yield

    def _counting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        calls = self.calls[name] = Counter[int]()

        def counting(*args: Any, **more: Any) -> Any:
            calls[self._turn] += 1
            return method(*args, **more)

        return counting

    async def _count_turns(self) -> None:
        while True:
            self._turn += 1
            await asyncio.sleep(0)


async def test_sharing_a_key_with_two_hundred_devices_lets_others_in_after_every_ten(tmp_path: Path) -> None:
    crowd, turns = Crowd(200), Turns()
    bot = Speaker(crowd, tmp_path)
    with turns.counted(bot.device.olm, "_handle_key_query", "create_session", "_olm_encrypt"):
        await bot.speak()
    bot.device.close()
    assert crowd.sent == 200
    for name, calls in turns.calls.items():
        assert calls.total() == 200, name
        assert max(calls.values()) <= AT_ONCE, name


async def test_reading_encrypted_events_asks_the_store_nothing_and_no_schema(tmp_path: Path) -> None:
    bot = Speaker(Crowd(1), tmp_path)
    answer = sync_answer([await bot.speak(str(number)) for number in range(200)])
    statements: list[str] = []
    with patch.object(nio.Event, "parse_decrypted_event", side_effect=AssertionError("looked up in schemas")):
        connection = bot.device.store.database.connection()
        connection.set_trace_callback(statements.append)
        bot.keys.take(answer)
        connection.set_trace_callback(None)
    bot.device.close()
    read = answer["rooms"]["join"][ROOM]["timeline"]["events"]
    assert [event["content"]["body"] for event in read] == [str(number) for number in range(200)]
    assert statements == []
