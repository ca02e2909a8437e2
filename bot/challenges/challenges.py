"""Challenges: opened, found, and moved along the table of `challenges.rules.challenge`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col, select

from bot.challenges.rules.challenge import GOING_ON, LIFECYCLE, Party, Refusal, Status, Trigger
from bot.challenges.rules.line import Opening
from bot.challenges.rules.vote import Rule, Voters
from bot.challenges.tables import Challenge
from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.mailbox.sending.outbox import Card
from bot.store import audit
from bot.store.database import Transaction


def number(challenge: Challenge) -> str:
    """Its number in chat."""
    return f"C-{challenge.id}"


def rule_of(challenge: Challenge) -> Rule:
    """The rule of its vote."""
    return Rule(
        challenge.votes_each,
        challenge.threshold,
        challenge.places,
        challenge.discreet,
        Voters(challenge.voters),
    )


async def begin(hands: Hands, community: str, opener: str, opening: Opening, *, room_id: str) -> Challenge:
    """Open one, as a team wrote it: without complaints."""
    assert opening.until is not None
    assert opening.vote_until is not None
    challenge = Challenge(
        account=hands.account,
        community=community,
        question=opening.question,
        status=Status.OPEN,
        opener=opener,
        room_id=room_id,
        votes_each=0,
        threshold=0,
        places=0,
        voters="",
        solutions_until=opening.until,
        vote_until=opening.vote_until,
        opened_at=hands.now,
        changed_at=hands.now,
    )
    return await set_rule(hands, challenge, opening.rule)


async def set_rule(hands: Hands, challenge: Challenge, rule: Rule) -> Challenge:
    """Keep the rule; whoever calls this has seen that no vote has begun."""
    challenge.votes_each, challenge.threshold, challenge.places = rule.each, rule.threshold, rule.places
    challenge.discreet, challenge.voters = rule.discreet, rule.voters.value
    return await write(hands.tx, challenge)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> Challenge | None:
    """The one of a number; `lock`: nobody else changes it, or votes, until the transaction ends."""
    if not 0 < int(identity) < 2**31:
        return None
    return await tx.get(Challenge, int(identity), with_for_update=lock)


async def of_community(tx: Transaction, community: str) -> Sequence[Challenge]:
    """All of a community, the newest first."""
    rows = select(Challenge).where(Challenge.community == community)
    return (await tx.exec(rows.order_by(col(Challenge.id).desc()))).all()


async def going_on(tx: Transaction, community: str) -> Sequence[Challenge]:
    """Those that take solutions or votes."""
    return [one for one in await of_community(tx, community) if one.status in GOING_ON]


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, what is shown next of them is shown in the new room."""
    await tx.exec(update(Challenge).where(col(Challenge.room_id) == old).values(room_id=new))


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of one."""
    return list(await tx.exec(select(Challenge.community).where(Challenge.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community whose members are written to about one."""
    return next(iter(await belongs_to(tx, item)), None)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether it takes solutions or votes."""
    challenge = await get(tx, item)
    return challenge is not None and challenge.status in GOING_ON


async def community_of(tx: Transaction, challenge: Challenge) -> Community:
    """Where it was opened; communities are never removed."""
    found = await communities.get(tx, challenge.community)
    assert found is not None
    return found


async def zone_of(tx: Transaction, challenge: Challenge) -> ZoneInfo:
    """The clock by which its dates are meant."""
    return ZoneInfo((await community_of(tx, challenge)).time_zone)


async def move(
    hands: Hands, challenge: Challenge, trigger: Trigger, *, by: Collection[Party], hindrances: Collection[Refusal] = ()
) -> None:
    """One step of its life by a person who is these parties. Raises NotNow."""
    before = Status(challenge.status)
    target = LIFECYCLE.step(before, trigger, by=by, hindrances=hindrances)
    audit.moved(hands.tx, LIFECYCLE.noun, challenge.id, before, target, by=by)
    challenge.status, challenge.changed_at = target, hands.now
    await write(hands.tx, challenge)


async def write(tx: Transaction, challenge: Challenge) -> Challenge:
    """Keep a new or changed one."""
    tx.add(challenge)
    await tx.flush()
    return challenge
