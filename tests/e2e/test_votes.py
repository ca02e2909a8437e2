"""A vote on a real homeserver, given and taken back while the bot is killed: no vote is lost, none counts twice."""

import asyncio
import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random

from tests.e2e.town import Town
from tests.servers.events import Event
from tests.servers.people import Person

ROUNDS = 3


def rows(town: Town, query: str) -> list[tuple[object, ...]]:
    """What the bot's database holds."""
    with closing(sqlite3.connect(f"file:{town.bot.database}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


async def confirms(town: Town, person: Person, room: str, text: str) -> None:
    preview = await town.asks(person, room, text)
    await person.say(room, "oui", reply_to=preview)
    await town.fence(person, room)


async def solution_card(town: Town, room: str, rank: int) -> Event:
    found = [said for said in await town.said(room) if said.body.startswith(f"Solution {rank} ")]
    return found[0]


async def votes(person: Person, room: str, cards: dict[int, Event], draw: Random) -> set[int]:
    """A person gives and takes back at random; returns what they vote for in the end, two at most at any time."""
    given: dict[int, str] = {}
    for _round in range(ROUNDS):
        for rank in draw.sample(list(cards), 2):
            if rank in given:
                await person.redact(room, given.pop(rank))
            elif len(given) < 2:
                given[rank] = await person.react(room, cards[rank], "⭐")
            await asyncio.sleep(draw.random() / 5)
    return set(given)


async def test_votes_given_and_taken_back_survive_kills_and_the_tally_is_the_rows(own_town: Town) -> None:
    town = own_town
    people = [await town.people.arrive(name) for name in ("claire", "karim", "lena", "omar")]
    room = await town.room(members=people)
    operator = town.operator
    until = datetime.now(UTC) + timedelta(days=20)
    opening = f'!admin défi ouvrir "Une seule saisie ?" jusqu\'au {until:%d/%m/%Y}, 2 votes, seuil 1'
    await confirms(town, operator, room, opening)
    for number in range(3):
        await town.asks(operator, room, f"!idée C-1 Solution numéro {number}")
    await confirms(town, operator, room, "!admin défi C-1 voter")
    cards = {rank: await solution_card(town, room, rank) for rank in (1, 2, 3)}

    async def kill() -> None:
        for pause in (0.3, 0.6):
            await asyncio.sleep(pause)
            await town.bot.restart()

    draws = [votes(person, room, cards, Random(place)) for place, person in enumerate(people)]
    chosen, _killed = await asyncio.gather(asyncio.gather(*draws), kill())
    await town.fence(operator, room)
    expected = {(rank, person.user_id) for person, ranks in zip(people, chosen, strict=True) for rank in ranks}
    counted = rows(town, "SELECT s.rank, v.person FROM solution_vote v JOIN solution s ON s.id = v.solution")
    assert Counter(counted) == Counter(expected)

    await confirms(town, operator, room, "!admin défi C-1 clore")
    ((tally, voted),) = rows(town, "SELECT tally, voted FROM challenge")
    assert json.loads(str(tally)) == {str(rank): sum(one == rank for one, _who in expected) for rank in (1, 2, 3)}
    assert voted == len({who for _rank, who in expected})
    results = [said for said in await town.said(room) if said.body.startswith("Résultat du défi")]
    assert len(results) == 1
