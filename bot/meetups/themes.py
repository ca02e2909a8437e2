"""The themes of a meet-up, chosen together until a date: asked, voted on, counted once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.mailbox.sending.outbox import Card
from bot.mailbox.timers import Timers
from bot.meetups import meetups
from bot.meetups.meetups import Meetup
from bot.meetups.rules import themes as rules
from bot.meetups.tables import ThemePoll, ThemeVote
from bot.store.database import Transaction

OPEN, CLOSED, DROPPED = "open", "closed", "dropped"
END = "rdv-themes-end"
"""The timer: no more votes are taken."""
ON_THE_WAY = timedelta(minutes=1)
"""After its last instant it is counted no sooner: what was sent before may not have reached us."""


async def ask(
    tx: Transaction, timers: Timers, meetup: Meetup, choices: Sequence[str], *, until: datetime, by: str, now: datetime
) -> ThemePoll:
    """Ask which themes people want; the meet-up is locked, and has not asked yet."""
    poll = ThemePoll(meetup=meetup.id, choices=list(choices), until=until, asked_by=by, created_at=now)
    await keep(tx, poll)
    await arm(tx, timers, meetup, poll)
    return poll


async def arm(tx: Transaction, timers: Timers, meetup: Meetup, poll: ThemePoll) -> None:
    """Set the timer of its end, which a move of the meet-up may bring forward."""
    await timers.set(tx, END, str(poll.id), due_at=ends_at(poll, meetup) + ON_THE_WAY)


def ends_at(poll: ThemePoll, meetup: Meetup) -> datetime:
    """Until when votes count: its date, at the latest the start of the meet-up."""
    return min(poll.until, meetup.start)


async def get(tx: Transaction, identity: int | str) -> ThemePoll | None:
    """The one of a number, locked until the transaction ends."""
    return await tx.get(ThemePoll, int(identity), with_for_update=True)


async def of_meetup(tx: Transaction, meetup: Meetup) -> ThemePoll | None:
    """That of a meet-up, locked until the transaction ends."""
    return (await tx.exec(select(ThemePoll).where(ThemePoll.meetup == meetup.id).with_for_update())).first()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of its meet-up."""
    poll = await tx.get(ThemePoll, int(item))
    return await meetups.belongs_to(tx, poll.meetup) if poll is not None else ()


async def community_of(tx: Transaction, item: str) -> str | None:
    """The same, for a timer."""
    return next(iter(await belongs_to(tx, item)), None)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether votes count."""
    poll = await tx.get(ThemePoll, int(item))
    meetup = await meetups.get(tx, poll.meetup) if poll is not None else None
    return poll is not None and meetup is not None and is_open(poll, meetup, now)


def is_open(poll: ThemePoll, meetup: Meetup, at: datetime) -> bool:
    """Whether a vote of this instant counts."""
    return poll.status == OPEN and not meetup.cancelled and at < ends_at(poll, meetup)


async def vote(tx: Transaction, poll: ThemePoll, person: str, choice: int) -> bool:
    """The person wants this theme, counted from 1; False when they had said so."""
    return await tx.insert_new(ThemeVote, {"poll": poll.id, "person": person, "choice": choice})


async def unvote(tx: Transaction, poll: ThemePoll, person: str, choice: int) -> bool:
    """Not any more; False when they had not said so."""
    mine = (col(ThemeVote.poll) == poll.id, col(ThemeVote.person) == person, col(ThemeVote.choice) == choice)
    return bool((await tx.exec(delete(ThemeVote).where(*mine))).rowcount)


async def votes(tx: Transaction, poll: ThemePoll) -> Sequence[tuple[str, int]]:
    """Who wants what."""
    rows = select(ThemeVote).where(ThemeVote.poll == poll.id).order_by(col(ThemeVote.id))
    return [(row.person, row.choice) for row in await tx.exec(rows)]


async def count(tx: Transaction, poll: ThemePoll) -> tuple[list[int], int]:
    """How many people want each theme, and how many voted: from the rows, as they are now."""
    return rules.count(await votes(tx, poll), len(poll.choices))


async def close(tx: Transaction, poll: ThemePoll, *, gone: Collection[str]) -> None:
    """Count it without those who left, and keep the tally; votes stay as long as the answers to the meet-up."""
    for person in gone:
        await tx.exec(delete(ThemeVote).where(col(ThemeVote.poll) == poll.id, col(ThemeVote.person) == person))
    poll.tally, poll.voted = await count(tx, poll)
    poll.status = CLOSED
    await keep(tx, poll)


async def drop(tx: Transaction, timers: Timers, poll: ThemePoll) -> None:
    """Nothing comes of it: the meet-up is cancelled."""
    poll.status = DROPPED
    await timers.cancel(tx, END, str(poll.id))
    await tx.exec(delete(ThemeVote).where(col(ThemeVote.poll) == poll.id))
    await keep(tx, poll)


async def keep(tx: Transaction, poll: ThemePoll) -> None:
    """Keep a new or changed one."""
    tx.add(poll)
    await tx.flush()


# ── those who leave, and what is old ──────────────────────────────────────────────────────────────────────


async def has_voted(tx: Transaction, person: str) -> bool:
    """Whether a vote of the person is stored, in whatever poll."""
    return (await tx.exec(select(ThemeVote.id).where(ThemeVote.person == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """Who voted in the open ones of a community."""
    return set(await tx.exec(select(ThemeVote.person).where(col(ThemeVote.poll).in_(_open(community))).distinct()))


async def leave(tx: Transaction, community: str, person: str) -> None:
    """The person's votes count no more where votes are taken."""
    await tx.exec(delete(ThemeVote).where(col(ThemeVote.person) == person, col(ThemeVote.poll).in_(_open(community))))


def _open(community: str) -> Any:
    ours = col(ThemePoll.meetup).in_(meetups.ids_of(community))
    return select(col(ThemePoll.id)).where(ThemePoll.status == OPEN, ours)


async def forget_names(tx: Transaction, meetup: Meetup) -> None:
    """Who voted is kept as long as who said that they come; the tally stays."""
    polls = select(ThemePoll.id).where(ThemePoll.meetup == meetup.id)
    await tx.exec(delete(ThemeVote).where(col(ThemeVote.poll).in_(polls)))


async def erase(tx: Transaction, person: str) -> None:
    """Somebody is erased: their votes count no more where votes are taken."""
    going_on = select(col(ThemePoll.id)).where(ThemePoll.status == OPEN)
    await tx.exec(delete(ThemeVote).where(col(ThemeVote.person) == person, col(ThemeVote.poll).in_(going_on)))
