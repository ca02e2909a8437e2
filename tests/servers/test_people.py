"""The people of the tests, on a real homeserver."""

import asyncio

import pytest

from tests.servers.people import People, Refused
from tests.servers.synapse import Synapse

pytestmark = pytest.mark.e2e


async def test_two_people_talk_react_edit_and_remove(people: People) -> None:
    claire, karim = await people.arrive("claire"), await people.arrive("karim")
    room = await claire.create_room("Numérique", invite=[karim])
    await karim.join(await karim.invited())

    question = await claire.say(room, "Bonjour", mention=[karim])
    heard = await karim.until(lambda event: event.event_id == question)
    assert (heard.body, heard.mentions, heard.msgtype) == ("Bonjour", [karim.user_id], "m.text")

    reply = await karim.say(room, "Bonsoir", reply_to=heard, formatted="<b>Bonsoir</b>", msgtype="m.notice")
    answer = await claire.answer(question)
    assert (answer.event_id, answer.msgtype, answer.html) == (reply, "m.notice", "<b>Bonsoir</b>")

    reaction = await claire.react(room, answer, "✅")
    edit = await karim.edit(room, reply, "Bonne nuit")
    removal = await claire.redact(room, reaction)
    seen = {event.event_id: event for event in await karim.count(lambda e: e.sender == claire.user_id, 3)}
    assert (seen[reaction].emoji, seen[reaction].reacts_to) == ("✅", reply)
    assert (await karim.until(lambda event: event.event_id == removal)).redacts == reaction
    assert (await claire.until(lambda event: event.event_id == edit)).replaces == reply


async def test_a_reply_in_a_thread_stands_in_the_thread(people: People) -> None:
    claire = await people.arrive("claire")
    room = await claire.create_room()
    root = await claire.say(room, "Une question")
    first = await claire.say(room, "dans le fil", thread=root)
    second = await claire.say(room, "une réponse dans le fil", thread=root, reply_to=first)
    plain = await claire.until(lambda event: event.event_id == first)
    reply = await claire.until(lambda event: event.event_id == second)
    assert (plain.thread, plain.reply_to, plain.relation["is_falling_back"]) == (root, root, True)
    assert (reply.thread, reply.reply_to, reply.relation["is_falling_back"]) == (root, first, False)


async def test_a_burst_beyond_one_answer_is_heard_without_a_gap(people: People) -> None:
    claire, karim = await people.arrive("claire"), await people.arrive("karim")
    room = await claire.create_room(invite=[karim])
    await karim.join(room)
    await karim.until(lambda e: e.state_key == karim.user_id and e.content.get("membership") == "join")
    await karim.ears.close()
    sent = [await claire.say(room, f"message {number}") for number in range(35)]
    mark = karim.mark()
    karim.ears.limit = 10
    karim.ears.resume()
    await karim.count(lambda event: event.sender == claire.user_id, 35, since=mark)
    assert [event.event_id for event in karim.heard(room, since=mark)] == sent
    assert [event.event_id for event in await karim.messages(room) if event.type == "m.room.message"] == sent


@pytest.mark.parametrize("version", ["11", "12"])
async def test_power_is_given_and_counts(people: People, version: str) -> None:
    claire, karim, ines = [await people.arrive(name) for name in ("claire", "karim", "inès")]
    room = await claire.create_room(version=version, invite=[karim, ines])
    await karim.join(room)
    await ines.join(room)
    assert (await claire.state(room, "m.room.create"))["room_version"] == version
    with pytest.raises(Refused, match="M_FORBIDDEN"):
        await karim.kick(room, ines)
    await claire.set_power(room, karim, 50)
    await karim.kick(room, ines, "au revoir")
    left = await ines.until(lambda e: e.state_key == ines.user_id and e.content["membership"] == "leave")
    assert left.content["reason"] == "au revoir"
    assert await claire.members(room) == {claire.user_id, karim.user_id}
    await karim.ban(room, ines)
    with pytest.raises(Refused):
        await claire.invite(room, ines)


async def test_an_upgraded_room_names_its_successor(people: People) -> None:
    claire = await people.arrive("claire")
    old = await claire.create_room(version="11")
    new = await claire.upgrade_room(old, "12")
    assert (await claire.state(old, "m.room.tombstone"))["replacement_room"] == new
    assert set(await claire.joined_rooms()) == {old, new}


async def test_an_encrypted_room_and_messages_to_devices(people: People) -> None:
    claire, karim = await people.arrive("claire"), await people.arrive("karim")
    room = await claire.create_room(encrypted=True, direct=True, invite=[karim])
    assert (await claire.state(room, "m.room.encryption"))["algorithm"] == "m.megolm.v1.aes-sha2"
    await claire.send_to_device("m.dummy", {karim.user_id: {"*": {"hello": 1}}})
    await claire.say(room, "arrivé")
    await karim.join(await karim.invited())
    await karim.until(lambda event: event.body == "arrivé")
    assert [message["content"] for message in karim.ears.to_device] == [{"hello": 1}]


async def test_one_transaction_id_makes_one_event(people: People) -> None:
    claire = await people.arrive("claire")
    room = await claire.create_room()
    content = {"msgtype": "m.text", "body": "une fois"}
    twice = [await claire.send_event(room, "m.room.message", content, transaction="once") for _ in range(2)]
    assert twice[0] == twice[1]


async def test_people_hear_on_after_the_homeserver_was_killed() -> None:
    async with Synapse() as own, People(own.url, own.shared_secret) as people:
        claire = await people.arrive("claire")
        room = await claire.create_room()
        await own.kill()
        assert not own.running
        await own.start()
        sent = await claire.say(room, "de retour")
        await claire.until(lambda event: event.event_id == sent, within=20)


async def test_waiting_in_vain_says_what_was_heard(people: People) -> None:
    claire = await people.arrive("claire")
    room = await claire.create_room()
    mark = claire.mark()
    await claire.say(room, "seule")
    with pytest.raises(AssertionError, match=r"claire waited 0\.5 s in vain.*seule"):
        await claire.until(lambda event: event.body == "une réponse", within=0.5, since=mark)


async def test_names_are_shown_as_they_are_written(people: People) -> None:
    ines = await people.arrive("Inès T.")
    room = await ines.create_room()
    assert ines.user_id.startswith("@ines-t.-")
    assert (await ines.state(room, "m.room.member", ines.user_id))["displayname"] == "Inès T."


async def test_somebody_logs_in_again(people: People) -> None:
    claire = await people.arrive("claire")
    first = claire.account
    await claire.log_in_again(first.device_id)
    assert claire.account.device_id == first.device_id
    assert claire.account.access_token != first.access_token
    room = await claire.create_room()
    sent = await claire.say(room, "avec un autre jeton")
    await asyncio.wait_for(claire.until(lambda event: event.event_id == sent), 10)
