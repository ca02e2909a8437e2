"""Which challenges a meet-up is about, and which of its tables people chose."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.challenges.rules.challenge import Status
from bot.challenges.tables import Challenge, DayChallenge, DaySeat
from bot.meetups import meetups, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import COMING
from bot.store.database import Transaction

GIVEN_UP = "day-challenge-given-up"
"""The timer that rings once a challenge is given up."""


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables of a meet-up: its place among them, the challenge, and how many of those who come sit there."""

    rank: int
    challenge: Challenge
    people: int

    @property
    def is_open(self) -> bool:
        """Whether it can be chosen: the challenge is not given up."""
        return self.challenge.status != Status.ABANDONED


async def carry(tx: Transaction, meetup: Meetup, challenge: Challenge) -> bool:
    """The challenge is worked on at the meet-up; False if it was before."""
    return await tx.insert_new(DayChallenge, {"meetup": meetup.id, "challenge": challenge.id, "edits": 0})


async def of_meetup(tx: Transaction, meetup: Meetup) -> Sequence[Challenge]:
    """The challenges of a meet-up in the order in which they were put there, with those given up since."""
    rows = select(Challenge).join(DayChallenge, col(DayChallenge.challenge) == col(Challenge.id))
    return (await tx.exec(rows.where(DayChallenge.meetup == meetup.id).order_by(col(DayChallenge.id)))).all()


async def carried(tx: Transaction, meetup: Meetup, challenge: Challenge) -> DayChallenge | None:
    """The row that says that this challenge is worked on at this meet-up."""
    rows = select(DayChallenge).where(DayChallenge.meetup == meetup.id, DayChallenge.challenge == challenge.id)
    return (await tx.exec(rows.with_for_update())).first()


async def meetups_of(tx: Transaction, challenge: int) -> list[Meetup]:
    """The meet-ups at which a challenge is worked on."""
    numbers = (await tx.exec(select(DayChallenge.meetup).where(DayChallenge.challenge == challenge))).all()
    found = [await meetups.get(tx, number) for number in sorted(numbers)]
    return [meetup for meetup in found if meetup is not None]


async def tables(tx: Transaction, meetup: Meetup) -> Sequence[Table]:
    """The tables of a meet-up: only whoever comes has a place at one."""
    found = await of_meetup(tx, meetup)
    if not found:
        return ()
    roster = await rsvps.roster(tx, meetup)
    coming = {rsvp.person for rsvp in roster.rsvps if rsvp.status in COMING}
    people = Counter(seat.challenge for seat in await _seats(tx, meetup) if seat.person in coming)
    return [Table(rank, one, people[one.id or 0]) for rank, one in enumerate(found, 1)]


async def _seats(tx: Transaction, meetup: Meetup) -> Sequence[DaySeat]:
    return (await tx.exec(select(DaySeat).where(DaySeat.meetup == meetup.id).order_by(col(DaySeat.id)))).all()


async def seat(tx: Transaction, meetup: Meetup, person: str) -> DaySeat | None:
    """Where the person sits."""
    return next((one for one in await _seats(tx, meetup) if one.person == person), None)


async def sit(
    tx: Transaction, meetup: Meetup, challenge: Challenge, person: str, *, source: str, now: datetime
) -> None:
    """The person sits at this table and at no other; the meet-up is locked."""
    await stand(tx, meetup, person)
    values = {"challenge": challenge.id, "source": source, "chosen_at": now}
    await tx.insert_new(DaySeat, {"meetup": meetup.id, "person": person} | values)


async def stand(tx: Transaction, meetup: Meetup, person: str) -> bool:
    """The person gives their table back; False if they had none."""
    mine = (col(DaySeat.meetup) == meetup.id, col(DaySeat.person) == person)
    return bool((await tx.exec(delete(DaySeat).where(*mine))).rowcount)


async def clear(tx: Transaction, meetup: Meetup, challenge: int) -> list[str]:
    """Nobody sits at this table any more; returns who did."""
    found = [one.person for one in await _seats(tx, meetup) if one.challenge == challenge]
    these = (col(DaySeat.meetup) == meetup.id, col(DaySeat.challenge) == challenge)
    await tx.exec(delete(DaySeat).where(*these))
    return found


async def keep(tx: Transaction, row: DayChallenge) -> None:
    """Keep what changed about it."""
    tx.add(row)
    await tx.flush()


# ── those who leave, and what is old ──────────────────────────────────────────────────────────────────────


async def has_seat(tx: Transaction, person: str) -> bool:
    """Whether the person sits anywhere."""
    return (await tx.exec(select(DaySeat.id).where(DaySeat.person == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """Who sits at a table for a challenge of a community."""
    here = select(Challenge.id).where(Challenge.community == community)
    return set(await tx.exec(select(DaySeat.person).where(col(DaySeat.challenge).in_(here)).distinct()))


async def leave(tx: Transaction, person: str, *, community: str | None = None) -> None:
    """The person sits nowhere any more: in a community, or at all."""
    here = select(Challenge.id) if community is None else select(Challenge.id).where(Challenge.community == community)
    await tx.exec(delete(DaySeat).where(col(DaySeat.person) == person, col(DaySeat.challenge).in_(here)))


async def forget_seats(tx: Transaction, meetup: Meetup) -> None:
    """Who sat where is kept as long as who said that they come."""
    await tx.exec(delete(DaySeat).where(col(DaySeat.meetup) == meetup.id))


async def forget(tx: Transaction, challenges: Collection[int | None] | Any) -> None:
    """Forget all about these challenges."""
    for table in (DaySeat, DayChallenge):
        await tx.exec(delete(table).where(col(table.challenge).in_(challenges)))
