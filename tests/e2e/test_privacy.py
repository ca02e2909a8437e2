"""What the bot hears and does not keep, told by the bytes on its disk."""

from collections.abc import AsyncIterator, Callable

import pytest_asyncio

from tests.e2e.strangers import device, room_with, said_by
from tests.e2e.town import PATIENCE, Town
from tests.servers.client import Client, log_in
from tests.servers.events import Event
from tests.servers.people import Person
from tests.servers.synapse import Synapse
from tests.strict_client import StrictPerson

NIR = "2 69 05 49 588 157 80"
"""The example that INSEE prints; it belongs to nobody."""


@pytest_asyncio.fixture
async def claire(synapse: Synapse, town: Town) -> AsyncIterator[tuple[Person, StrictPerson]]:
    """Somebody with two devices: one that sees what the server shows, one that opens what is encrypted.

    The second accepts what is to be read: a strict client refuses a message from a device that it has not heard of,
    never looks again (matrix-js-sdk 43), and asks for an inviter's devices only when it joins by itself.
    """
    person = await town.people.arrive("claire")
    client = Client(synapse.url)
    reader = await StrictPerson.arrive(synapse.url, await log_in(client, person.user_id, person.account.password))
    await client.close()
    yield person, reader
    await reader.close()


async def chat_joined(person: Person, since: int) -> str:
    """The direct chat that the bot opens."""
    chat = await person.invited(within=PATIENCE, since=since)
    await person.join(chat)
    return chat


async def knows(reader: StrictPerson, town: Town) -> None:
    """Both share an encrypted room, so that the reader's client has looked at the bot's device.

    What a strict client refuses because it knows no such device, it never opens again (matrix-js-sdk,
    `UNKNOWN_SENDER_DEVICE`): without this, the test depends on which of both arrives first.
    """
    await room_with(reader, town.bot)
    await device(reader, town.bot)


def sealed_in(room: str) -> Callable[[Event], bool]:
    """Whether it is an encrypted event of this room."""
    return lambda event: event.type == "m.room.encrypted" and event.room_id == room


async def test_a_patients_number_is_answered_in_private_and_once(
    town: Town, claire: tuple[Person, StrictPerson]
) -> None:
    person, reader = claire
    room = await town.room("Numérique", members=[person])
    await knows(reader, town)
    before = len(await town.said(room))
    mark = person.mark()
    await person.say(room, f"Le dossier de {NIR} est incomplet")
    chat = await person.invited(within=PATIENCE, since=mark)
    await reader.join(chat)
    told = await reader.until(said_by(town.bot, chat), within=PATIENCE)
    await person.say(room, f"Je répète : {NIR}")
    await reader.until(lambda seen: said_by(town.bot, chat)(seen) and seen != told, within=PATIENCE)
    assert told.encrypted
    assert "Numérique" in told.body
    assert NIR not in told.body
    assert (told.content["msgtype"], told.content["m.mentions"]) == ("m.text", {})
    assert await person.members(chat) == {person.user_id, town.bot.user_id}
    await town.fence(person, room)
    assert len(await town.said(room)) == before + 1
    assert len([seen for seen in reader.seen.values() if said_by(town.bot, chat)(seen)]) == 2


async def test_nothing_of_what_was_said_is_on_the_disk(town: Town) -> None:
    """But the words of a search, a quarter of an hour long, with the list of results that can be gone on from."""
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    talk = "Mon collègue Hippolyte a encore renversé son café sur la gazinière"
    await claire.say(room, talk)
    mark = claire.mark()
    await claire.say(room, f"{NIR} tartempion")
    chat = await chat_joined(claire, mark)
    await claire.until(sealed_in(chat), within=PATIENCE)
    await town.asks(claire, room, "!ping saperlipopette")
    mark = claire.mark()
    await claire.say(room, f"!doc sécurisée {NIR} morbleu")
    await claire.until(
        lambda event: event.type == "m.room.encrypted" and event.room_id == chat, within=PATIENCE, since=mark
    )
    kept = ("Hippolyte", "gazini", "renvers", NIR, NIR.replace(" ", ""), "tartempion", "saperlipopette", "morbleu")

    def gone() -> bool:
        disk = town.bot.bytes_kept()
        return not any(word.encode() in disk for word in kept)

    await town.bot.until(gone, within=PATIENCE)
    assert room.encode() in town.bot.bytes_kept()


async def test_the_log_names_nobody_and_quotes_nothing(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    await town.asks(claire, room, "!doc messagerie cornegidouille")
    printed = town.bot.output.read_text(encoding="utf-8")
    for secret in ("cornegidouille", claire.user_id, town.bot.account.password):
        assert secret not in printed
