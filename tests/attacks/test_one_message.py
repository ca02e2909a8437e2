"""One message stops nobody: no pattern, no length, no loop, no row that kills."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import pytest
import pytest_asyncio
from sqlalchemy.exc import DBAPIError

from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.mailbox.receiving import inbox
from bot.store.database import Database, Transaction
from bot.text.patient_data import patient_data
from tests.attacks import attack
from tests.chat import ANA, BEN, MODO, Chat
from tests.homeserver import BOT

MANY = 6_000
FAILED = "Je n'y suis pas arrivé"

poison = Command("poison", summary="of the tests", role=Role.MEMBER)


class Killed(BaseException):
    """As `kill -9`: nothing survives it."""


class MortalDatabase(Database):
    """Of a process that may be gone."""

    dead = False

    @asynccontextmanager
    async def transaction(self, *, repeatable: bool = False) -> AsyncIterator[Transaction]:
        if self.dead:
            raise Killed
        async with super().transaction(repeatable=repeatable) as tx:
            yield tx


class Mortal(Chat):
    """A bot that dies of `!poison`, and lives again."""

    @classmethod
    def on(cls, address: str) -> Self:
        LIVES[:] = [MortalDatabase(address)]
        return cls(LIVES[0], more=[poison])

    async def _build(self) -> None:
        LIVES[0].dead = False
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        await super()._build()

    async def dies_of(self, *lines: str) -> None:
        for line in lines:
            self.homeserver.event(self.room, "m.room.message", ANA, {"msgtype": "m.text", "body": line})
        await self.hears(self.room)


LIVES: list[MortalDatabase] = []


@poison.run()
async def handle(ctx: Context, words: Rest = NOTHING) -> Reply:
    while words == "boucle":
        pass
    if words == "base":
        raise DBAPIError("", None, Exception(), connection_invalidated=True)
    LIVES[0].dead = True
    raise Killed


@pytest_asyncio.fixture
async def loops(database: Database) -> AsyncIterator[Chat]:
    async with Chat(database, more=[poison]) as chat:
        yield chat


@pytest_asyncio.fixture
async def mortal(database: Database, database_address: str) -> AsyncIterator[Mortal]:
    """`database` empties what is at the address."""
    async with Mortal.on(database_address) as chat:
        yield chat
    await LIVES[0].close()


async def holds_up_nobody(chat: Chat, text: str, **how: Any) -> bool:
    """It is handled within what one event may cost, and somebody else is answered too."""
    await chat.says(ANA, text, **how)
    asked = await chat.says(BEN, "!ping")
    ended = await chat.rows("SELECT reference FROM inbox WHERE reference IS NOT NULL")
    return chat.last.reply_to == asked and ended == []


@attack(who="a member", tries='`!rdv dates "` and 6,000 blanks', instead="the title is asked for, others go on")
async def test_blanks_behind_a_quotation_mark(chat: Chat) -> None:
    assert await holds_up_nobody(chat, f'!rdv dates "{" " * MANY}x')
    assert "guillemets" in chat.texts[-2]


@attack(who="a member", tries="an opened quotation and 6,000 tabs", instead="the words are looked up")
async def test_blanks_in_a_title(chat: Chat) -> None:
    assert await holds_up_nobody(chat, f"!admin synonyme «{chr(9) * MANY}x")


@attack(who="a volunteer", tries="`!moi absence` with a wall of blanks", instead="the days are asked for")
async def test_blanks_before_a_stand_in(chat: Chat) -> None:
    assert await holds_up_nobody(chat, f"!moi absence relais{' ' * MANY}x{' ' * 3_000}y z")


@attack(who="somebody in an unlinked room", tries="blanks in a mention", instead="one introduction, at once")
async def test_blanks_in_a_mention(chat: Chat) -> None:
    room = await chat.opens("!elsewhere:example.org")
    assert await holds_up_nobody(chat, f"ah{' ' * MANY}b", room=room, mentions=[BOT])


@attack(who="somebody in an unlinked room", tries="6,000 commas in a mention", instead="they cost nothing")
async def test_commas_in_a_mention(chat: Chat) -> None:
    room = await chat.opens("!elsewhere:example.org")
    assert await holds_up_nobody(chat, f"ah{',' * MANY}b", room=room, mentions=[BOT])


@attack(who="a member", tries="a message of 60,000 characters", instead="its true length is said, nothing is kept")
async def test_a_very_long_command(chat: Chat) -> None:
    await chat.says(ANA, "!rappel demain 9h " + "mot " * 15_000)

    assert "60018 caractères" in chat.last.text
    assert "10000" in chat.last.text
    assert await chat.rows("SELECT * FROM reminder") == []


@attack(who="a member in private", tries="a question too long to be read whole", instead="nothing is cut in silence")
async def test_a_very_long_answer_to_a_question(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert", room=room)
    await chat.says(ANA, "Bonjour, " + "voici ma question " * 800, room=room)

    assert "14409 caractères" in chat.last.text


@attack(who="a member", tries="a reminder with a number of 5,000 digits", instead="an answer, and no fault of ours")
async def test_a_number_without_end(chat: Chat) -> None:
    assert await holds_up_nobody(chat, f"!rappel demain 14h {'9' * 5_000} fois le bilan")
    assert not any(text.startswith(FAILED) for text in chat.texts)


@attack(who="a command of a new noun", tries="never ends", instead="ended with a reference, others are answered")
async def test_a_handler_that_loops(loops: Chat) -> None:
    await loops.says(ANA, "!poison boucle")
    assert loops.last.text.startswith(FAILED)
    await loops.says(BEN, "!ping")
    assert not loops.last.text.startswith(FAILED)
    assert (await loops.rows("SELECT status FROM inbox WHERE reference IS NOT NULL")) == [(inbox.FAILED,)]


@attack(who="a member", tries="a command that the database never keeps", instead="ended after a few tries, told once")
async def test_a_fault_that_does_not_pass(loops: Chat, impatient: None) -> None:
    await loops.says(ANA, "!poison base")
    assert [text.startswith(FAILED) for text in loops.texts] == [True]
    await loops.says(BEN, "!ping")
    assert len(loops.texts) == 2


@attack(who="anybody in a room", tries="a text that sorting never ends on", instead="skipped; the stream goes on")
async def test_sorting_that_loops(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    check = patient_data.check

    def slow(text: str) -> Any:
        while "piège" in text:
            pass
        return check(text)

    monkeypatch.setattr(patient_data, "check", slow)
    assert await holds_up_nobody(chat, "un piège")
    assert len(chat.texts) == 1
    assert "is skipped, reference" in caplog.text
    assert "piège" not in caplog.text


@attack(who="a member", tries="a command of which the bot dies", instead="set aside at the third start, said once")
async def test_a_row_that_kills(mortal: Mortal) -> None:
    await mortal.dies_of("!poison")
    for _start in range(2):
        await mortal.restarts()
        assert mortal.texts == []
    await mortal.restarts()

    assert [text.startswith(FAILED) for text in mortal.texts] == [True]
    await mortal.says(MODO, "!diagnostic")
    assert "1 message m'a arrêté" in mortal.last.text
    await mortal.restarts()
    assert len(mortal.texts) == 2


@attack(who="a supervisor", tries="kills the bot twice with 60 commands waiting", instead="only the one in hand counts")
async def test_what_only_waits_is_not_set_aside(mortal: Mortal) -> None:
    await mortal.dies_of("!poison", *["!ping"] * 60)
    for _start in range(3):
        await mortal.restarts()

    assert [text.startswith(FAILED) for text in mortal.texts] == [True, *[False] * 60]
    aside = f"SELECT count(*) FROM inbox WHERE status = '{inbox.SET_ASIDE}'"
    assert [tuple(row) for row in await mortal.rows(aside)] == [(1,)]
