"""Who people are at work: volunteers see a part before they accept, whoever accepts sees more. And three agreements."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.mailbox.sending.outbox import KEPT, Card
from bot.registers import territories
from bot.registers.territories import Territory
from bot.store.columns import columns
from bot.store.database import Transaction
from bot.time.public_holidays import METROPOLE
from bot.volunteers import availability
from bot.volunteers.rules.profile_words import Given
from bot.volunteers.tables import Profile

_TABLE = columns(Profile)
_AT_WORK = sqlalchemy.select(_TABLE.c.structure, _TABLE.c.territory, _TABLE.c.department).where(
    _TABLE.c.person == sqlalchemy.bindparam("person")
)


FIELDS = ("profession", "territory", "structure", "establishment")
"""What a person may say of themselves, in the order in which they are asked."""


class Agreement(StrEnum):
    """What is done with a person's profile only if they agreed; each is a column of it."""

    DIRECTORY = "directory"
    ENCOUNTERS = "encounters"
    THANKS = "thanks"


async def of(tx: Transaction, person: str) -> Profile:
    """The person's profile; an empty one for somebody who gave none."""
    return await tx.get(Profile, person) or Profile(person=person)


async def workplace(tx: Transaction, person: str) -> str:
    """The kind of structure in which the person works, empty if unknown."""
    structure, _holidays = await _at_work(tx, person)
    return structure


async def holidays(tx: Transaction, person: str) -> str:
    """Whose public holidays the person has, by their territory: one of `public_holidays.REGIONS`."""
    _structure, region = await _at_work(tx, person)
    return region


async def _at_work(tx: Transaction, person: str) -> tuple[str, str]:
    async def load() -> tuple[str, str]:
        rows = await tx.read(_AT_WORK, {"person": person})
        if not rows:
            return "", METROPOLE
        place = _place(rows[0]["territory"], rows[0]["department"])
        return rows[0]["structure"] or "", place.holidays if place else METROPOLE

    return await tx.remember(Profile, ("at work", person), load)


def place(row: Profile) -> Territory | None:
    """The person's territory, also if they gave it in words before there was a list; None if no list has it."""
    return _place(row.territory, row.department)


def holidays_of(row: Profile) -> str:
    """The same as `holidays`, of a profile at hand."""
    found = place(row)
    return found.holidays if found else METROPOLE


def _place(code: str | None, words: str | None) -> Territory | None:
    if code or not words:
        return territories.get(code) if code else None
    found = territories.named(words)
    return found[0] if len(found) == 1 else None


async def keep(tx: Transaction, row: Profile) -> None:
    """Store a changed profile; its public holidays are those of the person's working days from now on."""
    await tx.merge(row)
    await tx.flush()
    await availability.observe(tx, row.person, holidays_of(row))


async def give(tx: Transaction, row: Profile, given: Given) -> None:
    """Store what the person said; what they did not speak of stays."""
    for name in ("profession", "structure", "establishment"):
        if (value := getattr(given, name)) is not None:
            setattr(row, name, value)
    if given.territory is not None or given.department is not None:
        found = territories.get(given.territory)
        row.territory, row.department = given.territory, found.name if found else given.department
    await keep(tx, row)


async def clear(tx: Transaction, row: Profile, *names: str) -> None:
    """Erase what the person said: these of FIELDS, or all."""
    for name in names or FIELDS:
        setattr(row, name, None)
        if name == "territory":
            row.department = None
    await keep(tx, row)


def has(row: Profile, name: str) -> bool:
    """Whether the person gave this one of FIELDS."""
    return bool(getattr(row, name) or (name == "territory" and row.department))


async def first_asked(tx: Transaction, person: str) -> bool:
    """Record that the person was asked about their profile; True if they never were and have given nothing."""
    return await tx.insert_new(Profile, {"person": person} | {each.value: False for each in Agreement})


async def offer_waits(_tx: Transaction, card: Card, _item: str, now: datetime) -> bool:
    """Whether the card that asks a person whether to begin their profile may still be answered."""
    return now < card.since + KEPT


def agreed(row: Profile) -> frozenset[Agreement]:
    """What the person agreed to."""
    return frozenset(each for each in Agreement if getattr(row, each.value))


async def agree(tx: Transaction, row: Profile, what: Agreement, *, agrees: bool) -> None:
    """Store that the person agrees to something, or no more."""
    setattr(row, what.value, agrees)
    await tx.merge(row)
    await tx.flush()


async def agreeing(tx: Transaction, people: Collection[str], what: Agreement) -> set[str]:
    """Those of these people who agreed to something."""
    yes: Any = select(Profile.person).where(col(Profile.person).in_(people), getattr(Profile, what.value).is_(True))
    return set(await tx.exec(yes))


async def structures(tx: Transaction, people: SelectOfScalar[str]) -> Sequence[tuple[str, int]]:
    """How many of these people gave which kind of structure, most of them first."""
    return await _counted(tx, col(Profile.structure), col(Profile.person).in_(people))


async def professions(tx: Transaction, people: SelectOfScalar[str]) -> Sequence[tuple[str, int]]:
    """How many of these people have which profession, most of them first: of those who agreed to be found by it."""
    return await _counted(
        tx, col(Profile.profession), col(Profile.person).in_(people), col(Profile.directory).is_(True)
    )


async def _counted(tx: Transaction, field: Any, *those: ColumnElement[bool]) -> Sequence[tuple[str, int]]:
    many = func.count().label("many")
    rows: Any = select(field, many).where(*those, field.is_not(None)).group_by(field).order_by(many.desc(), field)
    return [(name, count) for name, count in await tx.exec(rows)]
