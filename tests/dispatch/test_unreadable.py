"""Messages whose key has not come: kept as ids, told once, answered when it comes."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.events.events import MessageReceived
from bot.mailbox.receiving import undecrypted
from bot.mailbox.tables import InboxEvent, UnreadableEvent
from tests.chat import ANA, BEN, Chat
from tests.homeserver import BOT


async def sealed(chat: Chat, person: str = ANA, *, session: str = "session", room: str | None = None) -> str:
    """Somebody writes what the bot cannot read."""
    content = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": session, "ciphertext": "AwgAEnACgAkLmt6q"}
    return await chat.does(person, "m.room.encrypted", content, room=room)


async def waiting(chat: Chat) -> list[UnreadableEvent]:
    async with chat.database.reading() as tx:
        return list(await tx.exec(select(UnreadableEvent)))


async def opens(chat: Chat, event_id: str, text: str) -> None:
    """The key of a message came."""
    (row,) = [row for row in await waiting(chat) if row.event_id == event_id]
    event = MessageReceived(event_id=event_id, room_id=row.room_id, sender=ANA, sent_at=chat.now, text=text)
    await chat.engine.intake.opened(row, event)
    await chat.settles()


async def later(chat: Chat, **duration: float) -> None:
    await chat.passes(**duration)
    await chat.engine.unreadable.tell()
    await chat.settles()


async def test_of_a_message_that_cannot_be_read_only_ids_are_kept(chat: Chat) -> None:
    event_id = await sealed(chat)
    (row,) = await waiting(chat)
    assert (row.event_id, row.room_id, row.session_id) == (event_id, chat.room, "session")
    kept = " ".join(str(value) for value in row.model_dump().values())
    assert "AwgAEnACgAkLmt6q" not in kept
    assert ANA not in kept
    async with chat.database.reading() as tx:
        assert event_id not in set(await tx.exec(select(InboxEvent.source_key)))


async def test_it_is_answered_when_its_key_comes_and_once(chat: Chat) -> None:
    event_id = await sealed(chat)
    (row,) = await waiting(chat)
    await opens(chat, event_id, "!ping")
    assert [said.reply_to for said in chat.messages] == [event_id]
    assert await waiting(chat) == []
    event = MessageReceived(event_id=event_id, room_id=row.room_id, sender=ANA, sent_at=chat.now, text="!ping")
    await chat.engine.intake.opened(row, event)
    await chat.settles()
    assert len(chat.messages) == 1


@pytest.mark.parametrize(("down", "excuse"), [(0, "la clé qui ouvre votre message"), (30, "j'étais à l'arrêt")])
async def test_an_answer_that_is_late_says_why(chat: Chat, down: int, excuse: str) -> None:
    """It was heard in time and its key was late, or it was heard late."""
    said_at = chat.now - timedelta(minutes=down)
    await sealed(chat)
    (row,) = await waiting(chat)
    await chat.passes(minutes=15)
    event = MessageReceived(event_id=row.event_id, room_id=row.room_id, sender=ANA, sent_at=said_at, text="!ping")
    await chat.engine.intake.opened(row, event)
    await chat.settles()
    (answer,) = chat.messages
    assert answer.text.startswith("Je réponds avec retard")
    assert excuse in answer.text


async def test_ordinary_talk_that_is_opened_late_leaves_nothing(chat: Chat) -> None:
    event_id = await sealed(chat)
    await opens(chat, event_id, "Bonjour à tous")
    assert chat.messages == []
    assert await waiting(chat) == []


async def test_one_that_was_taken_back_is_forgotten(chat: Chat) -> None:
    await sealed(chat)
    (row,) = await waiting(chat)
    await chat.engine.intake.opened(row, None)
    assert await waiting(chat) == []
    assert chat.messages == []


async def test_a_room_is_told_once_however_many_messages_stay_unreadable(chat: Chat) -> None:
    first = await sealed(chat)
    await later(chat, seconds=30)
    assert chat.messages == []
    await sealed(chat, BEN, session="other")
    await later(chat, minutes=5)
    await sealed(chat, BEN, session="third")
    await later(chat, minutes=5)
    (told,) = chat.messages
    assert told.reply_to == first
    assert "chiffré" in told.text
    assert not told.rings


async def test_in_a_direct_chat_each_new_failure_is_told(chat: Chat) -> None:
    room = await chat.direct(ANA)
    chat.forget()
    for session in ("one", "one", "two"):
        await sealed(chat, session=session, room=room)
        await later(chat, minutes=5)
    assert len(chat.messages) == 2


async def test_what_stays_unreadable_for_a_day_is_forgotten(chat: Chat) -> None:
    await sealed(chat)
    await later(chat, hours=25)
    assert await waiting(chat) == []


async def test_our_own_messages_of_an_older_device_are_not_waited_for(chat: Chat) -> None:
    await sealed(chat, BOT)
    assert await waiting(chat) == []


async def test_what_was_tried_is_tried_again_when_its_key_comes_and_after_a_restart(chat: Chat) -> None:
    await sealed(chat)
    work = chat.engine.unreadable
    (row,) = await work.to_try(set())
    await work.tried(row)
    assert await work.to_try(set()) == []
    assert await work.to_try({(chat.room, "other")}) == []
    assert [found.event_id for found in await work.to_try({(chat.room, "session")})] == [row.event_id]
    await work.start()
    assert [found.event_id for found in await work.to_try(set())] == [row.event_id]


async def test_they_are_counted(chat: Chat) -> None:
    await sealed(chat)
    await sealed(chat, session="other")
    async with chat.database.reading() as tx:
        assert await undecrypted.count(tx, BOT) == 2
