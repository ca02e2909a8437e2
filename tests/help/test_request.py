"""What is in the way of a request's steps, which timers follow from them, and how its offers depend on one another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.errors import NotNow
from bot.help.rules.offer import LIFECYCLE as OFFER
from bot.help.rules.offer import (
    Offers,
    OfferStatus,
    OfferTrigger,
    accepted,
    accepted_by,
    all_declined,
    moved,
    taken_back,
)
from bot.help.rules.request import FINAL, LIFECYCLE, Party, Refusal, RequestFacts, Status, Trigger, hindrances
from bot.help.rules.timers import DELAYS, Timer, retiming, timers_of
from bot.help.texts_before import refused

NOW = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)

FULL = RequestFacts(text_length=60, has_topic=True, someone_else=True, accepted_at=NOW, closed_at=NOW, reason="doublon")


def refusal(status: Status, trigger: Trigger, by: Party, *, later: timedelta = timedelta(), **facts: Any) -> str | None:
    """Why a request of which only these facts are in the way is not moved."""
    found = hindrances(replace(FULL, **facts), now=NOW + later)
    return LIFECYCLE.refusal(status, trigger, by={by}, hindrances=found)


def test_nothing_is_in_the_way_of_a_request_that_has_everything() -> None:
    assert hindrances(FULL, now=NOW) == set()


def test_what_is_missing_says_why_not() -> None:
    """Each fact with the last value that is refused, and the first that is not."""
    draft, minutes, days = (Status.DRAFT, Trigger.SEND, Party.REQUESTER), timedelta(minutes=1), timedelta(days=1)
    reopened = (Status.CLOSED, Trigger.REOPEN, Party.REQUESTER)
    taken_back = (Status.ACCEPTED, Trigger.TAKE_BACK, Party.EXPERT)
    cancelled = (Status.SEEKING, Trigger.CANCEL, Party.MODERATOR)
    found = {
        "14 characters": refusal(*draft, text_length=14),
        "15 characters": refusal(*draft, text_length=15),
        "no topic": refusal(*draft, has_topic=False),
        "three others open": refusal(*draft, others_open=3),
        "two others open": refusal(*draft, others_open=2),
        "nobody else": refusal(Status.UNDER_WAY, Trigger.HAND_OVER, Party.EXPERT, someone_else=False),
        "nobody else, the volunteer is gone": refusal(
            Status.UNDER_WAY, Trigger.HAND_OVER, Party.SYSTEM, someone_else=False
        ),
        "a yes of 5 minutes": refusal(*taken_back, later=5 * minutes),
        "a yes of 5.1 minutes": refusal(*taken_back, later=5.1 * minutes),
        "closed for 30 days": refusal(*reopened, later=30 * days),
        "closed for 30.1 days": refusal(*reopened, later=30.1 * days),
        "closed, nobody knows when": refusal(*reopened, closed_at=None),
        "reopened twice": refusal(*reopened, reopenings=2),
        "the team, without a reason": refusal(*cancelled, reason=" "),
        "the author, without a reason": refusal(Status.SEEKING, Trigger.CANCEL, Party.REQUESTER, reason=""),
    }
    assert {case: why for case, why in found.items() if why is not None} == {
        "14 characters": Refusal.TOO_SHORT,
        "no topic": Refusal.NO_TOPIC,
        "three others open": Refusal.TOO_MANY_OPEN,
        "nobody else": Refusal.NOBODY_ELSE,
        "a yes of 5.1 minutes": Refusal.ACCEPTED_LONG_AGO,
        "closed for 30.1 days": Refusal.CLOSED_LONG_AGO,
        "closed, nobody knows when": Refusal.CLOSED_LONG_AGO,
        "reopened twice": Refusal.TOO_OFTEN,
        "the team, without a reason": Refusal.REASON_MISSING,
    }


def test_every_refusal_has_its_sentence() -> None:
    assert all(refused(one) for one in Refusal)


def test_the_end_of_a_request_cancels_all_its_timers() -> None:
    for row in LIFECYCLE.rows:
        for source in row.sources:
            if row.target in FINAL:
                assert retiming(source, row.trigger).cancels == timers_of(source)
                assert retiming(source, row.trigger).arms == frozenset()


def test_a_promise_of_news_keeps_its_day_while_volunteers_are_asked() -> None:
    again = retiming(Status.SEEKING, Trigger.SOLICIT)
    assert again.cancels == again.arms == frozenset({Timer.NEXT_GROUP})
    assert Timer.NEWS_TO_REQUESTER not in retiming(Status.SEEKING, Trigger.RUN_OUT).cancels


def test_every_timer_has_a_delay_and_runs_somewhere() -> None:
    assert set(DELAYS) == set(Timer) == frozenset().union(*map(timers_of, Status))


def test_a_trigger_without_meaning_has_no_timers() -> None:
    with pytest.raises(ValueError, match="means nothing"):
        retiming(Status.CANCELLED, Trigger.SEND)


def test_a_yes_withdraws_what_others_still_hold() -> None:
    offers = {
        "a": OfferStatus.EXPIRED,
        "b": OfferStatus.SENT,
        "c": OfferStatus.DECLINED,
        "d": OfferStatus.EXPIRED,
    }
    after = accepted(offers, "a")
    assert list(after.values()) == ["accepted", "withdrawn", "declined", "withdrawn"]
    with pytest.raises(NotNow, match="taken"):
        accepted(after, "c")


def test_taking_back_a_yes_lets_the_others_answer_again() -> None:
    offers = {"a": OfferStatus.ACCEPTED, "b": OfferStatus.WITHDRAWN, "c": OfferStatus.WITHDRAWN}
    assert list(taken_back(offers, "a", gone={"c"}).values()) == ["sent", "sent", "withdrawn"]
    with pytest.raises(NotNow, match="wrong_status"):
        taken_back(offers, "b")


def test_a_no_removed_after_somebody_accepted_leaves_nothing_to_answer() -> None:
    offers = {"a": OfferStatus.ACCEPTED, "b": OfferStatus.DECLINED}
    with pytest.raises(NotNow, match="taken"):
        moved(offers, "b", OfferTrigger.TAKE_BACK, by=Party.OFFERED)
    assert moved(offers, "b", OfferTrigger.TAKE_BACK_LATE, by=Party.OFFERED)["b"] is OfferStatus.WITHDRAWN


def test_a_group_is_over_early_only_when_everybody_said_no() -> None:
    assert all_declined([OfferStatus.DECLINED, OfferStatus.DECLINED])
    assert not all_declined([OfferStatus.DECLINED, OfferStatus.EXPIRED])
    assert not all_declined([])


class Life(RuleBasedStateMachine):
    """A request and three volunteers, whatever happens to them."""

    def __init__(self) -> None:
        super().__init__()
        self.status = Status.DRAFT
        self.running: set[Timer] = set()
        self.offers: Offers = {}

    def _move(self, trigger: Trigger) -> None:
        target = LIFECYCLE.target(self.status, trigger)
        assert target is not None
        change = retiming(self.status, trigger)
        assert change.cancels <= self.running
        self.running = (self.running - change.cancels) | change.arms
        self.status = target

    @rule(trigger=st.sampled_from([trigger for trigger in Trigger if trigger not in ("accept", "take_back")]))
    def anything_happens(self, trigger: Trigger) -> None:
        if LIFECYCLE.target(self.status, trigger) is None:
            return
        self._move(trigger)
        if trigger is Trigger.SOLICIT:
            self.offers = {**dict.fromkeys("abc", OfferStatus.SENT), **self.offers}
        if trigger in (Trigger.HAND_OVER, Trigger.REOPEN) and (expert := accepted_by(self.offers)):
            self.offers = moved(self.offers, expert, OfferTrigger.WITHDRAW)

    @rule(who=st.sampled_from("abc"), trigger=st.sampled_from(["decline", "expire", "take_back", "take_back_late"]))
    def a_volunteer_answers(self, who: str, trigger: str) -> None:
        status = self.offers.get(who)
        by = Party.SYSTEM if trigger == "expire" else Party.OFFERED
        taken = {Refusal.TAKEN} if accepted_by(self.offers) else set()
        if status and OFFER.refusal(status, OfferTrigger(trigger), by={by}, hindrances=taken) is None:
            self.offers = moved(self.offers, who, OfferTrigger(trigger), by=by)

    @precondition(lambda self: LIFECYCLE.target(self.status, Trigger.ACCEPT) is not None)
    @rule(who=st.sampled_from("abc"))
    def a_volunteer_accepts(self, who: str) -> None:
        status = self.offers.get(who)
        if status and OFFER.target(status, OfferTrigger.ACCEPT):
            self.offers = accepted(self.offers, who)
            self._move(Trigger.ACCEPT)

    @precondition(lambda self: self.status is Status.ACCEPTED)
    @rule()
    def the_yes_is_taken_back(self) -> None:
        expert = accepted_by(self.offers)
        assert expert is not None
        self.offers = taken_back(self.offers, expert)
        self._move(Trigger.TAKE_BACK)

    @invariant()
    def one_volunteer_at_most_has_it(self) -> None:
        assert list(self.offers.values()).count(OfferStatus.ACCEPTED) <= 1

    @invariant()
    def nothing_is_open_to_others_once_it_is_taken(self) -> None:
        if accepted_by(self.offers):
            assert not {OfferStatus.SENT, OfferStatus.EXPIRED} & set(self.offers.values())

    @invariant()
    def timers_are_those_of_the_status(self) -> None:
        assert self.running == timers_of(self.status)

    @invariant()
    def nothing_comes_due_after_the_end(self) -> None:
        assert self.status not in FINAL or not self.running


TestLife = Life.TestCase
