"""The trials of meet-ups: no homeserver but one in memory, so that the power can be cut at the worst moment."""

from collections import Counter

from bot.meetups.rules.rsvp import Status
from tests.e2e.town import Town
from tests.meetups_soak import (
    answers_at_once,
    down_before_the_start,
    in_a_new_chat,
    killed_between_due_and_sent,
    toggles,
)
from tests.soak.trials import Result, Scale, Trial
from tests.traffic import Found


async def cut_between_due_and_sent(_town: Town, scale: Scale) -> Result:
    """200 reminders, the power cut between due and sent of each, at three points in turn."""
    times = scale.of(200)
    read = await in_a_new_chat(lambda chat: killed_between_due_and_sent(chat, times))
    return Result("reminders, cut between due and sent", _found(times, read))


async def down_in_the_last_hours(_town: Town, scale: Scale) -> Result:
    """Down from two hours to half an hour before the start; 100 people wait for a reminder, 100 answer meanwhile."""
    people = scale.of(100)
    outage = await in_a_new_chat(lambda chat: down_before_the_start(chat, people))
    counted = f"{2 * people} personnes inscrites" in outage.card
    late, last = _found(people, outage.late), _found(2 * people, outage.last)
    found = Found(
        late.asked + last.asked,
        late.answered + last.answered,
        lost=late.lost + last.lost + (not counted),
        repeated=late.repeated + last.repeated + outage.after_the_start,
    )
    return Result("reminders, down before the start", found, f"{outage.after_the_start} after the start")


async def forty_at_once(_town: Town, _scale: Scale) -> Result:
    """40 people answer yes in one turn of the sync; there are 30 places."""
    roster, _card = await in_a_new_chat(lambda chat: answers_at_once(chat, 40, 30))
    line = [rsvp.person for rsvp in roster.waiting]
    in_order = line == [f"@p{number:03}:example.org" for number in range(30, 40)]
    found = Found(40, roster.count(Status.YES) + len(line), lost=int(not in_order), repeated=0)
    return Result("answers on 30 places", found, f"{roster.count(Status.YES)} + {len(line)}, in order: {in_order}")


async def toggled(_town: Town, scale: Scale) -> Result:
    """One person answers and takes it back, 20 times."""
    times = scale.of(20)
    roster, left = await in_a_new_chat(lambda chat: toggles(chat, times))
    wrong = len(roster.rsvps) + len(left)
    return Result("answers toggled", Found(times, times, lost=0, repeated=wrong), f"{wrong} answers and timers left")


def _found(asked: int, read: Counter[str]) -> Found:
    return Found(asked, len(read), lost=asked - len(read), repeated=sum(1 for count in read.values() if count > 1))


TRIALS: dict[str, Trial] = {
    "reminders": cut_between_due_and_sent,
    "outage": down_in_the_last_hours,
    "places": forty_at_once,
    "toggles": toggled,
}
