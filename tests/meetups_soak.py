"""What meet-ups promise under load and under the power cut: small counts in the tests, full ones in soak and bench."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlmodel import select

from bot.errors import TryLater
from bot.mailbox.tables import DirectChat, Timer
from bot.matrix.sender import Sender
from bot.meetups import meetups, reminder_timers, reminders, rsvps
from bot.meetups.rules.rsvp import Roster, Status
from bot.meetups.tables import RsvpRow
from bot.store import schema
from bot.store.database import Database
from tests.chat import ANA, Chat, Said
from tests.commands.meetups import card_now, flat, publishes
from tests.homeserver import BOT
from tests.meetups.published import published

NEVER = 3600.0
T = TypeVar("T")


class Died(BaseException):
    """The process ends here."""


# ── the power cut ─────────────────────────────────────────────────────────────────────────────────────────


async def killed_between_due_and_sent(chat: Chat, times: int) -> Counter[str]:
    """As many reminders as power cuts, each at one of three points; returns how often each reminder was read."""
    for number in range(times):
        async with chat.database.transaction() as tx:
            await reminders.schedule(
                tx,
                chat.timers,
                account=BOT,
                owner=ANA,
                room_id=chat.room,
                text=f"n{number}",
                language="fr",
                zone="Europe/Paris",
                due_at=chat.now + timedelta(minutes=1),
                now=chat.now,
            )
        chat.now += timedelta(minutes=1)
        await (_before_it_is_kept, _before_it_is_sent, _before_it_is_known_to_be_sent)[number % 3](chat)
        await chat.restarts()
        await chat.passes(seconds=1)
    said = [said.text for said in chat._everything() if said.room_id == chat.room and ": n" in said.text]
    return Counter(text.rpartition(" ")[2] for text in said)


async def _before_it_is_kept(chat: Chat) -> None:
    alarms = cast(Any, chat.engine.alarms)
    act = alarms._act

    async def dies(*args: Any) -> None:
        await act(*args)
        raise Died

    alarms._act = dies
    try:
        await chat.engine.alarms.drain()
    except Died:
        return
    raise AssertionError("nothing was due")


async def _before_it_is_sent(chat: Chat) -> None:
    reached = asyncio.Event()

    class Mute:
        async def work(self, lane: str) -> float:
            reached.set()
            return NEVER

    chat._sender = cast(Sender, Mute())
    await chat.engine.alarms.drain()
    await asyncio.wait_for(reached.wait(), 5)


async def _before_it_is_known_to_be_sent(chat: Chat) -> None:
    reached = asyncio.Event()
    request = chat.homeserver.request

    async def answers_nobody(method: str, path: str, *args: Any, **more: Any) -> Any:
        await request(method, path, *args, **more)
        reached.set()
        raise TryLater(504, "M_UNKNOWN", retry_after=NEVER)

    cast(Any, chat.homeserver).request = answers_nobody
    try:
        await chat.engine.alarms.drain()
        await asyncio.wait_for(reached.wait(), 5)
    finally:
        cast(Any, chat.homeserver).request = request


# ── many people ───────────────────────────────────────────────────────────────────────────────────────────


async def answers_at_once(chat: Chat, people: int, places: int) -> tuple[Roster, str]:
    """Everybody says yes in one turn of the sync; returns the roster and the card."""
    card = await publishes(chat, f'!rdv nouveau "Atelier" mardi 19 janvier 14h {places} places')
    for number in range(people):
        person = f"@p{number:03}:example.org"
        chat.homeserver.member(chat.room, person)
        relation = {"rel_type": "m.annotation", "event_id": card.event_id, "key": "✅"}
        sent_at = int(chat.now.timestamp() * 1000) + number
        chat.homeserver.event(chat.room, "m.reaction", person, {"m.relates_to": relation}, origin_server_ts=sent_at)
    await chat.hears(chat.room)
    return await _roster(chat), card_now(chat, card)


async def toggles(chat: Chat, times: int) -> tuple[Roster, set[str]]:
    """One person puts a gesture and takes it back; returns the roster and the kinds of private timers left."""
    card = await publishes(chat, '!rdv nouveau "Atelier" mardi 19 janvier 14h 5 places')
    for number in range(times):
        reaction = await chat.reacts(ANA, "✅🤔❌"[number % 3], card)
        await chat.redacts(ANA, reaction)
    async with chat.database.reading() as tx:
        left = await chat.timers.due(tx, now=chat.now + timedelta(days=60))
    return await _roster(chat), {timer.kind for timer in left} & {
        reminder_timers.EVE,
        reminder_timers.SOON,
        reminder_timers.OWN,
        reminder_timers.HOLD,
    }


async def _roster(chat: Chat) -> Roster:
    async with chat.database.reading() as tx:
        meetup = await meetups.get(tx, 1)
        assert meetup is not None
        return await rsvps.roster(tx, meetup)


# ── all at the same minute ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Burst:
    """Seconds from the moment when all were due; `usual` and `meanwhile` are those of a command elsewhere."""

    sent: int
    p50: float
    p99: float
    usual: float
    meanwhile: float


async def due_the_same_minute(chat: Chat, count: int, *, seed: int = 1) -> Burst:
    """So many people are reminded of one meet-up at the same instant, while somebody asks something elsewhere."""
    await _crowd(chat, count)
    other = await chat.opens("!rse:example.org", community="rse")
    usual = [await _asked(chat, other) for _ in range(21)]
    chat.forget()
    chat.now += timedelta(days=60)
    chat.now = await _soon(chat)
    began, arrived = time.perf_counter(), list[float]()
    request = chat.homeserver.request

    async def noted(method: str, path: str, *args: Any, **more: Any) -> Any:
        answer = await request(method, path, *args, **more)
        if method == "PUT" and ("!direct" in path or "%21direct" in path):
            arrived.append(time.perf_counter() - began)
        return answer

    cast(Any, chat.homeserver).request = noted
    drain = asyncio.create_task(_drain(chat))
    meanwhile, chance = list[float](), random.Random(seed)
    while not drain.done():
        await asyncio.sleep(chance.uniform(0.05, 0.3))
        meanwhile.append(await _asked(chat, other, idle=False))
    await drain
    await chat.settles()
    arrived.sort()
    return Burst(
        sent=len(arrived),
        p50=arrived[len(arrived) // 2],
        p99=arrived[int(len(arrived) * 0.99)],
        usual=sorted(usual)[len(usual) // 2],
        meanwhile=sorted(meanwhile)[len(meanwhile) // 2],
    )


async def _drain(chat: Chat) -> None:
    await chat.engine.alarms.drain()


async def _soon(chat: Chat) -> Any:
    async with chat.database.reading() as tx:
        due = await tx.exec(select(Timer.due_at).where(Timer.kind == reminder_timers.SOON).limit(1))
        found = due.first()
    assert found is not None
    return found


async def _crowd(chat: Chat, count: int) -> None:
    """Members who said yes, each with a direct chat and the timer of the last reminder."""
    meetup = (await published(chat, '"Atelier" mardi 19 janvier 14h visio https://visio.example.org/a'))[0]
    people = [f"@crowd{number}:example.org" for number in range(count)]
    for number, person in enumerate(people):
        chat.homeserver.member(chat.room, person)
        room = chat.homeserver.create(f"!direct{number}:example.org", BOT)
        chat.homeserver.member(room.room_id, BOT)
    await chat.hears(chat.room)
    async with chat.database.transaction() as tx:
        for number, person in enumerate(people, 1):
            tx.add(RsvpRow(meetup=meetup.id, person=person, status="yes", ranked_at=chat.now, ranked_by=str(number)))
            tx.add(DirectChat(account=BOT, person=person, room_id=f"!direct{number - 1}:example.org"))
        await tx.flush()
        for number, _person in await rsvps.numbers(tx, meetup, Status.YES):
            due = meetup.start - timedelta(minutes=15)
            tx.add(Timer(account=BOT, kind=reminder_timers.SOON, item=str(number), due_at=due))


async def _asked(chat: Chat, room: str, *, idle: bool = True) -> float:
    """Seconds until a command is answered."""
    before = len(chat.homeserver.rooms[room].timeline)
    began = time.perf_counter()
    relation = {"msgtype": "m.text", "body": "!ping"}
    chat.homeserver.event(room, "m.room.message", ANA, relation)
    hearing = asyncio.create_task(chat.hears(room))
    while len(chat.homeserver.rooms[room].timeline) < before + 2:
        await asyncio.sleep(0.001)
    took = time.perf_counter() - began
    if idle:
        await hearing
    else:
        _later.add(hearing)
        hearing.add_done_callback(_later.discard)
    return took


_later: set[asyncio.Task[None]] = set()


# ── down before the start ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Outage:
    """Down from two hours to half an hour before: `card` is read when the bot is back, the rest is what people got."""

    card: str
    late: Counter[str]
    last: Counter[str]
    after_the_start: int


async def down_before_the_start(chat: Chat, people: int) -> Outage:
    """As many said yes and rang the bell before as say yes while nobody listens; the bell is due in between."""
    card = await publishes(chat, '!rdv nouveau "Atelier" mardi 19 janvier 14h')
    crowd = [f"@p{number:03}:example.org" for number in range(2 * people)]
    for person in crowd:
        chat.homeserver.member(chat.room, person)
    await _all_react(chat, card, crowd[:people], "✅", "🔔")
    start = datetime(2027, 1, 19, 13, tzinfo=UTC)
    await chat.passes(seconds=(start - timedelta(hours=2) - chat.now).total_seconds())
    chat.forget()
    chat.now = start - timedelta(minutes=30)
    await chat.restarts()
    await _all_react(chat, card, crowd[people:], "✅")
    await chat.passes(seconds=0)
    shown, late = card_now(chat, card), _told(chat, "commence dans 30 minutes")
    chat.forget()
    await chat.passes(minutes=29)
    last = _told(chat, "commence dans 15 minutes")
    chat.forget()
    chat.now = start
    await chat.restarts()
    await chat.passes(minutes=50)
    return Outage(shown, late, last, len(chat.messages))


async def _all_react(chat: Chat, card: Said, people: Sequence[str], *emoji: str) -> None:
    for person in people:
        for sign in emoji:
            relation = {"rel_type": "m.annotation", "event_id": card.event_id, "key": sign}
            chat.homeserver.event(chat.room, "m.reaction", person, {"m.relates_to": relation})
    await chat.hears(chat.room)


def _told(chat: Chat, words: str) -> Counter[str]:
    """How often each person read these words in private."""
    return Counter(said.meant_for[0] for said in chat.messages if said.meant_for and words in flat(said.text))


# ── with a database of its own ────────────────────────────────────────────────────────────────────────────


async def in_a_new_chat(trial: Callable[[Chat], Awaitable[T]]) -> T:
    """What a trial returns in rooms of its own, kept in a file as a real bot keeps them."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'relais.sqlite')}")
        await schema.migrate(database)
        try:
            async with Chat(database) as chat:
                return await trial(chat)
        finally:
            await database.close()
