"""Mutual help in full counts: races, fairness, the time that a choice takes. `make soak` runs them."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from time import process_time

from sqlalchemy import Engine, event
from sqlmodel import select

from bot.communities import communities
from bot.help import requests as help_requests
from bot.help.offers import candidates
from bot.help.tables import HelpOffer, HelpRequest
from bot.store.database import Database, Transaction
from bot.volunteers.tables import Availability, Expert, ExpertTopic
from tests.chat import ANA, BEN, CLEO, MORNING, Chat
from tests.help.people import COMMUNITY, TOPIC, asks, made_rooms, offers, sets, volunteers

WITHIN = 0.05
"""Seconds between the two reactions of a race."""


async def races(chat: Chat, count: int) -> tuple[int, int]:
    """So many requests, each with two yeses within 50 ms: how many have one winner, and one room."""
    await volunteers(chat, BEN, CLEO)
    for person in (BEN, CLEO):
        await sets(chat, person, open_cap=count + 1, month_cap=count + 1)
    winners = rooms = 0
    for number in range(count):
        won, made = await _race(chat, number)
        winners += won
        rooms += made
    return winners, rooms


async def _race(chat: Chat, number: int) -> tuple[bool, bool]:
    chat.forget()
    before = len(made_rooms(chat))
    await asks(chat, f"@asker{number}:example.org")
    cards = offers(chat)
    assert len(cards) == 2
    delay = WITHIN * (number % 50) / 50

    async def tap(place: int) -> None:
        await asyncio.sleep(delay * place)
        await chat.reacts(cards[place].meant_for[0], "✅", cards[place])

    await asyncio.gather(tap(0), tap(1))
    async with chat.database.reading() as tx:
        accepted = (await tx.exec(select(HelpOffer).where(HelpOffer.status == "accepted"))).all()
    mine = [one for one in accepted if one.request == number + 1]
    return len(mine) == 1, len(made_rooms(chat)) - before == 1


async def fairness(chat: Chat, *, requests: int, people: int) -> tuple[int, int]:
    """Requests over equal volunteers, each resolved: largest minus smallest number of offers, and the largest."""
    crew = [f"@equal{number}:example.org" for number in range(people)]
    await volunteers(chat, *crew)
    for person in crew:
        await sets(chat, person, open_cap=requests, month_cap=requests)
    for number in range(requests):
        chat.forget()
        await asks(chat, f"@asker{number}:example.org")
        card = offers(chat)[0]
        await chat.reacts(card.meant_for[0], "✅", card)
        asker = f"@asker{number}:example.org"
        await chat.says(asker, f"!expert D-{number + 1} résolu", room=await chat.direct(asker))
        await chat.passes(minutes=1)
    async with chat.database.reading() as tx:
        counts = Counter(one.person for one in await tx.exec(select(HelpOffer)))
    return max(counts.values()) - min(counts[person] for person in crew), max(counts.values())


async def choice_time(database: Database, *, experts: int, requests: int) -> float:
    """Milliseconds of our own work to read the volunteers and choose two, the median of nine."""
    await _crowd(database, range(experts), requests)
    times = []
    async with database.reading() as tx:
        for _try in range(9):
            started = process_time()
            await _choose(tx)
            times.append((process_time() - started) * 1000)
    return sorted(times)[4]


async def statements_of_a_choice(database: Database, *, experts: int) -> int:
    """How often the database is asked to choose two, once there are so many volunteers."""
    async with database.reading() as tx:
        there = len((await tx.exec(select(Expert))).all())
    await _crowd(database, range(there, experts), requests=0 if there else 1)
    async with database.reading() as tx:
        with statements() as asked:
            await _choose(tx)
    return len(asked)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What any database is asked in this block."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


async def _choose(tx: Transaction) -> None:
    community = await communities.get(tx, COMMUNITY)
    request = await help_requests.get(tx, 1)
    assert community is not None
    assert request is not None
    choice = await candidates.next_group(tx, request, community, size=2, now=MORNING)
    assert len(choice.chosen) == 2


async def _crowd(database: Database, experts: Sequence[int], requests: int) -> None:
    """Volunteers of these numbers spread over twelve topics, and open requests with two offers each."""
    async with database.transaction() as tx:
        topics = [topic.slug for topic in await communities.topics_of(tx, COMMUNITY)]
        for number in experts:
            person = f"@e{number}:example.org"
            tx.add(Expert(community=COMMUNITY, person=person, asked_at=MORNING, own_yes=True, team_yes=True))
            tx.add(Availability(person=person))
            tx.add(ExpertTopic(community=COMMUNITY, person=person, topic=topics[number % len(topics)]))
        await tx.flush()
        for number in range(requests):
            tx.add(_request(number))
        await tx.flush()
        for number in range(requests * 2):
            tx.add(_offer(number, len(experts)))


def _request(number: int) -> HelpRequest:
    return HelpRequest(
        account="@relais:example.org",
        community=COMMUNITY,
        requester=ANA,
        room_id="!room:example.org",
        direct=True,
        source=f"$source{number}",
        text="Une question",
        topic=TOPIC,
        status="seeking",
        asked_at=MORNING - timedelta(days=number % 40),
    )


def _offer(number: int, experts: int) -> HelpOffer:
    return HelpOffer(
        request=number // 2 + 1,
        person=f"@e{(number * 7) % experts}:example.org",
        turn=1 if number > 1 else 2,
        wave=1,
        status="sent",
        carried=number % 3 == 0,
        asked_at=MORNING - timedelta(days=number % 40),
    )
