"""Killed in the middle, down for a while, flooded meanwhile: every command has one answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People, Person
from tests.servers.synapse import Synapse
from tests.traffic import Found, Tally

pytestmark = pytest.mark.asyncio(loop_scope="module")
LONG = 2 * PATIENCE


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(synapse: Synapse) -> AsyncIterator[Town]:
    """A bot of this file's own, killed again and again."""
    async with People(synapse.url, synapse.shared_secret) as people, Town.founded(people, synapse.url) as town:
        await town.bot.start()
        yield town


async def test_killed_in_the_middle_of_traffic_it_answers_each_command_once(town: Town) -> None:
    claire, karim = await town.people.arrive("claire"), await town.people.arrive("karim")
    rooms = [await town.room(f"Salle {number}", members=[claire, karim]) for number in range(2)]
    tally = Tally(town.bot.user_id)

    async def talk() -> None:
        for number in range(15):
            await asyncio.gather(
                *[tally.ask(person, room, f"!doc {number}") for person in (claire, karim) for room in rooms]
            )

    async def kill() -> None:
        for answers in (3, 20):
            await tally.some_heard(town.operator, answers, within=LONG)
            await town.bot.restart()

    await asyncio.gather(talk(), kill())
    await tally.all_heard(town.operator, within=LONG)
    assert await tally.read(town.operator) == Found(asked=60, answered=60, lost=0, repeated=0)


async def test_what_was_asked_while_it_was_down_is_answered_in_order(town: Town) -> None:
    people = [await town.people.arrive(name) for name in ("claire", "karim", "inès")]
    room = await town.room(members=people)
    tally = Tally(town.bot.user_id)
    await town.bot.kill()
    for number in range(20):
        for person in people:
            await tally.ask(person, room, f"!doc {number}")
    await town.bot.start()
    await tally.all_heard(town.operator, within=LONG)
    assert await tally.read(town.operator) == Found(asked=60, answered=60, lost=0, repeated=0)
    assert [event.reply_to for event in await town.said(room) if tally.answers(event)] == list(tally.asked)


async def test_a_burst_longer_than_a_sync_leaves_no_gap(town: Town) -> None:
    claire = await town.people.arrive("claire")
    rooms = [await town.room(f"Salle {number}", members=[claire]) for number in range(2)]
    tally = Tally(town.bot.user_id)
    await town.bot.kill()
    for room in rooms:
        await tally.ask(claire, room, "!doc la première")
        await asyncio.gather(*[claire.say(room, f"On en parle {number}") for number in range(110)])
        await tally.ask(claire, room, "!doc la dernière")
    await town.bot.start()
    await tally.all_heard(town.operator, within=LONG)
    assert await tally.read(town.operator) == Found(asked=4, answered=4, lost=0, repeated=0)
    for room in rooms:
        answers = [event.reply_to for event in await town.said(room) if tally.answers(event)]
        assert answers == [event for event, place in tally.asked.items() if place == room]
    assert any(entry["event"].startswith("gap of") for entry in town.bot.log)


async def test_its_own_new_name_in_a_burst_hides_nothing(town: Town) -> None:
    """A change of name is a membership event too, and must not pass for an arrival."""
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    tally = Tally(town.bot.user_id)
    await town.bot.kill()
    await tally.ask(claire, room, "!doc avant")
    bot = Person(town.people.homeserver, "relais", town.bot.account)
    await bot.set_state(
        room, "m.room.member", {"membership": "join", "displayname": "Relais bis"}, key=town.bot.user_id
    )
    await bot.close()
    await tally.ask(claire, room, "!doc après")
    await asyncio.gather(*[claire.say(room, f"On en parle {number}") for number in range(110)])
    await town.bot.start()
    await tally.all_heard(town.operator, within=LONG)
    assert await tally.read(town.operator) == Found(asked=2, answered=2, lost=0, repeated=0)


async def test_a_reaction_made_while_it_was_down_counts(town: Town) -> None:
    claire, ines = await town.people.arrive("claire"), await town.people.arrive("inès")
    main = await town.room("Principale", community="rse", members=[ines])
    await town.operator.set_power(main, ines, 50)
    second = await town.room("Seconde", community=None, owner=claire)
    mark = ines.mark()
    await town.asks(claire, second, "!admin communauté lier rse")
    card = await ines.until(town.speaks(main), since=mark, within=PATIENCE)
    await ines.count(lambda event: event.reacts_to == card.event_id, 2, within=PATIENCE)
    await town.bot.kill()
    await ines.react(main, card, "✅")
    mark = claire.mark()
    await town.bot.start()
    await claire.until(town.speaks(second), since=mark, within=LONG)
    await town.bot.restart()
    await town.fence(claire, second)
    assert len([event for event in await town.said(second) if event.reply_to is None]) == 2
