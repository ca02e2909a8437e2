"""The themes of a community: opened to applications and closed, by its team."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.programmes import catalogue
from bot.programmes.catalogue import Theme
from bot.programmes.tables import SupportTheme
from bot.store.database import Transaction


async def of_community(tx: Transaction, community: str) -> Sequence[SupportTheme]:
    """Those that were ever opened there, in the order of the list; without those that are listed no more."""
    rows = (await tx.exec(select(SupportTheme).where(SupportTheme.community == community))).all()
    order = list(catalogue.every())
    return sorted((row for row in rows if row.theme in order), key=lambda row: order.index(row.theme))


async def open_ones(tx: Transaction, community: str, *, now: datetime) -> Sequence[SupportTheme]:
    """Those that take applications."""
    return [row for row in await of_community(tx, community) if is_open(row, now)]


async def of(tx: Transaction, community: str, theme: Theme) -> SupportTheme | None:
    """The theme in a community, None if it was never opened there; locked until the transaction ends."""
    rows = select(SupportTheme).where(SupportTheme.community == community, SupportTheme.theme == theme.slug)
    return (await tx.exec(rows.with_for_update())).first()


async def get(tx: Transaction, identity: int, *, lock: bool = False) -> SupportTheme:
    """The one of an id; `lock`: nobody else joins a team of it, or is accepted, until the transaction ends."""
    found = await tx.get(SupportTheme, identity, with_for_update=lock)
    assert found is not None
    return found


def is_open(row: SupportTheme, now: datetime) -> bool:
    """Whether it takes applications."""
    return row.open and (row.until is None or now < row.until)


def is_territorial(row: SupportTheme) -> bool:
    """Whether its teams are of several establishments."""
    theme = catalogue.get(row.theme)
    return theme is not None and theme.territorial


async def set_open(
    tx: Transaction, community: str, theme: Theme, *, is_open: bool, until: datetime | None, now: datetime
) -> SupportTheme:
    """Take applications, until then if it is given, or no more."""
    await tx.insert_new(SupportTheme, _new(community, theme, now))
    row = await of(tx, community, theme)
    assert row is not None
    row.open, row.until, row.changed_at = is_open, until if is_open else None, now
    return await write(tx, row)


def _new(community: str, theme: Theme, now: datetime) -> dict[str, object]:
    return {"community": community, "theme": theme.slug, "open": False, "rooms_made": 0, "changed_at": now}


async def community_of(tx: Transaction, row: SupportTheme) -> Community:
    """Where it is; communities are never removed."""
    found = await communities.get(tx, row.community)
    assert found is not None
    return found


async def of_key(tx: Transaction, key: str) -> SupportTheme | None:
    """The theme whose room the outbox makes under a key; locked until the transaction ends."""
    return (await tx.exec(select(SupportTheme).where(SupportTheme.room_key == key).with_for_update())).first()


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, the teams exchange in the new room."""
    await tx.exec(update(SupportTheme).where(col(SupportTheme.room_id) == old).values(room_id=new))


async def write(tx: Transaction, row: SupportTheme) -> SupportTheme:
    """Keep a changed one."""
    tx.add(row)
    await tx.flush()
    return row
