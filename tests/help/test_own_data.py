"""Promises about one's own data: all of it is told, and once erased no byte of the database names the person."""

import hashlib
import json

from sqlalchemy import delete
from sqlmodel import SQLModel, col

from bot.communities.tables import Undo
from bot.resources import votes
from bot.resources.tables import ResourceVote
from bot.store.engines import file_of
from tests.chat import ANA, BEN, Chat
from tests.help.people import QUESTION, asks, offers, request, volunteers, works
from tests.homeserver import BOT
from tests.phone import lines_of

NAMESAKE = f"{ANA}.fr"


async def lived(chat: Chat) -> str:
    """Ana has used all there is: her direct chat with the bot."""
    room = await chat.direct(ANA)
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await chat.says(ANA, "!expert devenir")
    await chat.reacts(ANA, "🤔", chat.last)
    await volunteers(chat, ANA)
    await chat.says(ANA, "!moi absent du 11 au 12 janvier", room=room)
    await chat.says(ANA, "!moi langue fr", room=room)
    await chat.says(ANA, "!rappel demain 14h relire la charte", room=room)
    await chat.says(ANA, "!doc messagerie")
    await chat.reacts(ANA, "👍", chat.last)
    async with chat.database.transaction() as tx:
        await votes.cast(tx, 1, ANA, useful=True)
        await votes.cast(tx, 1, NAMESAKE, useful=True)
        tx.add(
            Undo(
                community="numerique",
                verb="resource",
                thing="1",
                expects={"owner": ANA},
                role="moderator",
                made_at=chat.now,
            )
        )
    chat.forget()
    return room


async def erases(chat: Chat, person: str) -> None:
    """The person has themselves forgotten."""
    room = await chat.direct(person)
    await chat.says(person, "!moi oubli", room=room)
    await chat.reacts(person, "✅", chat.last)
    await chat.passes(minutes=2)


async def whole(chat: Chat) -> str:
    """All that the database holds."""
    return "".join([str(await chat.rows(f'SELECT * FROM "{table}"')) for table in SQLModel.metadata.tables])


async def tables_naming(chat: Chat, person: str) -> set[str]:
    found = set()
    for table in SQLModel.metadata.sorted_tables:
        if any(person in str(row) for row in await chat.rows(f'SELECT * FROM "{table.name}"')):
            found.add(table.name)
    return found


async def test_all_that_is_kept_is_told_in_private(chat: Chat) -> None:
    await lived(chat)
    await chat.says(ANA, "!moi données")

    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]
    [file] = chat.files
    told = chat.homeserver.files[-1].decode()
    assert file.room_id != chat.room
    assert "Les Tilleuls" in told
    assert "interface d'interopérabilité" in told
    assert "relire la charte" in told
    named = {row["table"] for row in json.loads(told)}
    assert named == await tables_naming(chat, ANA)


async def test_the_sums_fit_on_a_phone(chat: Chat) -> None:
    await lived(chat)
    await chat.says(ANA, "!moi données")

    told = next(said for said in chat.messages if said.room_id != chat.room)
    assert lines_of(told.text) <= 15
    assert told.lines[0] == "Ce que je garde sur vous"
    assert "- demandes d'aide\u00a0: 1, depuis le 5 janvier" in told.lines


async def test_nothing_is_erased_before_its_owner_agrees(chat: Chat) -> None:
    room = await lived(chat)
    await chat.says(ANA, "!moi oubli", room=room)
    assert "C'est définitif." in chat.last.text
    await chat.reacts(ANA, "❌", chat.last)
    await chat.passes(minutes=5)

    assert (await request(chat)).requester == ANA


async def test_once_erased_no_byte_of_the_database_names_the_person(chat: Chat) -> None:
    room = await lived(chat)
    await chat.says(ANA, "!moi oubli", room=room)
    await chat.reacts(ANA, "✅", chat.last)
    await chat.passes(minutes=2)

    assert await tables_naming(chat, NAMESAKE) == {"resource_vote"}
    assert (await request(chat)).status == "cancelled"
    async with chat.database.transaction() as tx:
        await tx.exec(delete(ResourceVote).where(col(ResourceVote.person) == NAMESAKE))
    assert await tables_naming(chat, ANA) == set()
    await chat.database.forget_log()
    file = file_of(chat.database.url)
    parts = [file, file.with_name(f"{file.name}-wal")] if file else []
    assert not any(ANA.encode() in part.read_bytes() for part in parts if part.exists())


async def test_nor_does_what_waited_for_them_in_a_chat_that_they_never_entered(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!expert {QUESTION}")
    await chat.reacts(ANA, "✅", chat.last)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await chat.says(ANA, "!moi oubli")
    await chat.reacts(ANA, "✅", chat.last)
    await chat.passes(minutes=2)

    assert await tables_naming(chat, ANA) == set()


async def test_among_people_a_bare_yes_erases_nobody(chat: Chat) -> None:
    await chat.says(ANA, "!moi oubli")
    preview = chat.last
    await chat.says(ANA, "oui")
    assert chat.last.text.endswith("Rien n'est encore fait.")
    await chat.passes(minutes=2)
    assert await tables_naming(chat, ANA) != set()

    await chat.says(ANA, "oui", reply_to=preview)
    await chat.passes(minutes=2)
    assert await tables_naming(chat, ANA) == set()


async def test_who_comes_back_is_somebody_new(chat: Chat) -> None:
    room = await lived(chat)
    await chat.says(ANA, "!moi oubli", room=room)
    await chat.reacts(ANA, "✅", chat.last)
    await chat.passes(minutes=2)
    await chat.hears(room)
    chat.forget()
    await chat.says(ANA, "!moi données")

    assert any(said.room_id not in (chat.room, room) for said in chat.messages)


async def test_no_fingerprint_computed_from_the_identifier_is_left(chat: Chat) -> None:
    await chat.says(ANA, "!moi données")
    await chat.says(ANA, "!expert devenir")
    await erases(chat, ANA)

    left = await whole(chat)
    for guess in (ANA, f"dm:{ANA}", f"dm:{ANA}:0", f"{BOT}\ndm:{ANA}:0"):
        assert hashlib.sha256(guess.encode()).hexdigest()[:40] not in left


async def test_what_was_to_be_done_later_for_them_is_not_and_for_others_is(chat: Chat) -> None:
    await chat.says(ANA, "!expert devenir")
    await chat.says(BEN, "!expert devenir")
    await erases(chat, ANA)

    items = [item for (item,) in await chat.rows("SELECT item FROM timer")]
    assert [person for person in (ANA, BEN) if any(person in item for item in items)] == [BEN]


async def test_who_asks_twice_is_erased_once_and_so_is_whoever_asks_meanwhile(chat: Chat) -> None:
    for person in (ANA, BEN, ANA):
        room = await chat.direct(person)
        await chat.says(person, "!moi oubli", room=room)
        await chat.reacts(person, "✅", chat.last)
    await chat.passes(minutes=3)

    left = await whole(chat)
    assert [person for person in (ANA, BEN) if person in left] == []


async def test_an_erasure_that_was_promised_outlives_the_process(chat: Chat) -> None:
    await volunteers(chat, ANA)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!moi oubli", room=room)
    await chat.reacts(ANA, "✅", chat.last)
    await chat.restarts()
    await chat.passes(minutes=2)

    assert ANA not in await whole(chat)
