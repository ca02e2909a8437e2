"""The trial of votes: a challenge with many voters on a real homeserver, and a bot that is killed again and again."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from bot.challenges.rules.challenge import Status
from tests.e2e.town import PATIENCE, Town
from tests.servers.events import Event
from tests.servers.people import Person
from tests.soak.trials import Result, Scale, Trial
from tests.traffic import Found

KILLED_EVERY: Final = 6.0
"""Seconds between two kills."""
AT_ONCE: Final = 200
EACH: Final = 3
FLOORS: Final = ("accueil", "urgences", "bloc", "pharmacie", "imagerie", "biologie", "archives", "lingerie")
TROUBLES: Final = ("badge perdu", "fax en panne", "double agenda", "stock introuvable", "planning illisible")


async def voted_under_kills(town: Town, scale: Scale) -> Result:
    """40 irritants, 12 solutions, 300 voters (200 at once, 20 who change their mind 20 times), a kill -9 every 6 s."""
    draw = Random(scale.seed)
    reporters = [await town.people.arrive(f"agent {number}") for number in range(max(12, scale.of(40)))]
    room = await town.room(public=True)
    await _all(person.join(room) for person in reporters)
    others = [await _silent(town, number) for number in range(scale.of(300) - len(reporters))]
    await _all(person.join(room) for person in others)
    cards = await _opened(town, room, reporters)
    own = dict(zip(reporters, cards, strict=False))  # a vote for it would not count
    people = (*reporters, *others)
    wishes = {person: set(draw.sample(sorted(cards.keys() - {own.get(person)}), EACH)) for person in people}
    kills = await _killing(town, _voting(room, cards, wishes, changes=scale.of(20)))
    await town.fence(town.operator, room)
    await _closed(town, room)
    await _all(person.close() for person in others)
    found = _found(town, wishes, reporters)
    return Result("votes under kills", found, f"{len(wishes)} voters, {kills} times kill -9")


async def _silent(town: Town, number: int) -> Person:
    """Somebody who votes, and listens to nobody."""
    return Person(town.people.homeserver, "", await town.people.account(f"membre {number}"))


async def _all(doing: Iterable[Awaitable[object]], *, width: int = 20) -> None:
    """So many at a time."""
    gate = asyncio.Semaphore(width)

    async def one(work: Awaitable[object]) -> None:
        async with gate:
            await work

    await asyncio.gather(*map(one, doing))


async def _confirms(town: Town, person: Person, room: str, text: str) -> None:
    preview = await town.asks(person, room, text)
    await person.say(room, "oui", reply_to=preview)
    await person.until(lambda event: event.replaces == preview.event_id, within=PATIENCE)
    await town.fence(person, room)


async def _opened(town: Town, room: str, reporters: Sequence[Person]) -> dict[int, Event]:
    """The cards of the solutions, in the vote, of a challenge that comes from an irritant of each reporter."""
    texts = [f"{trouble} ({floor})" for trouble in TROUBLES for floor in FLOORS]
    for person, text in zip(reporters, texts, strict=False):
        await _confirms(town, person, room, f"!idée irritant {text}")
    sources = " ".join(f"I-{number}" for number in range(1, len(reporters) + 1))
    until = datetime.now(UTC) + timedelta(days=20)
    opening = f'!admin défi ouvrir "Une seule saisie ?" depuis {sources} jusqu\'au {until:%d/%m/%Y}, {EACH} votes'
    await _confirms(town, town.operator, room, opening)
    for number, person in enumerate(reporters[:12]):
        await town.asks(person, room, f"!idée C-1 Solution proposée par l'agent {number}")
    await _confirms(town, town.operator, room, "!admin défi C-1 voter")
    ranked = [said for said in await town.said(room) if said.body.startswith("Solution ")]
    return {int(said.body.split()[1]): said for said in ranked if said.replaces is None}


async def _voting(room: str, cards: dict[int, Event], wishes: dict[Person, set[int]], *, changes: int) -> None:
    people = list(wishes)
    given = await asyncio.gather(*(_gives(room, person, cards, wishes[person]) for person in people[:AT_ONCE]))
    restless = list(zip(people, given, strict=False))[:20]
    await asyncio.gather(
        *(_changes(room, person, cards, events, changes) for person, events in restless),
        _all((_gives(room, person, cards, wishes[person]) for person in people[AT_ONCE:]), width=5),
    )


async def _gives(room: str, person: Person, cards: dict[int, Event], ranks: set[int]) -> dict[int, str]:
    """The reaction to each solution that they vote for."""
    return {rank: await person.react(room, cards[rank], "⭐") for rank in sorted(ranks)}


async def _changes(room: str, person: Person, cards: dict[int, Event], given: dict[int, str], times: int) -> None:
    """Takes one vote back and gives it again."""
    rank = min(given)
    for _time in range(times):
        await person.redact(room, given[rank])
        given[rank] = await person.react(room, cards[rank], "⭐")


async def _killing(town: Town, voting: Awaitable[None]) -> int:
    """Kill the bot until all have voted; returns how often."""
    work, kills = asyncio.ensure_future(voting), 0
    while not work.done():
        await asyncio.wait([work], timeout=KILLED_EVERY)
        await town.bot.kill()
        kills += 1
        town.bot.launch()
    await work
    return kills


async def _closed(town: Town, room: str) -> None:
    await _confirms(town, town.operator, room, "!admin défi C-1 clore")
    await town.bot.restart()  # so that nothing waits to be sent any more
    await town.fence(town.operator, room)


def _found(town: Town, wishes: dict[Person, set[int]], reporters: Sequence[Person]) -> Found:
    """Votes asked for and counted, by the tally that was published and by the rows that it must equal; and what those
    who reported something were written when their irritant was taken up and when the vote ended."""
    with closing(sqlite3.connect(f"file:{town.bot.database}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT s.rank, v.person FROM solution_vote v JOIN solution s ON s.id = v.solution"
        ).fetchall()
        ((tally, voted),) = database.execute("SELECT tally, voted FROM challenge").fetchall()
        written = database.execute("SELECT key FROM outbox WHERE key LIKE 'return:%'").fetchall()
    expected = {(rank, person.user_id) for person, ranks in wishes.items() for rank in ranks}
    recounted = Counter(rank for rank, _person in rows)
    assert json.loads(tally) == {str(rank): count for rank, count in sorted(recounted.items())}
    assert voted == len(wishes)
    told = Counter(key.rpartition(":")[2] for (key,) in written)
    untold = sum(abs(len(reporters) - told[end]) for end in ("opened", Status.RETAINED))
    return Found(
        asked=len(expected),
        answered=len(expected & set(rows)),
        lost=len(expected - set(rows)) + untold,
        repeated=len(rows) - len(set(rows)) + len(set(rows) - expected),
    )


TRIALS: dict[str, Trial] = {"votes": voted_under_kills}
