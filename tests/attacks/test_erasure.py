"""What is still there after an erasure, and what others learn or lose by one."""

import json
from typing import Any, cast

import pytest
from sqlmodel import col, select

from bot.errors import Refused
from bot.events.messages import Message
from bot.events.sync_batch import SyncBatch
from bot.events.text import Text
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.tables import DirectChat, InboxEvent, Reaction
from bot.matrix.api import Api
from bot.matrix.sync import Sync
from bot.meetups import notes
from bot.meetups.meetups import Meetup
from bot.meetups.tables import MeetupNote
from bot.privacy import privacy
from bot.resources import resources
from bot.resources.resources import Draft
from bot.resources.tables import Resource
from tests.attacks import attack
from tests.attacks.gone import seats
from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.commands.meetups import card_now
from tests.dispatch.test_direct_chats import another
from tests.help.test_own_data import erases, whole
from tests.homeserver import BOT
from tests.meetups.published import published
from tests.test_privacy_schema import hands

GONE = "(personne effacée)"
LINK = "https://matrix.to/#/%40ana%3Aexample.org"


async def asks_for_data(chat: Chat, person: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The lines and the rows of the files that the person gets."""
    room, before = await chat.direct(person), len(chat.homeserver.files)
    await chat.says(person, "!moi données", room=room)
    files = [json.loads(file) for file in chat.homeserver.files[before:]]
    return chat.messages[-1].lines, [row for file in files for row in file]


def invited(chat: Chat, room_id: str, by: str) -> SyncBatch:
    """What a sync makes of an invitation as Synapse sends it."""

    async def nothing(_of: object) -> None: ...

    sync = Sync(cast(Api, chat.homeserver), chat._rooms, me=BOT, take=nothing, decrypt=nothing)
    mine: dict[str, Any] = {"type": "m.room.member", "state_key": BOT, "sender": by, "event_id": "$invites"}
    mine |= {"content": {"membership": "invite"}, "origin_server_ts": 1_799_000_000_000}
    return sync._batch(
        {"next_batch": "s9", "rooms": {"invite": {room_id: {"invite_state": {"events": [mine]}}}}}, first=False
    )


async def noted(chat: Chat, meetup: Meetup, *texts: str) -> None:
    async with chat.database.transaction() as tx:
        for text in texts:
            await notes.add(tx, meetup, notes.ACTION, text, author=BEN, source=f"${text}", now=chat.now)


async def notes_of(chat: Chat) -> list[str]:
    async with chat.database.reading() as tx:
        return [note.text for note in await tx.exec(select(MeetupNote).order_by(col(MeetupNote.id)))]


async def proposed(chat: Chat, *urls: str) -> None:
    async with chat.database.transaction() as tx:
        for url in urls:
            await resources.propose(tx, "numerique", Draft(title=f"Écrire à {ANA}", url=url), by=BEN)


@attack(
    who="who reads the database",
    tries="finds an erased person in the key of an invitation",
    instead="the key names nobody, and the same invitation is known again after a restart",
)
async def test_the_key_of_an_invitation(chat: Chat) -> None:
    chat.homeserver.create("!new:example.org", ANA)
    batch = invited(chat, "!new:example.org", ANA)
    await chat.engine.intake.take(batch)
    await chat.settles()
    await erases(chat, ANA)

    assert ANA not in await whole(chat)
    await chat.restarts()
    await chat.engine.intake.take(batch)
    await chat.settles()
    async with chat.database.reading() as tx:
        invitations = (await tx.exec(select(InboxEvent).where(InboxEvent.room_id == "!new:example.org"))).all()
    assert len([row for row in invitations if row.kind == "invitation"]) == 1


@attack(
    who="a colleague",
    tries="confirms a preview that quotes somebody erased meanwhile",
    instead="it is published with “(erased person)” in their place",
)
async def test_the_preview_of_somebody_else(chat: Chat) -> None:
    await chat.says(MODO, f'!rdv nouveau "Point avec {ANA}" mardi 19 janvier 14h 1h')
    await erases(chat, ANA)

    assert ANA not in await whole(chat)
    await chat.says(MODO, "oui")
    assert f"Point avec {GONE}" in "\n".join(chat.texts)


@attack(
    who="an operator",
    tries="says yes to the appointment of somebody erased meanwhile",
    instead="is told that it was not done, and no row is made",
)
async def test_an_appointment_that_waited_for_yes(chat: Chat) -> None:
    await chat.says(BOSS, f"!admin équipe ajouter {ANA} modérateur")
    preview = chat.last
    await erases(chat, ANA)
    await chat.reacts(BOSS, "✅", preview)

    assert "a fait effacer ses données" in chat.last.text
    assert await chat.rows("SELECT * FROM appointment") == []


@attack(
    who="who makes the minutes",
    tries="has the lines of a meet-up shown again",
    instead="the erased person's identifier, its short form and a link to them are gone from the lines",
)
async def test_the_notes_of_a_meetup(chat: Chat) -> None:
    [meetup] = await published(chat, '"Café DPI" demain 14h 1h')
    await noted(chat, meetup, f"Relire avec {ANA}.", "@ana relit, merci @ana.", f"Voir {LINK}", f"{ANA}.fr relit")
    await erases(chat, ANA)

    assert await notes_of(chat) == [
        f"Relire avec {GONE}.",
        f"{GONE} relit, merci {GONE}.",
        f"Voir https://matrix.to/#/{GONE}",
        f"{ANA}.fr relit",
    ]
    await chat.says(MODO, "!rdv R-1 cr")
    assert "avec @ana:example.org." not in chat.last.text


@attack(
    who="a namesake on another server",
    tries="has themselves erased to have “@ana” taken out of everybody's lines",
    instead="the short form means only whoever is on the bot's own server",
)
async def test_a_namesake_on_another_server(chat: Chat) -> None:
    stranger = "@ana:elsewhere.example"
    [meetup] = await published(chat, '"Café DPI" demain 14h 1h')
    await noted(chat, meetup, "@ana relit", f"{stranger} aussi")
    await chat.opens("!mixed:example.org", members=(stranger, BEN))
    await erases(chat, stranger)

    assert await notes_of(chat) == ["@ana relit", f"{GONE} aussi"]


@attack(
    who="a colleague",
    tries="keeps somebody erased in the words of an own reminder",
    instead="the reminder comes with “(erased person)”",
)
async def test_a_reminder_of_somebody_else(chat: Chat) -> None:
    room = await chat.direct(BEN)
    await chat.says(BEN, f"!rappel demain 14h appeler {ANA}", room=room)
    await erases(chat, ANA)
    chat.forget()
    await chat.passes(days=2)

    assert any(f"appeler {GONE}" in text for text in chat.texts)


@attack(
    who="a member",
    tries="proposes an address that leads to somebody erased",
    instead="the resource is found no more, its words and its index forget them",
)
async def test_a_link_to_the_person_as_a_resource(chat: Chat) -> None:
    await proposed(chat, LINK)
    await erases(chat, ANA)

    assert LINK not in await whole(chat)
    async with chat.database.reading() as tx:
        found = (await tx.exec(select(Resource).where(Resource.owner == BEN))).one()
    assert (found.state, found.title) == (resources.ARCHIVED, f"Écrire à {GONE}")


@attack(
    who="a member",
    tries="proposes the same link in two spellings, so that an erasure would make two equal rows",
    instead="the erasure ends, each with another pseudonym",
)
async def test_two_spellings_that_must_stay_apart(chat: Chat) -> None:
    await proposed(chat, LINK, f"https://matrix.to/#/{ANA}", LINK.replace("%3A", "%3a"))
    await erases(chat, ANA)

    left = await whole(chat)
    assert [name for name in (ANA, "%40ana") if name in left] == []


@attack(
    who="somebody curious",
    tries="asks for their data to read what others write of them",
    instead="is told where they are named, without a word of it",
)
async def test_the_words_of_others(chat: Chat) -> None:
    room = await chat.direct(BEN)
    await chat.says(BEN, f"!rappel demain 14h signaler les retards de {ANA}", room=room)
    lines, rows = await asks_for_data(chat, ANA)

    assert any(line.startswith("- textes d'autres qui vous citent\u00a0: 1") for line in lines)
    assert [row["table"] for row in rows if "row" not in row] == ["reminder"]
    assert "retards" not in str(rows)


@attack(
    who="a member of whom much is kept",
    tries="asks for it: 200 kB and 2 MB of rows",
    instead="few lines, and every row in files of half a megabyte at most",
)
async def test_much_data(chat: Chat) -> None:
    for count, files in ((400, 1), (4000, 4)):
        async with chat.database.transaction() as tx:
            for number in range(count):
                row = {
                    "account": BOT,
                    "event_id": f"${count}-{number}",
                    "room_id": chat.room,
                    "target": "$1",
                    "sender": ANA,
                }
                await tx.insert_new(Reaction, row | {"emoji": "é" * 150})
        before = len(chat.homeserver.files)
        lines, rows = await asks_for_data(chat, ANA)
        made = chat.homeserver.files[before:]
        assert len(lines) <= 15
        assert len([row for row in rows if row["table"] == "reaction"]) >= count
        assert len(made) >= files
        assert all(len(file) <= 500_010 for file in made)


@attack(
    who="a member",
    tries="asks in a room for all that is kept",
    instead="the room reads one sentence; lines and file go to the direct chat",
)
async def test_asked_in_a_room(chat: Chat) -> None:
    await chat.says(ANA, "!moi données")

    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]
    assert chat.files
    assert chat.room not in {said.room_id for said in chat.files}


@attack(
    who="a server",
    tries="takes no file of this size",
    instead="the lines arrive, and one sentence says in private that the file does not",
)
async def test_a_server_that_takes_no_file(chat: Chat) -> None:
    room = await chat.direct(ANA)

    def refuse(_method: str, path: str) -> None:
        if path.endswith("/upload"):
            raise Refused(413, "M_TOO_LARGE")

    chat.homeserver.refuse = refuse
    chat.forget()
    await chat.says(ANA, "!moi données", room=room)

    assert chat.files == []
    assert [said.room_id for said in chat.messages] == [room, room]
    assert chat.last.text.startswith("Le serveur n'a pas accepté le fichier")


@attack(
    who="an erased person",
    tries="is in a message to others that has not left yet",
    instead="it leaves without the identifier and rings nobody of that name",
)
async def test_a_message_to_others_that_waits(chat: Chat) -> None:
    quiet = Outbox(BOT, "DEVICE", lambda _lane: None)
    async with chat.database.transaction() as tx:
        message = Message(Text.of(f"Vu avec {ANA}."), rings=True, mentioned=(ANA, BEN))
        await quiet.say(tx, message, key="waits", to=chat.room, now=chat.now)
    await erases(chat, ANA)
    chat.outgoing.wake(chat.room)
    await chat.settles()
    said = next(said for said in chat.messages if "Vu avec" in said.text)
    assert said.text == f"Vu avec {GONE}."
    assert said.meant_for == [BEN]


@attack(
    who="a slow server",
    tries="makes the direct chat with somebody while they are erased",
    instead="the new room is nobody's: they are not written down again",
)
async def test_a_direct_chat_that_is_made_meanwhile(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = chat.homeserver.request

    async def slow(method: str, path: str, *given: Any, **named: Any) -> Any:
        if path.endswith("/createRoom"):
            async with hands(chat) as own:
                await privacy.erase(own, ANA)
        return await ask(method, path, *given, **named)

    monkeypatch.setattr(chat.homeserver, "request", slow)
    await chat.says(ANA, "!moi données")

    async with chat.database.reading() as tx:
        assert not (await tx.exec(select(DirectChat))).all()
    assert ANA not in await whole(chat)


@attack(
    who="an erased person",
    tries="goes on talking in a room in which they had been asked something",
    instead="nothing of it is taken for an answer, nor written down",
)
async def test_who_was_listened_to(chat: Chat) -> None:
    await chat.says(ANA, "!doc messagerie")
    await erases(chat, ANA)
    await chat.says(ANA, "2")

    assert ANA not in await whole(chat)


@attack(
    who="whoever reads the card of a meet-up",
    tries="sees that somebody erased still has the last seat",
    instead="the card shows who has it now",
)
async def test_the_seat_of_an_erased_person(chat: Chat) -> None:
    card = await seats(chat, ANA, BEN)
    assert "en liste d'attente" in card_now(chat, card)
    await erases(chat, ANA)
    await chat.passes(minutes=1)

    assert "1 place prise sur 1 (R-" in card_now(chat, card)


@attack(
    who="an erased person",
    tries="has talked with the bot in two conversations",
    instead="the bot leaves both, and keeps neither",
)
async def test_somebody_with_two_conversations(chat: Chat) -> None:
    rooms = [await chat.direct(ANA), await another(chat, ANA)]
    await erases(chat, ANA)
    for room in rooms:
        chat.outgoing.wake(room)
    await chat.settles()
    assert [BOT in chat.homeserver.members(room) for room in rooms] == [False, False]
    assert ANA not in await whole(chat)
