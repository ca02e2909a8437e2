"""Promises of calendars: what we say is what any reader reads."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from sqlmodel import select

from bot.meetups import calendars, meetups
from bot.meetups.meetups import Meetup
from bot.meetups.tables import CalendarLink
from bot.time.recurrence import occurrences
from tests.chat import ANA, BEN, MODO, Chat
from tests.homeserver import BOT
from tests.meetups.published import PARIS, answers, plan, published

YEAR, HOUR = timedelta(days=366), timedelta(hours=1)
LINES = (
    '"Comité RSE" 1er mardi 14h 1h30 visio https://visio.example.org/rse',
    '"Point" tous les mardis 9h 30 min',
    '"Quinzaine" tous les 15 jours à partir du 12 janvier 10h',
    '"Fin de mois" dernier vendredi 16h 1h',
    '"Sauf" tous les mardis 9h 1h sauf le 19 et le 26 janvier',
    '"Court" tous les jeudis 9h jusqu\'au 30 juin',
    '"Journée" 19/11 9h-17h à Lyon',
)


async def link(chat: Chat, *, person: str = MODO, community: str | None = None) -> str:
    async with chat.database.transaction() as tx:
        return await calendars.new_link(tx, account=BOT, now=chat.now, person=person, community=community)


async def feed(chat: Chat, token: str) -> bytes:
    found = await chat.engine.calendars.feed(token)
    assert found is not None
    return found


def starts(content: bytes, now: datetime) -> list[datetime]:
    """The starts that recurring-ical-events reads, cancelled ones left out."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(now, now + YEAR)
    return sorted(event["DTSTART"].dt for event in found if str(event["STATUS"]) != "CANCELLED")


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


async def changes(chat: Chat, meetup: Meetup, civil: datetime | None) -> None:
    async with chat.database.transaction() as tx:
        found = await meetups.get(tx, meetup.id)
        assert found is not None
        if civil is None:
            await meetups.cancel(tx, found, now=chat.now)
        else:
            await meetups.move(tx, found, civil, length=None, now=chat.now)


@pytest.mark.parametrize("line", LINES)
async def test_another_reader_sees_the_same_occurrences_for_a_year(chat: Chat, line: str) -> None:
    """The year holds both changes of the clocks."""
    await published(chat, line)
    content = await feed(chat, await link(chat, community="numerique"))
    ours = occurrences(plan(line, chat.now).series, after=chat.now, limit=400, before=chat.now + YEAR)
    assert starts(content, chat.now) == [one.start for one in ours]


async def test_a_moved_and_a_cancelled_occurrence_are_read_so(chat: Chat) -> None:
    _, second, third = (await published(chat, LINES[0]))[:3]
    await changes(chat, second, datetime.fromisoformat("2027-02-03T10:00"))
    await changes(chat, third, None)
    content = await feed(chat, await link(chat, community="numerique"))
    read = starts(content, chat.now)
    assert datetime(2027, 2, 3, 10, tzinfo=PARIS) in read
    assert second.start not in read
    assert third.start not in read
    overrides = [event for event in events(content) if "RECURRENCE-ID" in event]
    assert sorted((int(event["SEQUENCE"]), str(event["STATUS"])) for event in overrides) == [
        (1, "CANCELLED"),
        (1, "CONFIRMED"),
    ]
    assert len({str(event["UID"]) for event in events(content)}) == 1


async def test_every_event_has_an_end_for_three_readers_and_nothing_past_rings(chat: Chat) -> None:
    """A whole day rings the evening before at 18:00, anything else an hour before; what is over does not ring."""
    over = await published(chat, '"Passé" mercredi 6 janvier 14h')
    coming = await published(chat, '"Point" vendredi 15 janvier 14h')
    whole = await published(chat, '"Séminaire" du 19 au 20 janvier')
    for meetup in (*over, *coming, *whole):
        await answers(chat, meetup)
    token = await link(chat, person=ANA)
    await chat.passes(days=3)
    content = await feed(chat, token)

    ends = {str(event["SUMMARY"]): event["DTEND"].dt - event["DTSTART"].dt for event in events(content)}
    assert ends == {"Passé": HOUR, "Point": HOUR, "Séminaire": 48 * HOUR}
    calendar: Any = vobject.readOne(content.decode())
    assert {e.summary.value: e.dtend.value - e.dtstart.value for e in calendar.vevent_list} == ends
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(chat.now, chat.now + YEAR)
    assert {str(event["SUMMARY"]): event["DTEND"].dt - event["DTSTART"].dt for event in read} == {
        title: length for title, length in ends.items() if title != "Passé"
    }
    rings = {
        str(event["SUMMARY"]): [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] for event in events(content)
    }
    assert rings == {"Passé": [], "Point": [-HOUR], "Séminaire": [-6 * HOUR]}


async def test_a_personal_calendar_holds_what_the_person_said_yes_or_maybe_to(chat: Chat) -> None:
    first, second = (await published(chat, LINES[0]))[:2]
    await answers(chat, second, ANA)
    await answers(chat, first, BEN)
    mine = await feed(chat, await link(chat, person=ANA))
    assert starts(mine, chat.now) == [second.start]
    before = str(events(mine)[0]["UID"])
    await changes(chat, second, datetime.fromisoformat("2027-02-03T10:00"))
    after = events(await feed(chat, await link(chat, person=ANA)))[0]
    assert (str(after["UID"]), int(after["SEQUENCE"])) == (before, 1)


async def test_the_zone_the_alarm_and_the_link_are_in_it(chat: Chat) -> None:
    await published(chat, LINES[0])
    content = await feed(chat, await link(chat, community="numerique"))
    made: Any = icalendar.Calendar.from_ical(content)
    assert [str(zone["TZID"]) for zone in made.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert [alarm["TRIGGER"].dt for alarm in made.walk("VALARM")] == [timedelta(hours=-1)]
    assert str(events(content)[0]["URL"]) == "https://visio.example.org/rse"
    assert ANA.encode() not in content


async def test_a_third_reader_reads_the_same_single_meetings(chat: Chat) -> None:
    martinique = ZoneInfo("America/Martinique")
    await published(chat, '"Visio" mardi 19 janvier 14h 1h', zone=martinique)
    await published(chat, '"Séminaire" du 12 au 14 mai')
    content = await feed(chat, await link(chat, community="numerique"))
    read = {event.summary.value: event for event in vobject.readOne(content.decode()).vevent_list}
    assert read["Visio"].dtstart.value.astimezone(UTC) == datetime(2027, 1, 19, 18, tzinfo=UTC)
    assert str(read["Séminaire"].dtstart.value) == "2027-05-12"
    assert str(read["Séminaire"].dtend.value) == "2027-05-15"


async def test_a_guessed_a_revoked_and_a_replaced_address_lead_nowhere(chat: Chat) -> None:
    first = await link(chat, person=ANA)
    second = await link(chat, person=ANA)
    read = chat.engine.calendars.feed
    assert await read(first) is None
    assert await read(second) is not None
    async with chat.database.transaction() as tx:
        assert await calendars.revoke(tx, account=BOT, person=ANA)
        assert not await calendars.revoke(tx, account=BOT, person=ANA)
    assert await read(second) is None
    for guess in ("", "a", "0" * 43, second[:-1]):
        assert await read(guess) is None


async def test_no_token_is_kept_as_it_is(chat: Chat) -> None:
    token = await link(chat, community="numerique")
    async with chat.database.reading() as tx:
        found = [row.token_hash for row in await tx.exec(select(CalendarLink))]
    assert len(found) == 1
    assert token not in found[0]
    assert len(token) >= 43
