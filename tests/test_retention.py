"""Promises of retention: every row goes when it was stored long enough, not a day earlier, however many there are."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, select

from bot.communities import patient_data_log, rooms
from bot.communities.figures.views import OPINIONS
from bot.communities.tables import GuardIncident, LinkRequest
from bot.help import retention as of_help
from bot.help.tables import HelpOffer, HelpRequest, Satisfaction
from bot.meetups import retention as of_meetups
from bot.meetups.tables import DatePoll, MeetupNote, MeetupOpinion, MeetupRow, MeetupSeries, OwnReminder
from bot.privacy import retention
from bot.store import old_rows
from tests.chat import ANA, BEN, MODO, Chat
from tests.homeserver import BOT

Rows = Callable[[datetime], Iterator[SQLModel]]
HERE: dict[str, Any] = {"account": BOT, "community": "numerique", "room_id": "!salon:example.org"}
DAY = timedelta(days=1)


def incidents(then: datetime) -> Iterator[SQLModel]:
    yield GuardIncident(room_id="!salon:example.org", rule="nir", seen_at=then)


def link_requests(then: datetime) -> Iterator[SQLModel]:
    yield LinkRequest(**HERE, asked_by=ANA, asked_at=then)


def opinions_of_help(then: datetime) -> Iterator[SQLModel]:
    yield help_request(then, status="resolved")
    yield Satisfaction(request=1, turn=1, community="numerique", went_well=True, asked_at=then)


def help_request(then: datetime, *, status: str) -> HelpRequest:
    more: dict[str, Any] = {
        "direct": True,
        "source": "$1",
        "text": "Notre question",
        "asked_at": then,
        "closed_at": then,
    }
    return HelpRequest(id=1, **HERE, requester=ANA, expert=BEN, status=status, **more)


def polls(then: datetime) -> Iterator[SQLModel]:
    dates = [{"start": then.isoformat()}]
    yield DatePoll(
        **HERE, title="Comité", zone="UTC", choices=dates, asked_by=ANA, status="closed", created_at=then - DAY
    )


def meetup(then: datetime, *, rrule: str | None = None) -> Iterator[SQLModel]:
    start = then.replace(tzinfo=None).isoformat()
    plan: dict[str, Any] = {
        "uid": "1",
        "title": "Comité",
        "start": start,
        "zone": "UTC",
        "rrule": rrule,
        "organiser": MODO,
    }
    yield MeetupSeries(id=1, **HERE, **plan, created_at=then - DAY)
    yield MeetupRow(id=1, series=1, named=start, civil=start, starts_at=then, changed_at=then)


def opinions_of_meetups(then: datetime) -> Iterator[SQLModel]:
    yield from meetup(then)
    yield MeetupOpinion(meetup=1, person=ANA, asked_at=then, went_well=True)


def minuted_meetup(then: datetime) -> Iterator[SQLModel]:
    yield from meetup(then)
    yield MeetupNote(meetup=1, kind="decision", text="On essaie", author=ANA, status="kept", source="$1", noted_at=then)
    yield OwnReminder(account=BOT, person=ANA, meetup=1, days=1)


RULES: tuple[tuple[Rows, timedelta, tuple[type[SQLModel], ...]], ...] = (
    (incidents, patient_data_log.KEPT, (GuardIncident,)),
    (link_requests, rooms.REQUESTS_KEPT, (LinkRequest,)),
    (opinions_of_help, timedelta(days=OPINIONS.default), (Satisfaction,)),
    (opinions_of_meetups, timedelta(days=OPINIONS.default), (MeetupOpinion,)),
    (polls, of_meetups.POLLS_KEPT, (DatePoll,)),
    (minuted_meetup, of_meetups.MEETUPS_KEPT, (MeetupNote, OwnReminder, MeetupRow, MeetupSeries)),
)


async def stores(chat: Chat, rows: Iterator[SQLModel]) -> None:
    async with chat.database.transaction() as tx:
        for row in rows:
            tx.add(row)
            await tx.flush()


async def left(chat: Chat, *tables: type[SQLModel]) -> list[int]:
    async with chat.database.reading() as tx:
        return [(await tx.exec(select(func.count()).select_from(table))).one() for table in tables]


@pytest.mark.parametrize(("rows", "kept", "tables"), RULES, ids=[rule[0].__name__ for rule in RULES])
async def test_a_row_stays_as_long_as_is_said_and_no_day_longer(
    chat: Chat, rows: Rows, kept: timedelta, tables: tuple[type[SQLModel], ...]
) -> None:
    await stores(chat, rows(chat.now))

    await retention.forget_old(chat.database, now=chat.now + kept)
    assert await left(chat, *tables) == [1] * len(tables)
    await retention.forget_old(chat.database, now=chat.now + kept + DAY)
    assert await left(chat, *tables) == [0] * len(tables)


async def test_a_closed_request_loses_its_words_and_names_and_still_counts(chat: Chat) -> None:
    async def stored() -> list[tuple[object, ...]]:
        return await chat.rows("SELECT text, requester, expert, status, topic FROM help_request")

    offer = HelpOffer(request=1, person=BEN, turn=1, wave=1, status="accepted", asked_at=chat.now)
    await stores(chat, iter((help_request(chat.now, status="closed"), offer)))

    await retention.forget_old(chat.database, now=chat.now + of_help.WORDS_KEPT)
    assert await stored() == [("Notre question", ANA, BEN, "closed", None)]
    await retention.forget_old(chat.database, now=chat.now + of_help.WORDS_KEPT + DAY)
    assert await stored() == [("", None, None, "closed", None)]
    assert await left(chat, HelpOffer) == [0]


async def test_a_request_that_goes_on_keeps_its_words(chat: Chat) -> None:
    await stores(chat, iter((help_request(chat.now, status="under_way"),)))

    await retention.forget_old(chat.database, now=chat.now + 3 * of_help.WORDS_KEPT)
    assert await chat.rows("SELECT text FROM help_request") == [("Notre question",)]


async def test_a_series_that_goes_on_stays(chat: Chat) -> None:
    await stores(chat, meetup(chat.now, rrule="FREQ=MONTHLY"))

    await retention.forget_old(chat.database, now=chat.now + of_meetups.MEETUPS_KEPT + DAY)
    assert await left(chat, MeetupRow, MeetupSeries) == [0, 1]


async def test_more_rows_than_fit_in_a_transaction_go_in_one_night(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_rows, "AT_ONCE", 2)
    await stores(chat, (row for _ in range(5) for row in incidents(chat.now)))

    await retention.forget_old(chat.database, now=chat.now + patient_data_log.KEPT + DAY)
    assert await left(chat, GuardIncident) == [0]
