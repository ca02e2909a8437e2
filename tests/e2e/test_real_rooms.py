"""Rooms as a real homeserver has them: where the bot may not write, and what it declines at once."""

import time

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import Person

REQUEST, CANCEL = "m.key.verification.request", "m.key.verification.cancel"


async def alone_with(town: Town, person: Person) -> str:
    """A conversation that the person opens with the bot."""
    room = await person.create_room("", invite=[town.bot.user_id], direct=True)
    bot = town.bot.user_id
    await person.until(
        lambda each: (each.room_id, each.sender, each.type) == (room, bot, "m.room.member"), within=PATIENCE
    )
    return room


async def test_a_card_waits_for_the_right_to_write(own_town: Town) -> None:
    town, modo = own_town, own_town.operator
    room, alone = await town.room("Annonces"), await alone_with(town, modo)
    levels = await modo.state(room, "m.room.power_levels")
    await modo.set_state(room, "m.room.power_levels", levels | {"events_default": 50})
    preview = await town.asks(modo, alone, '!rdv nouveau "Zinnia" mardi 12 janvier 2038 14h')
    assert "Je n'ai pas le droit d'écrire dans le salon Annonces" in preview.body
    assert "pas encore annoncé" in (await town.asks(modo, alone, "oui")).body
    await town.bot.restart()
    mark = modo.mark()
    await modo.set_power(room, town.bot.user_id, 50)
    card = await modo.until(town.speaks(room), since=mark, within=PATIENCE)
    assert "Zinnia" in card.body


async def test_a_request_to_verify_the_bot_is_declined_at_once(town: Town) -> None:
    claire = await town.people.arrive("claire")
    alone = await alone_with(town, claire)
    content = {"from_device": "PHONE", "methods": ["m.sas.v1"]}
    asked = {"msgtype": REQUEST, "body": "", "to": town.bot.user_id}
    event = await claire.send_event(alone, "m.room.message", content | asked)
    ended = await claire.until(lambda each: each.type == CANCEL and each.room_id == alone, within=PATIENCE)
    assert ended.content["m.relates_to"] == {"rel_type": "m.reference", "event_id": event}

    asked_there = {"transaction_id": "t1", "timestamp": int(time.time() * 1000)}
    device = {"from_device": claire.account.device_id}
    await claire.send_to_device(REQUEST, {town.bot.user_id: {"*": content | asked_there | device}})
    for _time in range(20):
        await town.fence(claire, alone)
        if ends := [each for each in claire.ears.to_device if each["type"] == CANCEL]:
            break
    assert [each["content"]["transaction_id"] for each in ends] == ["t1"]
