"""A homeserver behind a bad line: busy, broken, or cut off before or after it did what was asked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People
from tests.servers.proxy import Cut, Fault, Hold, Proxy, Reply, gateway_page, refusal, too_many
from tests.servers.synapse import Synapse, free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")

SYNC, SEND, MAKE, JOIN = "/sync$", "/send/m.room.message/", "/createRoom$", "/join$"
NIR = "2 69 05 49 588 157 80"
FAULTS: dict[str, Fault] = {
    "busy": too_many(200),
    "busy without a delay": too_many(None),
    "broken": refusal(500, "M_UNKNOWN"),
    "a page of the gateway": gateway_page(),
    "suspended": refusal(403, "M_USER_SUSPENDED"),
    "locked": refusal(401, "M_USER_LOCKED"),
    "consent is missing": refusal(403, "M_CONSENT_NOT_GIVEN"),
    "closed by its administrator": refusal(403, "M_RESOURCE_LIMIT_EXCEEDED"),
    "nonsense": Reply(200, "[]"),
    "cut before": Cut(),
}
LOST: dict[str, Fault] = {"cut after": Cut(after=True), "a page after": gateway_page(after=True)}
"""The homeserver did what was asked, and the bot does not know it."""


@dataclass(frozen=True, slots=True)
class Line:
    """The town, and the line between its bot and the homeserver."""

    town: Town
    proxy: Proxy
    listen: str

    async def ready(self, said: str) -> None:
        """Waits until `/ready` says this."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while True:
                async with session.get(f"http://{self.listen}/ready") as response:
                    if await response.text() == f"{said}\n":
                        return
                await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def line(synapse: Synapse) -> AsyncIterator[Line]:
    listen = f"127.0.0.1:{free_port()}"
    async with (
        Proxy(synapse.url) as proxy,
        People(synapse.url, synapse.shared_secret) as people,
        Town.founded(people, proxy.url, listen=listen) as town,
    ):
        await town.bot.start()
        yield Line(town, proxy, listen)


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def _no_rules(line: Line) -> AsyncIterator[None]:
    yield
    line.proxy.forget_rules()


async def test_a_sync_that_fails_loses_nothing(line: Line) -> None:
    town, claire = line.town, await line.town.people.arrive("claire")
    room = await town.room(community=None, owner=claire)
    asked: list[str] = []
    missed: dict[str, int] = {}
    for name, fault in FAULTS.items():
        rule = line.proxy.rule("GET", SYNC, fault, times=3)
        asked += [await claire.say(room, f"!ping {number}") for number in range(5)]
        await claire.answer(asked[-1], within=PATIENCE)
        missed |= {name: rule.befallen} if rule.befallen != 3 else {}
    await town.fence(claire, room)
    assert not missed
    assert [event.reply_to for event in await town.said(room, claire) if event.reply_to in asked] == asked


async def test_a_send_that_fails_is_made_once(line: Line) -> None:
    """Each fault befalls a room of its own, all at once."""
    town, paul = line.town, line.town.operator
    faults = FAULTS | LOST
    rooms = await asyncio.gather(*(town.room(community=None) for _ in faults))
    rules = [
        line.proxy.rule("PUT", f"{room[1:15]}.*{SEND}", fault, times=2)
        for room, fault in zip(rooms, faults.values(), strict=True)
    ]
    asked = {room: [await paul.say(room, f"!ping {number}") for number in range(3)] for room in rooms}
    for questions in asked.values():
        await paul.answer(questions[-1], within=PATIENCE)
    answers = {}
    for room in rooms:
        await town.fence(paul, room)
        answers[room] = [event.reply_to for event in await town.said(room) if event.reply_to in asked[room]]
    befallen = dict(zip(faults, (rule.befallen for rule in rules), strict=True))
    assert befallen == dict.fromkeys(faults, 2)
    assert answers == asked


