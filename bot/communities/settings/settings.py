"""What each community set of its settings (`setting`): read, set, taken back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.acting import Actor
from bot.communities.settings.setting import Setting
from bot.communities.tables import Community, CommunitySetting
from bot.i18n import _
from bot.noun import Fields, Undoable
from bot.store.columns import columns
from bot.store.database import Transaction

T = TypeVar("T")


async def value(tx: Transaction, community: str, setting: Setting[T]) -> T:
    """What holds in the community of this slug. Asks the database only once until a setting is changed."""
    return setting.of(await stored(tx, community, setting))


async def stored(tx: Transaction, community: str, setting: Setting[Any]) -> str | None:
    """What the community itself set, as text; None where it follows what is usual."""
    if setting.column:
        row = await tx.remember(Community, community, lambda: tx.get(Community, community))
        return getattr(row, setting.column) if row is not None else None
    return (await _rows(tx, community)).get(setting.key)


async def periods(tx: Transaction, setting: Setting[int]) -> list[tuple[str, timedelta]]:
    """How long each community stores something, by a setting in days."""
    slugs = (await tx.exec(select(Community.slug).order_by(col(Community.slug)))).all()
    lasting = [await value(tx, slug, setting) for slug in slugs]
    return [(slug, timedelta(days=days)) for slug, days in zip(slugs, lasting, strict=True)]


async def put(tx: Transaction, community: str, setting: Setting[T], value: T | None) -> None:
    """Set it, or None for what is usual."""
    await put_stored(tx, community, setting, None if value is None else setting.kind.stored(value))


async def put_stored(tx: Transaction, community: str, setting: Setting[Any], text: str | None) -> None:
    """The same for a text that `stored` returned."""
    if setting.column:
        row = await tx.get(Community, community)
        empty = None if columns(Community).c[setting.column].nullable else setting.kind.stored(setting.default)
        setattr(row, setting.column, empty if text is None else text)
    elif text is None:
        this = (col(CommunitySetting.community) == community, col(CommunitySetting.key) == setting.key)
        await tx.exec(delete(CommunitySetting).where(*this))
    else:
        await tx.merge(CommunitySetting(community=community, key=setting.key, value=text))
    await tx.flush()


def undoable(setting: Setting[Any]) -> Undoable:
    """How a change of this setting is taken back: each setting is a kind of its own, so the order is free."""

    async def fields(tx: Transaction, community: str, _thing: str) -> Fields:
        return {"value": await stored(tx, community, setting)}

    async def restore(actor: Actor, community: str, _thing: str, fields: Fields) -> None:
        await put_stored(actor.tx, community, setting, fields["value"])

    async def named(_actor: Actor, _community: str, _thing: str) -> str:
        return _("{key}, {what}").format(key=setting.name, what=_(setting.what))

    async def before(_actor: Actor, _community: str, fields: Fields) -> str:
        return setting.said(fields.get("value"))

    return Undoable(f"setting-{setting.key}", fields=fields, put=restore, thing=named, before=before)


async def _rows(tx: Transaction, community: str) -> Mapping[str, str]:
    async def load() -> Mapping[str, str]:
        rows = await tx.exec(select(CommunitySetting).where(CommunitySetting.community == community))
        return {row.key: row.value for row in rows}

    return await tx.remember(CommunitySetting, community, load)
