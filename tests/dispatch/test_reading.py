"""A message is read once, whoever asks what it says."""

import sys
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType

from sqlalchemy import Engine, event

from bot.dispatch.hear.address import addressed
from bot.dispatch.menu.menu import Menu
from bot.text.plain_text import fold
from tests.chat import ANA, BEN, Chat

COUNTED: dict[CodeType, str] = {
    Menu.read.__code__: "Menu.read",
    addressed.__code__: "addressed",
    fold.__code__: "fold",
}


async def calls(chat: Chat, line: str) -> Counter[str]:
    """How often the words of one line are looked at, from its being heard until it is answered.

    Another line comes first, for which our own words are put into the tables that are made when first needed.
    """
    await chat.says(ANA, "!doc compost")
    chat.forget()
    return await counting(chat.says(ANA, line))


async def counting(work: Awaitable[object]) -> Counter[str]:
    """How often the words of messages are looked at meanwhile."""
    counted: Counter[str] = Counter()

    def count(frame: FrameType, what: str, _argument: object) -> None:
        if what == "call" and frame.f_code in COUNTED:
            counted[COUNTED[frame.f_code]] += 1

    sys.setprofile(count)
    try:
        await work
    finally:
        sys.setprofile(None)
    return counted


async def test_a_command_is_read_once_from_its_being_heard_until_it_is_answered(chat: Chat) -> None:
    counted = await calls(chat, "!doc messagerie sécurisée")

    assert chat.messages, "it was answered"
    assert (counted["Menu.read"], counted["addressed"]) == (1, 1)
    assert counted["fold"] <= 8


async def test_another_process_reads_the_message_that_was_kept_once_more(chat: Chat) -> None:
    chat.engine.intake._wake = lambda _room: None
    await chat.says(ANA, "!doc messagerie sécurisée")
    assert chat.messages == []

    counted = await counting(chat.restarts())

    assert chat.messages
    assert (counted["Menu.read"], counted["addressed"]) == (1, 1)


async def test_what_people_say_to_each_other_is_not_remembered_and_asks_the_database_nothing(chat: Chat) -> None:
    readings = chat.engine._dispatcher._readings
    for line in ("Bonjour à tous", "c'est noté ! merci", "résolu", "oui", "@Ben tu as vu le doc ?"):
        with statements() as asked:
            await chat.says(BEN, line)
        assert (asked, readings._known) == ([], {}), line

    await chat.says(ANA, "!doc messagerie")
    assert readings._known == {}, "it is answered"


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
