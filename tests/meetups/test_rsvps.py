"""Promises of answers that are kept: the right timers and no others, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from bot.mailbox.tables import Timer
from bot.meetups import meetups, reminder_timers, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import Answer, Status
from bot.meetups.tables import RsvpRow
from tests.chat import ANA, BEN, CLEO, Chat
from tests.meetups.published import PARIS, answers, published, roster

LINE = '"Comité RSE" mardi 19 janvier 14h 1h30 30 places'
PRIVATE = (reminder_timers.EVE, reminder_timers.SOON, reminder_timers.HOLD, reminder_timers.NEWS, reminder_timers.OWN)


async def timers(chat: Chat, *kinds: str) -> dict[tuple[str, str], datetime]:
    async with chat.database.reading() as tx:
        rows = (await tx.exec(select(Timer))).all()
    return {(row.kind, row.item): row.due_at for row in rows if not kinds or row.kind in kinds}


async def orphans(chat: Chat) -> list[tuple[str, str]]:
    """Private timers of an answer that is not there, or that is not reminded."""
    async with chat.database.reading() as tx:
        rows = {str(row.id): row for row in (await tx.exec(select(RsvpRow))).all()}
    found = []
    for kind, item in await timers(chat, *PRIVATE):
        status = rows[item].status if item in rows else None
        allowed = {
            reminder_timers.EVE: {"yes", "maybe", "unconfirmed"},
            reminder_timers.SOON: {"yes"},
            reminder_timers.HOLD: {"offered"},
        }
        if status not in allowed.get(kind, {"yes", "offered"}):
            found.append((kind, item))
    return found


async def change(chat: Chat, meetup: Meetup, civil: datetime) -> None:
    async with chat.database.transaction() as tx:
        found = await meetups.get(tx, meetup.id, lock=True)
        assert found is not None
        await meetups.move(tx, found, civil, length=None, now=chat.now)
        await rsvps.moved(tx, chat.timers, found, now=chat.now)


async def test_a_yes_sets_two_reminders_and_a_maybe_one(chat: Chat) -> None:
    meetup = (await published(chat, LINE))[0]
    await answers(chat, meetup, ANA)
    await answers(chat, meetup, BEN, Answer.MAYBE)
    assert (
        await timers(chat, *PRIVATE)
        == {
            ("rdv-eve", "1"): datetime(2027, 1, 18, 14, tzinfo=PARIS),
            ("rdv-soon", "1"): datetime(2027, 1, 19, 13, 45, tzinfo=PARIS),
            ("rdv-eve", "2"): datetime(2027, 1, 18, 14, tzinfo=PARIS),
        }
        or len(await timers(chat, *PRIVATE)) == 3
    )


async def test_twenty_toggles_leave_a_right_roster_and_no_orphan_timer(chat: Chat) -> None:
    meetup = (await published(chat, LINE))[0]
    for n in range(20):
        said = (Answer.YES, Answer.NO, Answer.MAYBE, Answer.YES)[n % 4]
        await answers(chat, meetup, ANA, said, n)
        assert await orphans(chat) == []
    async with chat.database.transaction() as tx:
        await rsvps.withdraw(tx, chat.timers, meetup, ANA, now=chat.now)
    assert (await roster(chat, meetup)).rsvps == ()
    assert await timers(chat, *PRIVATE) == {}


async def test_forty_answers_at_once_fill_thirty_places_and_a_list_of_ten(chat: Chat) -> None:
    meetup = (await published(chat, LINE))[0]
    people = [f"@p{n:02}:example.org" for n in range(40)]
    await asyncio.gather(*(answers(chat, meetup, person, n=n) for n, person in enumerate(people)))
    kept = await roster(chat, meetup)
    assert kept.count(Status.YES) == 30
    assert len(kept.waiting) == 10
    assert [rsvp.rank for rsvp in kept.waiting] == sorted(rsvp.rank for rsvp in kept.waiting)
    assert await orphans(chat) == []


async def test_a_seat_that_becomes_free_days_before_is_given_and_told(chat: Chat) -> None:
    meetup = (await published(chat, '"Petit groupe" mardi 19 janvier 14h 1 place'))[0]
    await answers(chat, meetup, ANA, n=1)
    await answers(chat, meetup, BEN, n=2)
    await answers(chat, meetup, ANA, Answer.NO, n=3)
    ben = (await roster(chat, meetup)).of(BEN)
    assert ben is not None
    assert ben.status is Status.YES
    assert list(await timers(chat, reminder_timers.NEWS))


async def test_within_a_day_the_seat_is_offered_and_goes_on_when_nothing_comes(chat: Chat) -> None:
    meetup = (await published(chat, '"Petit groupe" demain 9h 1 place'))[0]
    for n, person in enumerate((ANA, BEN, CLEO)):
        await answers(chat, meetup, person, n=n)
    await answers(chat, meetup, ANA, Answer.NO, n=9)
    ben = (await roster(chat, meetup)).of(BEN)
    assert ben is not None
    assert (ben.status, ben.hold_until) == (Status.OFFERED, datetime(2027, 1, 5, 17, tzinfo=UTC))
    assert list((await timers(chat, reminder_timers.HOLD)).values()) == [ben.hold_until]
    async with chat.database.transaction() as tx:
        await rsvps.lapse(tx, chat.timers, meetup, BEN, now=datetime(2027, 1, 5, 17, tzinfo=UTC))
    cleo = (await roster(chat, meetup)).of(CLEO)
    assert cleo is not None
    assert cleo.status is Status.OFFERED
    assert await orphans(chat) == []


async def test_nobody_is_offered_a_seat_at_night(chat: Chat) -> None:
    meetup = (await published(chat, '"Petit groupe" demain 14h 1 place'))[0]
    await answers(chat, meetup, ANA, n=1)
    await answers(chat, meetup, BEN, n=2)
    chat.now = datetime(2027, 1, 5, 22, tzinfo=UTC)
    await answers(chat, meetup, ANA, Answer.NO, n=3)
    ben = (await roster(chat, meetup)).of(BEN)
    assert ben is not None
    assert ben.status is Status.WAITING
    assert await timers(chat, reminder_timers.PROMOTE) == {
        ("rdv-promote", str(meetup.id)): datetime(2027, 1, 6, 8, 30, tzinfo=PARIS)
    }


async def test_a_move_moves_every_timer_and_asks_every_yes_again(chat: Chat) -> None:
    meetup = (await published(chat, LINE))[0]
    await answers(chat, meetup, ANA)
    await change(chat, meetup, datetime.fromisoformat("2027-01-20T10:00"))
    kept = (await roster(chat, meetup)).of(ANA)
    assert kept is not None
    assert kept.status is Status.UNCONFIRMED
    assert list((await timers(chat, reminder_timers.EVE)).values()) == [datetime(2027, 1, 19, 10, tzinfo=PARIS)]
    assert await timers(chat, reminder_timers.SOON) == {}
    assert await orphans(chat) == []


async def test_one_occurrence_is_moved_or_cancelled_without_the_others(chat: Chat) -> None:
    first, second, third = (await published(chat, '"Comité" 1er mardi 14h 1h30'))[:3]
    await change(chat, second, datetime.fromisoformat("2027-02-03T10:00"))
    async with chat.database.transaction() as tx:
        found = await meetups.get(tx, third.id, lock=True)
        assert found is not None
        await meetups.cancel(tx, found, now=chat.now)
    async with chat.database.reading() as tx:
        left = [await meetups.get(tx, meetup.id) for meetup in (first, second, third)]
    assert [(one.row.sequence, one.cancelled) for one in left if one] == [(0, False), (1, False), (1, True)]
    assert [one.start for one in left if one] == [
        datetime(2027, 1, 5, 14, tzinfo=PARIS),
        datetime(2027, 2, 3, 10, tzinfo=PARIS),
        datetime(2027, 3, 2, 14, tzinfo=PARIS),
    ]


async def test_a_cancelled_meetup_reminds_nobody(chat: Chat) -> None:
    meetup = (await published(chat, LINE))[0]
    await answers(chat, meetup, ANA)
    await answers(chat, meetup, BEN, Answer.MAYBE)
    async with chat.database.transaction() as tx:
        found = await meetups.get(tx, meetup.id, lock=True)
        assert found is not None
        await meetups.cancel(tx, found, now=chat.now)
        await rsvps.rearm(tx, chat.timers, found, now=chat.now)
        await reminder_timers.disarm_meetup(tx, chat.timers, found)
    assert set(await timers(chat)) == {(reminder_timers.FORGET, str(meetup.id))}


async def test_a_series_without_end_exists_only_some_way_ahead(chat: Chat) -> None:
    daily = await published(chat, '"Point du jour" tous les jours 9h')
    assert len(daily) <= meetups.MOST_AHEAD
    assert daily[-1].start <= chat.now + meetups.HORIZON
    monthly = await published(chat, '"Comité" 1er mardi 14h')
    assert len(monthly) == meetups.AHEAD
    async with chat.database.transaction() as tx:
        series = await meetups.series_by_id(tx, monthly[0].series.id or 0)
        assert series is not None
        later = await meetups.extend(tx, series, now=chat.now + timedelta(days=60))
        assert len(later) == meetups.AHEAD
        await meetups.stop(tx, series)
        assert len(await meetups.extend(tx, series, now=chat.now + timedelta(days=120))) < meetups.AHEAD


async def test_names_are_forgotten_in_the_end(chat: Chat) -> None:
    meetup = (await published(chat, LINE))[0]
    await answers(chat, meetup, ANA)
    async with chat.database.transaction() as tx:
        assert await rsvps.forget_names(tx, meetup) == 1
    assert (await roster(chat, meetup)).rsvps == ()


async def test_the_number_of_an_answer_that_was_taken_back_is_not_given_again(chat: Chat) -> None:
    """Messages are known by it: the next person's reminder would look as if it had been sent."""
    meetup = (await published(chat, LINE))[0]
    await answers(chat, meetup, ANA)
    async with chat.database.transaction() as tx:
        first = await rsvps.numbers(tx, meetup, Status.YES)
        await rsvps.withdraw(tx, chat.timers, meetup, ANA, now=chat.now)
    await answers(chat, meetup, BEN)
    async with chat.database.reading() as tx:
        second = await rsvps.numbers(tx, meetup, Status.YES)
    assert first[0][0] != second[0][0]
