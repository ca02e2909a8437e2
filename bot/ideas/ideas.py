"""What members report: noted, found, and moved along the table of `ideas.rules.idea`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.ideas.rules.idea import IDEA, LIFECYCLE, OPEN, Kind, Party, Refusal, Status, Trigger
from bot.ideas.rules.line import IdeaLine
from bot.ideas.tables import Idea
from bot.mailbox.sending.outbox import Card
from bot.store import audit
from bot.store.database import Transaction

MOST_COMPARED = 300
"""The newest open ones of a community, among which similar ones are looked for."""


def number(idea: Idea) -> str:
    """Its number in chat."""
    return f"I-{idea.id}"


async def note(
    hands: Hands, community: str, author: str, line: IdeaLine, *, kind: Kind, source: str, room_id: str
) -> Idea:
    """Note what somebody reports."""
    idea = Idea(
        account=hands.account,
        community=community,
        kind=kind,
        author=author,
        discreet=line.discreet,
        territorial=line.territorial,
        territory=line.territory,
        text=line.text,
        status=Status.REPORTED,
        source=source,
        room_id=room_id,
        reported_at=hands.now,
        touched_at=hands.now,
    )
    return await write(hands.tx, idea)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> Idea | None:
    """The one of a number; `lock`: nobody else moves it until the transaction ends."""
    if not 0 < int(identity) < 2**31:
        return None
    return await tx.get(Idea, int(identity), with_for_update=lock)


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, what is shown next of them is shown in the new room."""
    await tx.exec(update(Idea).where(col(Idea.room_id) == old).values(room_id=new))


async def of_source(tx: Transaction, source: str, author: str) -> Idea | None:
    """What the person reported in this message."""
    return (await tx.exec(select(Idea).where(Idea.source == source, Idea.author == author))).first()


async def of_person(tx: Transaction, author: str) -> Sequence[Idea]:
    """What the person reported, newest first, without what they withdrew."""
    mine = select(Idea).where(Idea.author == author, Idea.status != Status.WITHDRAWN)
    return (await tx.exec(mine.order_by(col(Idea.id).desc()))).all()


async def open_ones(tx: Transaction, community: str, *, limit: int = MOST_COMPARED) -> Sequence[Idea]:
    """The open ones of a community, newest first."""
    rows = select(Idea).where(Idea.community == community, col(Idea.status).in_(OPEN))
    return (await tx.exec(rows.order_by(col(Idea.id).desc()).limit(limit))).all()


async def of_challenge(tx: Transaction, challenge: int) -> Sequence[Idea]:
    """Those that a challenge takes up, oldest first."""
    return (await tx.exec(select(Idea).where(Idea.challenge == challenge).order_by(col(Idea.id)))).all()


async def count(tx: Transaction, community: str, *conditions: ColumnElement[bool]) -> int:
    """How many of a community there are with all these conditions."""
    return (await tx.exec(select(func.count()).where(Idea.community == community, *conditions))).one()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of one."""
    return list(await tx.exec(select(Idea.community).where(Idea.id == int(item))))


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether others may still join it."""
    idea = await get(tx, item)
    return idea is not None and idea.status in OPEN


async def community_of(tx: Transaction, idea: Idea) -> Community:
    """Where it was reported; communities are never removed."""
    found = await communities.get(tx, idea.community)
    assert found is not None
    return found


def parties(idea: Idea, person: str, *, leads: bool, direct: bool) -> set[Party]:
    """What somebody is to it. Among others nobody is the author of what was reported discreetly: an answer that only
    the author gets would say whose it is."""
    own = idea.author == person and (direct or not idea.discreet)
    return {party for party, true in {Party.AUTHOR: own, Party.MODERATOR: leads}.items() if true}


async def move(
    hands: Hands, idea: Idea, trigger: Trigger, *, by: Collection[Party], hindrances: Collection[Refusal] = ()
) -> None:
    """One step of its life by a person who is these parties. Raises NotNow."""
    before = Status(idea.status)
    target = LIFECYCLE.step(before, trigger, by=by, hindrances=hindrances)
    audit.moved(hands.tx, LIFECYCLE.noun, idea.id, before, target, by=by)
    idea.status, idea.touched_at = target, hands.now
    if target not in OPEN:
        await hands.outbox.close_cards(hands.tx, Ref(IDEA, str(idea.id)))
    await write(hands.tx, idea)


async def write(tx: Transaction, idea: Idea) -> Idea:
    """Keep a new or changed one."""
    tx.add(idea)
    await tx.flush()
    return idea
