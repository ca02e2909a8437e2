"""Twenty minutes among people who mean no good, while others only want an answer."""

import asyncio
import sqlite3
from contextlib import closing
from random import Random

from tests.e2e.town import Town
from tests.servers.listening import NothingOfTheKind
from tests.servers.people import Person
from tests.soak.attackers import Attackers
from tests.soak.cast import Cast, assemble
from tests.soak.trials import Result, Scale, Trial
from tests.traffic import Found

SECONDS = 20 * 60
PER_SECOND = 3.0
ASKED_EVERY = 4.0
PATIENCE = 5.0
"""Seconds within which every ordinary member is answered, whatever the others do."""
LINES = ("!ping", "!doc messagerie", "!aide", "!rdv", "!doc bilan carbone", "!moi")


async def a_hostile_crowd(town: Town, scale: Scale) -> Result:
    """20 minutes of random answers, edits, removals, invitations, tombstones and floods; others ask meanwhile."""
    cast = await assemble(town)
    seconds = scale.of(SECONDS)
    attackers = Attackers(cast, Random(seconds))
    waits: list[float] = []
    asking = [asyncio.create_task(_ask(town, person, room, seconds, waits)) for person, room in cast.ordinary]
    attacking = asyncio.create_task(_attack(attackers, seconds))
    await asyncio.gather(attacking, *asking)
    for person, room in cast.ordinary:
        await town.fence(person, room)
    leaks, seats = _leaks(cast), _seats_from_outside(cast)
    note = (
        f"{attackers.tried} attacks ({attackers.refused} refused by the homeserver), {len(leaks)} words elsewhere, "
        f"{len(seats)} signed up from outside, slowest answer {max(waits):.1f} s"
    )
    for line in [*leaks, *seats][:12]:
        note += f"\n    {line}"
    in_time = sum(wait <= PATIENCE for wait in waits)
    found = Found(len(waits), in_time, lost=len(leaks) + len(seats), repeated=_answered_twice(cast))
    return Result("a hostile crowd", found, note)


async def _attack(attackers: Attackers, seconds: float) -> None:
    clock = asyncio.get_running_loop().time
    began = clock()
    while clock() - began < seconds:
        await attackers.one()
        await asyncio.sleep(max(0.0, began + attackers.tried / PER_SECOND - clock()))


async def _ask(town: Town, person: Person, room: str, seconds: float, waits: list[float]) -> None:
    """One command at a time; `waits` gets the seconds until each answer, infinite if there was none in a minute."""
    clock = asyncio.get_running_loop().time
    began, number = clock(), 0
    while clock() - began < seconds:
        asked = clock()
        event = await person.say(room, LINES[number % len(LINES)])
        try:
            await person.answer(event, within=60)
            waits.append(clock() - asked)
        except NothingOfTheKind:
            waits.append(float("inf"))
        number += 1
        await asyncio.sleep(max(0.0, began + number * ASKED_EVERY - clock()))


def _leaks(cast: Cast) -> list[str]:
    """What the bot said of one community or person in a room of another: the word, and where."""
    return [
        f"{word} in {card.room_id}: {card.body[:80]!r}"
        for word in cast.words
        for card in cast.cards()
        if word in f"{card.body} {card.html}" and card.room_id not in cast.may_hear(word)
    ]


def _seats_from_outside(cast: Cast) -> list[str]:
    """Who has a seat or a vote in a community to which they do not belong."""
    belong = {
        community.slug: {cast.town.operator.user_id, *(person.user_id for person in community.people)}
        for community in cast.communities
    }
    seats = (
        "SELECT s.community, r.person FROM rsvp r JOIN meetup m ON m.id = r.meetup "
        "JOIN meetup_series s ON s.id = m.series WHERE r.status IN ('yes', 'maybe', 'waiting', 'offered')"
    )
    with closing(sqlite3.connect(cast.town.bot.database)) as database:
        rows = database.execute(seats).fetchall()
    return [f"{person} has a seat in {slug}" for slug, person in rows if person not in belong.get(slug, set())]


def _answered_twice(cast: Cast) -> int:
    """Commands of ordinary members that have more than one answer."""
    answered = [card.reply_to for card in cast.cards() if card.reply_to]
    asked = {
        event.event_id
        for person, room in cast.ordinary
        for event in person.heard(room)
        if event.sender == person.user_id
    }
    return sum(1 for event in asked if answered.count(event) > 1)


TRIALS: dict[str, Trial] = {"hostile": a_hostile_crowd}
