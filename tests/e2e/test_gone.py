"""Somebody is banned while the bot is down: neither a notice nor their calendar is for them any more."""

import re

import aiohttp

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People, Person
from tests.servers.synapse import Synapse, free_port

NEWS = "change de date"


async def private(town: Town, person: Person) -> str:
    """A conversation that the person opened with the bot, in clear."""
    chat = await person.create_room(direct=True, invite=[town.bot.user_id])
    await person.until(lambda event: event.room_id == chat and event.state_key == town.bot.user_id, within=PATIENCE)
    return chat


async def test_who_was_banned_unseen_is_told_nothing_and_reads_no_calendar(synapse: Synapse, people: People) -> None:
    listen = f"127.0.0.1:{free_port()}"
    async with Town.founded(people, synapse.url, listen=listen, public_url=f"http://{listen}") as town:
        await town.bot.start()
        claire, karim = await people.arrive("claire"), await people.arrive("karim")
        room = await town.room(members=[claire, karim])
        chats = {person: await private(town, person) for person in (claire, karim)}
        await town.asks(town.operator, room, '!rdv nouveau "Point" demain 14h 1h visio https://visio.example.org/p')
        await town.asks(town.operator, room, "oui")
        for person in (claire, karim):
            await town.asks(person, room, "!rdv R-1 oui")
        address = re.findall(r"http\S+\.ics", (await town.asks(claire, chats[claire], "rdv ics")).body)[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as answer:
                assert "Point" in await answer.text()
            await town.bot.kill()
            await town.operator.ban(room, claire)
            await town.bot.start()
            await town.asks(town.operator, room, "!rdv R-1 déplacer à 15h")
            await town.asks(town.operator, room, "oui")
            await karim.until(lambda event: event.room_id == chats[karim] and NEWS in event.body, within=PATIENCE)
            async with session.get(address) as answer:
                assert answer.status == 404 or "Point" not in await answer.text()
        assert [event for event in await claire.messages(chats[claire]) if NEWS in event.body] == []
