"""Polls on a date: a few dates, one gesture for each, and the one that is chosen in the end."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.mailbox.sending.outbox import Card
from bot.meetups.tables import DatePoll, DateVote
from bot.store.database import Transaction

OPEN, CLOSED = "open", "closed"
MOST_CHOICES = 5


async def start(
    tx: Transaction,
    title: str,
    choices: list[str],
    *,
    account: str,
    community: str,
    room_id: str,
    zone: str,
    asked_by: str,
    now: datetime,
) -> DatePoll:
    """Ask for a date; `choices` are the starts, in ISO 8601 with their offset."""
    poll = DatePoll(
        account=account,
        community=community,
        room_id=room_id,
        title=" ".join(title.split()),
        zone=zone,
        choices=[{"start": choice} for choice in choices],
        asked_by=asked_by,
        created_at=now,
    )
    tx.add(poll)
    await tx.flush()
    return poll


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, move its polls to the new room."""
    await tx.exec(update(DatePoll).where(col(DatePoll.room_id) == old).values(room_id=new))


async def get(tx: Transaction, identity: int) -> DatePoll | None:
    """The poll, locked until the transaction ends."""
    return await tx.get(DatePoll, identity, with_for_update=True)


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of the poll."""
    return list(await tx.exec(select(DatePoll.community).where(DatePoll.id == int(item))))


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether the poll is open, and one of its dates still to come."""
    poll = (await tx.exec(select(DatePoll).where(DatePoll.id == int(item)))).first()
    return poll is not None and poll.status == OPEN and now < last_date(poll)


def last_date(poll: DatePoll) -> datetime:
    """The latest of its dates."""
    return max(datetime.fromisoformat(choice["start"]) for choice in poll.choices)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """A choice of which no date is left is over: who could come when is forgotten. Returns how many choices."""
    polls = (await tx.exec(select(DatePoll).where(DatePoll.status == OPEN))).all()
    over = [poll for poll in polls if last_date(poll) <= now]
    for poll in over:
        await close(tx, poll)
    return len(over)


async def vote(tx: Transaction, poll: DatePoll, person: str, choice: int) -> bool:
    """Note that the person can come on this date, counted from 1; False when they had said so."""
    return await tx.insert_new(DateVote, {"poll": poll.id, "person": person, "choice": choice})


async def unvote(tx: Transaction, poll: DatePoll, person: str, choice: int) -> bool:
    """Remove that vote; False when there was none."""
    mine = (col(DateVote.poll) == poll.id, col(DateVote.person) == person, col(DateVote.choice) == choice)
    return bool((await tx.exec(delete(DateVote).where(*mine))).rowcount)


async def has_voted(tx: Transaction, person: str) -> bool:
    """Whether a vote of this person is stored: only those of open polls are."""
    return (await tx.exec(select(DateVote.id).where(DateVote.person == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """All who voted in the open polls of a community."""
    return set(await tx.exec(select(DateVote.person).where(col(DateVote.poll).in_(_polls_of(community))).distinct()))


async def forget_votes(tx: Transaction, community: str, person: str) -> None:
    """Delete a person's votes in all polls of a community."""
    mine = (col(DateVote.person) == person, col(DateVote.poll).in_(_polls_of(community)))
    await tx.exec(delete(DateVote).where(*mine))


def _polls_of(community: str) -> SelectOfScalar[int | None]:
    return select(col(DatePoll.id)).where(DatePoll.community == community, DatePoll.status == OPEN)


async def counts(tx: Transaction, poll: DatePoll) -> Counter[int]:
    """How many can come at each date."""
    return Counter(await tx.exec(select(DateVote.choice).where(DateVote.poll == poll.id)))


async def close(tx: Transaction, poll: DatePoll) -> None:
    """Close a poll and delete its votes: the date is chosen, or none is left."""
    poll.status = CLOSED
    tx.add(poll)
    await tx.exec(delete(DateVote).where(col(DateVote.poll) == poll.id))
    await tx.flush()
