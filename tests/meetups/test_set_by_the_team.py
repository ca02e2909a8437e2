"""Promises of what a team sets of its meet-ups: seats go by it, and names are forgotten by it."""

from datetime import UTC, datetime, timedelta

from bot.meetups import reminder_timers
from bot.meetups.rules.rsvp import Answer, Status
from tests.chat import ANA, BEN, MODO, Chat
from tests.meetups.published import answers, published, roster
from tests.meetups.test_rsvps import timers

TOMORROW = '"Petit groupe" demain 9h 1 place'


async def frees_a_seat(chat: Chat) -> tuple[Status, datetime | None]:
    """What becomes of Ben, who waits, when Ana gives up her seat a day before."""
    meetup = (await published(chat, TOMORROW))[0]
    await answers(chat, meetup, ANA, n=1)
    await answers(chat, meetup, BEN, n=2)
    await answers(chat, meetup, ANA, Answer.NO, n=3)
    ben = (await roster(chat, meetup)).of(BEN)
    assert ben is not None
    return ben.status, ben.hold_until


async def test_a_seat_is_held_until_the_hour_that_the_team_set(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin réglage retenue-place 16 h 30")
    assert await frees_a_seat(chat) == (Status.OFFERED, datetime(2027, 1, 5, 15, 30, tzinfo=UTC))


async def test_a_seat_is_given_without_a_question_as_long_before_as_the_team_set(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin réglage attente-auto 12 heures")
    assert await frees_a_seat(chat) == (Status.YES, None)


async def test_names_and_vain_searches_are_kept_as_long_as_the_team_set(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin conservation inscriptions 30")
    await chat.confirms(MODO, "!admin conservation recherches 20 jours")
    other = await chat.opens("!rse:example.org", community="rse")
    for room in (chat.room, other):
        await chat.says(ANA, "!doc zinzolin", room=room)

    meetup = (await published(chat, TOMORROW))[0]
    due = await timers(chat, reminder_timers.FORGET)
    await chat.passes(days=21)
    await chat.engine.routine.forget_old()

    assert list(due.values()) == [meetup.over_at + timedelta(days=30)]
    assert await chat.rows("SELECT community FROM search_miss") == [("rse",)]
    await chat.says(MODO, "!admin conservation")
    assert [line[3:] for line in chat.last.lines if "conservation-" in line and "(" not in line] == [
        "conservation-recherches\u00a0: 20 jours",
        "conservation-inscriptions\u00a0: 30 jours",
    ]


async def test_the_room_and_those_who_come_are_reminded_as_it_was_announced(chat: Chat) -> None:
    """In the community's own working hours: three days before is a Saturday."""
    for setting in ("rappel-salon 3 jours", "rappel-avant 30", "heures-ouvrees lun-ven 10h-16h"):
        await chat.confirms(MODO, f"!admin réglage {setting}")
    await chat.says(MODO, '!rdv nouveau "Comité" mardi 19 janvier 14h 1h visio https://visio.example.org/c')
    assert "3 jours avant dans le salon\u00a0; la veille et 30 minutes avant en privé" in chat.last.text
    await chat.says(MODO, "oui")
    await chat.says(ANA, "!rdv oui R-1")
    due = await timers(chat, reminder_timers.WEEK, reminder_timers.SOON)
    assert sorted(due.values()) == [
        datetime(2027, 1, 15, 14, 59, tzinfo=UTC),
        datetime(2027, 1, 19, 12, 30, tzinfo=UTC),
    ]
