"""The promises of meet-ups under load and under the power cut, with small counts."""

from bot.meetups.rules.rsvp import Status
from tests.chat import Chat
from tests.meetups_soak import (
    answers_at_once,
    down_before_the_start,
    due_the_same_minute,
    killed_between_due_and_sent,
    toggles,
)


async def test_killed_between_due_and_sent_every_reminder_comes_exactly_once(chat: Chat) -> None:
    assert set((await killed_between_due_and_sent(chat, 6)).items()) == {(f"n{n}", 1) for n in range(6)}


async def test_forty_people_at_once_on_thirty_places(chat: Chat) -> None:
    roster, card = await answers_at_once(chat, 40, 30)
    assert roster.count(Status.YES) == 30
    assert [rsvp.person for rsvp in roster.waiting] == [f"@p{n:03}:example.org" for n in range(30, 40)]
    assert "30 places prises sur 30, 10 en liste d'attente" in card


async def test_twenty_toggles_leave_nothing_behind(chat: Chat) -> None:
    roster, left = await toggles(chat, 20)
    assert roster.rsvps == ()
    assert left == set()


async def test_many_reminders_due_at_once_all_leave(chat: Chat) -> None:
    burst = await due_the_same_minute(chat, 100)
    assert burst.sent == 100


async def test_down_before_the_start_answers_count_and_late_reminders_say_what_is_left(chat: Chat) -> None:
    outage = await down_before_the_start(chat, 2)
    assert "4 personnes inscrites" in outage.card
    assert sorted(outage.late.values()) == [1] * 2
    assert sorted(outage.last.values()) == [1] * 4
    assert outage.after_the_start == 0
