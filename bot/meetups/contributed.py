"""What people gave to meet-ups: those that they organised, the experience that they told."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.i18n import N_, ngettext
from bot.meetups.meetups import PUBLISHED
from bot.meetups.notes import KEPT, RETEX
from bot.meetups.retention import MEETUPS_KEPT
from bot.meetups.tables import MeetupNote, MeetupRow, MeetupSeries
from bot.store.database import Transaction


def _took_place(period: Period) -> tuple[ColumnElement[bool], ...]:
    """They began in the period, and were not cancelled."""
    began = (col(MeetupRow.starts_at) >= period.begin, col(MeetupRow.starts_at) < period.end)
    return (*began, col(MeetupRow.status) == PUBLISHED)


async def organised(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    """The meet-ups that the person organised, each of a series, and that took place."""
    mine: Any = (
        select(MeetupSeries.community, func.count())
        .join(MeetupRow, col(MeetupRow.series) == col(MeetupSeries.id))
        .where(MeetupSeries.organiser == person, *_took_place(period))
        .group_by(MeetupSeries.community)
    )
    return dict((await tx.exec(mine)).all())


async def told(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    """The accounts of experience that the person gave at meet-ups that took place."""
    mine: Any = (
        select(MeetupSeries.community, func.count())
        .join(MeetupRow, col(MeetupRow.series) == col(MeetupSeries.id))
        .join(MeetupNote, col(MeetupNote.meetup) == col(MeetupRow.id))
        .where(MeetupNote.author == person, MeetupNote.kind == RETEX, MeetupNote.status == KEPT, *_took_place(period))
        .group_by(MeetupSeries.community)
    )
    return dict((await tx.exec(mine)).all())


def _organised(count: int) -> str:
    return ngettext("{count} meet-up organised", "{count} meet-ups organised", count).format(count=count)


def _told(count: int) -> str:
    return ngettext("{count} account of experience given", "{count} accounts of experience given", count).format(
        count=count
    )


CONTRIBUTED = (
    Contributed(20, N_("meet-ups organised"), _organised, organised, kept=MEETUPS_KEPT),
    Contributed(30, N_("accounts of experience"), _told, told, kept=MEETUPS_KEPT),
)