async def test_a_suspended_account_is_said_and_answers_once_it_may_speak_again(line: Line) -> None:
    town, claire = line.town, await line.town.people.arrive("claire")
    room = await town.room(community=None, owner=claire)
    line.proxy.rule("PUT", SEND, refusal(403, "M_USER_SUSPENDED"), times=None)
    asked = await claire.say(room, "!ping")
    await line.ready("the homeserver has suspended the account")
    line.proxy.forget_rules()
    await claire.answer(asked, within=PATIENCE)
    await line.ready("ready")


@pytest.mark.parametrize("fault", [FAULTS["broken"], *LOST.values()], ids=["broken", *LOST])
async def test_a_direct_chat_is_made_once(line: Line, fault: Fault) -> None:
    town, karim = line.town, await line.town.people.arrive("karim")
    room = await town.room(community=None, owner=karim)
    mark = karim.mark()
    rule = line.proxy.rule("POST", MAKE, fault)
    await karim.say(room, f"{NIR} et {NIR}")
    chat = await karim.invited(within=PATIENCE, since=mark)
    await karim.join(chat)
    await karim.until(town.speaks(chat), within=PATIENCE, since=mark)
    await town.fence(karim, room)
    invitations = [event for event in karim.heard(since=mark) if event.content.get("membership") == "invite"]
    assert rule.befallen == 1
    assert {event.room_id for event in invitations} == {chat}
    assert len(await town.said(chat, karim)) == 1


@pytest.mark.parametrize("fault", [FAULTS["busy"], *LOST.values()], ids=["busy", *LOST])
async def test_an_invitation_is_accepted_once(line: Line, fault: Fault) -> None:
    rule = line.proxy.rule("POST", JOIN, fault)
    claire = await line.town.people.arrive("claire")
    room = await line.town.room(community=None, owner=claire)
    await line.town.fence(claire, room)
    assert rule.befallen == 1
    assert len([event for event in await line.town.said(room, claire) if event.reply_to is None]) == 1


async def test_a_room_that_is_slowed_down_holds_up_no_other(line: Line) -> None:
    town, claire = line.town, await line.town.people.arrive("claire")
    slow, quick = [await town.room(community=None, owner=claire) for _ in range(2)]
    line.proxy.rule("PUT", f"{slow[1:15]}.*{SEND}", too_many(3_600_000))
    held = await claire.say(slow, "!ping")
    await line.proxy.until_seen("PUT", f"{slow[1:15]}.*{SEND}", 2, within=PATIENCE)
    await town.asks(claire, quick, "!ping")
    assert not [event for event in await town.said(slow, claire) if event.reply_to == held]
    await town.bot.restart()
    await claire.answer(held, within=PATIENCE)


async def test_a_reaction_that_overtakes_its_message_is_handled(line: Line) -> None:
    """The moderator sees the card and taps it before the bot has learnt that the card was sent."""
    town = line.town
    claire, ines = await town.people.arrive("claire"), await town.people.arrive("inès")
    main = await town.room("Principale", community="gestion", members=[ines])
    await town.operator.set_power(main, ines, 50)
    second = await town.room("Seconde", community=None, owner=claire)
    hold = Hold(after=True)
    line.proxy.rule("PUT", f"{main[1:15]}.*{SEND}", hold)
    marks = ines.mark(), claire.mark()
    await claire.say(second, "!admin communauté lier gestion")
    card = await ines.until(town.speaks(main), since=marks[0], within=PATIENCE)
    await ines.react(main, card, "✅")
    await town.fence(claire, second)
    assert len(await town.said(second, claire)) == 3
    hold.release()
    await claire.until(
        lambda event: town.speaks(second)(event) and event.reply_to is None, since=marks[1], within=PATIENCE
    )


async def test_a_lost_token_is_said_and_ends_the_bot(line: Line) -> None:
    claire = await line.town.people.arrive("claire")
    room = await line.town.room(community=None, owner=claire)
    line.proxy.rule("*", "/_matrix/", refusal(401, "M_UNKNOWN_TOKEN"), times=None)
    await claire.say(room, "Bonjour")  # the sync that is held ends, and the next is asked for
    assert await line.town.bot.ended() == 1
    assert "no longer accepts the access token" in line.town.bot.printed.splitlines()[-1]
    line.proxy.forget_rules()
    await line.town.bot.start()
