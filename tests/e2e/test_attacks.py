"""Attacks that only a real homeserver shows."""

import hashlib

from tests.e2e.bot_process import BotProcess
from tests.e2e.test_invitations import membership
from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People
from tests.servers.synapse import Synapse, Wishes

# A private room may not be made at once, and everything else may.
ONE_ROOM = {"rc_room_creation": {"per_second": 0.2, "burst_count": 1}}
NIR = "NIR 2 69 05 49 588 157 80"


async def test_a_strangers_room_is_not_taken_for_one_that_could_not_be_made_at_once() -> None:
    async with (
        Synapse(Wishes(more=ONE_ROOM)) as server,
        People(server.url, server.shared_secret) as people,
    ):
        claire, mallory, paul = [await people.arrive(name) for name in ("claire", "mallory", "paul")]
        account = await people.account("relais")
        async with BotProcess(server.url, account, operators=paul.user_id) as bot:
            town = Town(people, paul, bot)
            room = await town.room(members=[claire, mallory])
            guess = hashlib.sha256(f"{bot.user_id}\ndm:{claire.user_id}:0".encode()).hexdigest()[:40]
            trap = await mallory.create_room("Piège", invite=[bot.user_id], content={"relais.room": guess})
            await town.arrival(trap, mallory)
            mark = claire.mark()
            await mallory.say(room, NIR)
            await claire.say(room, NIR)
            invited = await claire.until(
                lambda event: membership(event, claire.user_id) == "invite", since=mark, within=PATIENCE
            )
            await claire.join(invited.room_id)
            await claire.until(town.speaks(invited.room_id), within=PATIENCE)
            assert invited.sender == bot.user_id
            assert len(await town.said(trap, mallory)) == 1


async def test_a_moderators_tombstone_moves_nothing(own_town: Town) -> None:
    town = own_town
    karim = await town.people.arrive("karim")
    levels = {"events": {"m.room.tombstone": 50}}
    room = await town.room(members=[karim], power_levels=levels, community="rse")
    await town.operator.set_power(room, karim, 50)
    predecessor = {"predecessor": {"room_id": room, "event_id": "$last"}}
    mark = town.operator.mark()
    own = await karim.create_room("À moi", invite=[town.bot.user_id], content=predecessor)
    await town.arrival(own, karim)
    await karim.set_state(room, "m.room.tombstone", {"body": "", "replacement_room": own})
    told = await town.operator.until(town.speaks(room), since=mark, within=PATIENCE)
    assert "Seule une personne qui administre le salon principal peut le déplacer." in told.body
    await karim.say(own, "!doc messagerie")
    await town.fence(karim, own)
    assert not any("https://" in event.body for event in await town.said(own, karim))


async def test_a_room_that_was_made_without_the_bots_knowing_is_found_by_its_first_event(synapse: Synapse) -> None:
    """Its key is in the first event, and who made the room stands beside it."""
    async with People(synapse.url, synapse.shared_secret) as people:
        claire = await people.arrive("claire")
        room = await claire.create_room("Salle", direct=True, content={"relais.room": "key"})
        page = await claire.client.get(f"/_matrix/client/v3/rooms/{room}/messages?dir=f&limit=1")
    [first] = page["chunk"]
    assert (first["type"], first["sender"]) == ("m.room.create", claire.user_id)
    assert first["content"]["relais.room"] == "key"
