"""A community that has lived for a year: rows of every kind that the dashboard counts, as many as one likes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import SQLModel, select

from bot.communities.tables import Welcome
from bot.help.tables import HelpOffer, HelpRequest, Satisfaction
from bot.mailbox.tables import OutboxMessage
from bot.meetups.tables import MeetupNote, MeetupOpinion, MeetupRow, MeetupSeries, RsvpRow
from bot.resources.tables import Resource, ResourceVote, SearchMiss
from bot.store.columns import columns
from bot.store.database import Database, Transaction
from bot.volunteers.tables import Availability, Expert, Profile
from tests.homeserver import BOT

HERE, ELSEWHERE = "numerique", "rse"
STATUSES = ("seeking", "resolved", "closed", "untaken", "accepted", "closed", "cancelled", "closed")
STRUCTURES = ("EHPAD", "CHU", "Clinique rare")
ROOM, CIVIL = "!r:example.org", "2026-01-01T10:00"
MEETUPS = 500
AT_ONCE = 5_000

Row = dict[str, Any]
Rows = tuple[type[SQLModel], Sequence[Row]]


async def write(database: Database, *, people: int, requests: int, now: datetime) -> None:
    """So many people and requests, a tenth of them of another community, with all that belongs to them."""
    async with database.transaction() as tx:
        free = await _next(tx, Resource), await _next(tx, HelpRequest)
        for table, rows in _everything(people, requests, now, *free):
            await _insert(tx, table, rows)


async def opinions(
    database: Database, what: str, *, answers: list[tuple[bool, bool]], silent: int, now: datetime
) -> None:
    """These answers to both questions about `help` or `meetups` of the community, and some who never answered."""
    every: list[tuple[bool | None, bool | None]] = [*answers, *[(None, None)] * silent]
    rows: list[Row] = [{"asked_at": now, "went_well": well, "was_useful": useful} for well, useful in every]
    async with database.transaction() as tx:
        for table, some in _of_meetups(rows, now) if what == "meetups" else _of_help(rows, now):
            await _insert(tx, table, some)


def _of_help(rows: Sequence[Row], now: datetime) -> Iterator[Rows]:
    of: Row = {"turn": 1, "community": HERE}
    yield HelpRequest, [_request(1, 1, 1, now) | {"id": n + 1, "source": f"$o{n}"} for n in range(len(rows))]
    yield Satisfaction, [row | of | {"request": n + 1} for n, row in enumerate(rows)]


def _of_meetups(rows: Sequence[Row], now: datetime) -> Iterator[Rows]:
    yield MeetupSeries, [_series(0, now)]
    yield MeetupRow, [_occurrence(0, now)]
    yield MeetupOpinion, [row | {"meetup": 1, "person": _who(n)} for n, row in enumerate(rows)]


async def _next(tx: Transaction, table: type[SQLModel]) -> int:
    newest = await tx.exec(select(func.max(columns(table).c.id)))
    return (newest.one() or 0) + 1


async def _insert(tx: Transaction, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """What a row does not say is as usual; the database gives numbers."""
    usual = table(**rows[0]).model_dump() if rows else {}
    if usual.get("id", 0) is None:
        del usual["id"]
    for start in range(0, len(rows), AT_ONCE):
        await tx.exec(insert(table), [usual | row for row in rows[start : start + AT_ONCE]])


def _where(n: int) -> str:
    return ELSEWHERE if n % 10 == 9 else HERE


def _who(n: int) -> str:
    return f"@p{n}:example.org"


def _ago(now: datetime, n: int, count: int) -> datetime:
    """Instants over a year, the later ones closer together."""
    return now - timedelta(days=365) * (1 - n / count) ** 2 - timedelta(minutes=1)


def _everything(people: int, requests: int, now: datetime, resource: int, request: int) -> Iterator[Rows]:
    """Rows after those that they refer to; `resource` and `request` are the next free numbers."""
    some = max(8, people // 100)
    answers = range(min(people, 20 * MEETUPS))
    yield Welcome, [_welcome(n, people, now) for n in range(people)]
    yield Profile, [{"person": _who(n), "structure": STRUCTURES[n % 20 // 9]} for n in range(people)]
    yield Expert, [_expert(n, now) for n in range(some)]
    yield Availability, [{"person": _who(n), "paused": n % 5 == 0} for n in range(some)]
    yield HelpRequest, [_request(n, people, requests, now) | {"id": request + n} for n in range(requests)]
    yield HelpOffer, [_offer(n, request + n, some, requests, now) for n in range(requests)]
    yield Satisfaction, [_satisfaction(n, request + n, requests, now) for n in range(1, requests, 2)]
    yield Resource, [_resource(n, now) | {"id": resource + n} for n in range(some)]
    yield ResourceVote, [_vote(n, resource + n % some) for n in range(people // 4)]
    yield SearchMiss, [_miss(n, requests, now) for n in range(requests)]
    yield OutboxMessage, [_search(n, resource + n % some, requests, now) for n in range(4 * requests)]
    yield MeetupSeries, [_series(n, now) for n in range(10)]
    yield MeetupRow, [_occurrence(n, now) for n in range(MEETUPS)]
    yield MeetupNote, [_agenda(n, now) for n in range(0, MEETUPS, 2)]
    yield RsvpRow, [_rsvp(n, now) for n in answers]
    yield MeetupOpinion, [_opinion(n, now) for n in answers if n % 2]


def _welcome(n: int, people: int, now: datetime) -> Row:
    return {"community": _where(n), "person": _who(n), "welcomed_at": _ago(now, n, people)}


def _expert(n: int, now: datetime) -> Row:
    return {"community": _where(n), "person": _who(n), "own_yes": True, "team_yes": n % 7 > 0, "asked_at": now}


def _request(n: int, people: int, requests: int, now: datetime) -> Row:
    sent, status = _ago(now, n, requests), STATUSES[n % len(STATUSES)]
    yes = min(sent + timedelta(days=1), now)
    accepted = yes if status in ("resolved", "closed", "accepted") and n % 3 else None
    where: Row = {"account": BOT, "community": _where(n), "room_id": ROOM, "direct": True, "source": f"${n}"}
    when: Row = {"asked_at": sent, "sent_at": sent, "first_accepted_at": accepted, "accepted_at": accepted}
    return where | when | {"requester": _who(n % people), "text": "Comment faire ?", "status": status}


def _offer(n: int, request: int, some: int, requests: int, now: datetime) -> Row:
    at = _ago(now, n, requests)
    to: Row = {"request": request, "person": _who(n % some), "turn": 1, "wave": 1, "asked_at": at}
    if n % 3 == 0:
        return to | {"status": "expired", "accepted_at": None, "carried": False}
    return to | {"status": "accepted", "accepted_at": at, "carried": n % 8 == 4}


def _satisfaction(n: int, request: int, requests: int, now: datetime) -> Row:
    well, useful = (n % 12 != 1, n % 5 != 1) if n % 4 == 1 else (None, None)
    asked: Row = {"request": request, "turn": 1, "community": _where(n), "asked_at": _ago(now, n, requests)}
    return asked | {"went_well": well, "was_useful": useful}


def _resource(n: int, now: datetime) -> Row:
    verified = (now - timedelta(days=97 * n % 700)).date().isoformat()
    what: Row = {"community": _where(n), "title": f"R{n}", "url": f"https://e.org/{n}", "revision": 1}
    return what | {"verified_on": verified}


def _vote(n: int, resource: int) -> Row:
    return {"resource": resource, "person": _who(n), "useful": n % 3 > 0}


def _miss(n: int, requests: int, now: datetime) -> Row:
    return {"community": _where(n), "words": f"mot {n % 40}", "missed_at": _ago(now, n, requests)}


def _search(n: int, resource: int, requests: int, now: datetime) -> Row:
    """The card of a search, every sixth that of a second page."""
    what = f"found:{resource}.1" + ("/2" if n % 6 == 5 else "")
    row: Row = {"account": BOT, "key": f"lived:{n}", "txn_id": f"lived{n}", "lane": ROOM, "kind": "message"}
    return row | {"about": what, "status": "sent", "device_id": "D", "entered_at": _ago(now, n, 4 * requests)}


def _series(n: int, now: datetime) -> Row:
    where: Row = {"id": n + 1, "account": BOT, "community": _where(n), "room_id": ROOM, "uid": f"u{n}"}
    what: Row = {"title": "Café", "start": CIVIL, "zone": "Europe/Paris", "organiser": _who(0), "external": n == 3}
    return where | what | {"created_at": now}


def _occurrence(n: int, now: datetime) -> Row:
    start = now + timedelta(days=7 * (n // 10) - 330, minutes=5)
    row: Row = {"id": n + 1, "series": n % 10 + 1, "named": f"n{n}", "civil": CIVIL, "starts_at": start}
    return row | {"changed_at": now, "status": "cancelled" if n % 11 == 10 else "published"}


def _agenda(n: int, now: datetime) -> Row:
    line: Row = {"meetup": n + 1, "kind": "agenda", "text": "x", "author": _who(0), "status": "kept"}
    return line | {"source": f"${n}", "noted_at": now}


def _rsvp(n: int, now: datetime) -> Row:
    answer = "yes" if n % 4 else "no"
    return {"meetup": n % MEETUPS + 1, "person": _who(n), "status": answer, "ranked_at": now, "ranked_by": "x"}


def _opinion(n: int, now: datetime) -> Row:
    of: Row = {"meetup": n % MEETUPS + 1, "person": _who(n), "asked_at": now}
    return of | {"went_well": n % 9 > 0, "was_useful": n % 6 > 0}
