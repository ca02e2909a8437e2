"""What people thought of a meet-up: two yes-or-no questions, asked at most once a month, shown only as numbers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select

from bot.communities.figures.figures import Tally
from bot.mailbox.sending.outbox import Card
from bot.meetups import meetups
from bot.meetups.meetups import Meetup
from bot.meetups.tables import MeetupOpinion
from bot.store.database import Transaction

ASKED_EVERY = timedelta(days=30)


async def ask(tx: Transaction, meetup: Meetup, person: str, *, now: datetime) -> int | None:
    """Remember that the person is asked; None when they were asked too short a time ago, or about this already."""
    recent = select(MeetupOpinion.id).where(
        MeetupOpinion.person == person, col(MeetupOpinion.asked_at) > now - ASKED_EVERY
    )
    if (await tx.exec(recent)).first() is not None:
        return None
    row = {"meetup": meetup.id, "person": person, "asked_at": now}
    if not await tx.insert_new(MeetupOpinion, row):
        return None
    mine = select(MeetupOpinion.id).where(MeetupOpinion.meetup == meetup.id, MeetupOpinion.person == person)
    return (await tx.exec(mine)).first()


async def last_asked(tx: Transaction, person: str) -> datetime | None:
    """When the person was last asked about a meet-up."""
    return (await tx.exec(select(func.max(MeetupOpinion.asked_at)).where(MeetupOpinion.person == person))).first()


async def get(tx: Transaction, identity: int, *, person: str) -> MeetupOpinion | None:
    """An opinion, if it is this person's: nobody answers for another."""
    found = await tx.get(MeetupOpinion, identity, with_for_update=True)
    return found if found is not None and found.person == person else None


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of the meet-up that is asked about."""
    asked = (await tx.exec(select(MeetupOpinion.meetup).where(MeetupOpinion.id == int(item)))).first()
    return await meetups.belongs_to(tx, asked) if asked is not None else ()


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether an answer is still accepted: until the person may be asked again."""
    asked = (await tx.exec(select(MeetupOpinion.asked_at).where(MeetupOpinion.id == int(item)))).first()
    return asked is not None and now < asked + ASKED_EVERY


async def keep(tx: Transaction, opinion: MeetupOpinion) -> None:
    """Store the answers."""
    tx.add(opinion)
    await tx.flush()


async def tally(tx: Transaction, community: str) -> Tally:
    """What people thought of a community's meet-ups."""
    here = col(MeetupOpinion.meetup).in_(meetups.ids_of(community))
    answers = [
        count
        for question in (col(MeetupOpinion.went_well), col(MeetupOpinion.was_useful))
        for count in (func.coalesce(func.sum(case((question.is_(True), 1), else_=0)), 0), func.count(question))
    ]
    sums: Any = select(func.count(), *answers).select_from(MeetupOpinion).where(here)
    asked, well, of_well, useful, of_useful = (await tx.exec(sums)).one()
    return Tally(asked, (well, of_well), (useful, of_useful))
