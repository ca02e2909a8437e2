"""Teams: begun, found, and moved along the table of `teams.rules.team`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.mailbox.sending.outbox import Card
from bot.store import audit
from bot.store.database import Transaction
from bot.teams.rules.team import (
    ASK,
    GOING_ON,
    LIFECYCLE,
    POINT,
    PROFESSION,
    RHYTHM,
    SHEET,
    TEAM,
    Party,
    Refusal,
    Status,
    Trigger,
)
from bot.teams.tables import Team


def number(team: Team) -> str:
    """Its number in chat."""
    return f"E-{team.id}"


def about(team: Team) -> Ref:
    """What it works on."""
    return Ref.parse(team.about)


async def begin(
    hands: Hands, community: str, name: str, *, about: Ref, moderator: str | None, exception: str = "", rhythm: str = ""
) -> Team:
    """A new one, with nobody in it yet."""
    team = Team(
        account=hands.account,
        community=community,
        name=name,
        about=str(about),
        status=Status.FORMING,
        moderator=moderator,
        exception=exception,
        rhythm=rhythm,
        formed_at=hands.now,
        changed_at=hands.now,
    )
    return await write(hands.tx, team)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> Team | None:
    """The one of a number; `lock`: nobody else changes it, nor answers, until the transaction ends."""
    if not 0 < int(identity) < 2**31:
        return None
    return await tx.get(Team, int(identity), with_for_update=lock)


async def of_thing(tx: Transaction, thing: Ref) -> Team | None:
    """The newest team that works on a thing, unless it gave up."""
    rows = select(Team).where(Team.about == str(thing), Team.status != Status.GIVEN_UP)
    return (await tx.exec(rows.order_by(col(Team.id).desc()))).first()


async def of_room(tx: Transaction, room_id: str) -> Team | None:
    """The team whose room it is."""
    return (await tx.exec(select(Team).where(Team.room_id == room_id))).first()


async def slug_of_room(tx: Transaction, item: str) -> str | None:
    """The community of the team in whose room something happened; what is behind the room's id says to whom."""
    found = await of_room(tx, item.partition(" ")[0])
    return found.community if found is not None else None


async def slug_of_sheet(tx: Transaction, item: str) -> str | None:
    """The community of the team of which a practice sheet came."""
    return (await tx.exec(select(Team.community).where(Team.sheet == int(item)))).first()


async def of_sheet(tx: Transaction, sheet: int) -> Team | None:
    """The team of which a practice sheet came."""
    return (await tx.exec(select(Team).where(Team.sheet == sheet).with_for_update())).first()


async def of_community(tx: Transaction, community: str) -> Sequence[Team]:
    """All of a community, the newest first."""
    rows = select(Team).where(Team.community == community)
    return (await tx.exec(rows.order_by(col(Team.id).desc()))).all()


async def by_status(tx: Transaction, community: str) -> dict[str, int]:
    """How many teams of a community have each status."""
    rows: Any = select(Team.status, func.count()).where(Team.community == community).group_by(Team.status)
    return dict((await tx.exec(rows)).all())


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, the new room is the team's."""
    await tx.exec(update(Team).where(col(Team.room_id) == old).values(room_id=new))


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of one."""
    return list(await tx.exec(select(Team.community).where(Team.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community whose members are written to about one."""
    return next(iter(await belongs_to(tx, item)), None)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a card about it still waits for somebody."""
    team = await get(tx, item)
    if team is None or card.about is None:
        return False
    if card.about.kind == SHEET:
        return team.status == Status.EVALUATED
    return team.status in GOING_ON


async def community_of(tx: Transaction, team: Team) -> Community:
    """Where it was formed; communities are never removed."""
    found = await communities.get(tx, team.community)
    assert found is not None
    return found


async def move(
    hands: Hands, team: Team, trigger: Trigger, *, by: Collection[Party], hindrances: Collection[Refusal] = ()
) -> None:
    """One step of its life by a person who is these parties. Raises NotNow."""
    before = Status(team.status)
    target = LIFECYCLE.step(before, trigger, by=by, hindrances=hindrances)
    audit.moved(hands.tx, LIFECYCLE.noun, team.id, before, target, by=by)
    team.status, team.changed_at = target, hands.now
    if target not in GOING_ON:
        team.ended_at = team.ended_at or hands.now
        await hands.outbox.close_cards(
            hands.tx, *(Ref(kind, str(team.id)) for kind in (TEAM, ASK, PROFESSION, POINT, RHYTHM))
        )
    await write(hands.tx, team)


async def write(tx: Transaction, team: Team) -> Team:
    """Keep a new or changed one."""
    tx.add(team)
    await tx.flush()
    return team
