"""A request goes from one status to another only as the table says, and only by whom it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.help.rules.offer import (
    OFFER_TRANSITIONS,
    Offers,
    OfferStatus,
    OfferTrigger,
    accepted,
    accepted_by,
    all_declined,
    moved,
    taken_back,
)
from bot.help.rules.request import (
    FINAL,
    TRANSITIONS,
    Party,
    Refusal,
    RequestFacts,
    Status,
    Trigger,
    may,
    refusal,
    target_of,
)
from bot.help.rules.timers import DELAYS, Timer, retiming, timers_of

NOW = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)

# Statuses down, where each trigger leads; what is not here is refused.
EXPECTED = {
    Status.DRAFT: {"send": "open", "cancel": "cancelled"},
    Status.OPEN: {
        "ask_peers": "with_peers", "solicit": "seeking", "run_out": "untaken", "cancel": "cancelled",
    },
    Status.WITH_PEERS: {
        "solicit": "seeking", "run_out": "untaken", "ask_before": "with_peers", "accept": "accepted",
        "resolve": "resolved", "cancel": "cancelled",
    },
    Status.SEEKING: {
        "solicit": "seeking", "run_out": "untaken", "ask_before": "seeking", "accept": "accepted",
        "cancel": "cancelled",
    },
    Status.UNTAKEN: {
        "ask_peers": "with_peers", "solicit": "seeking", "ask_before": "untaken", "accept": "accepted",
        "cancel": "cancelled",
    },
    Status.ACCEPTED: {
        "take_back": "seeking", "start": "under_way", "hand_over": "seeking", "resolve": "resolved",
        "cancel": "cancelled",
    },
    Status.UNDER_WAY: {
        "ask_requester": "awaiting_requester", "hand_over": "seeking", "resolve": "resolved",
        "cancel": "cancelled",
    },
    Status.AWAITING_REQUESTER: {
        "answer": "under_way", "hand_over": "seeking", "resolve": "resolved", "close": "closed",
        "cancel": "cancelled",
    },
    Status.RESOLVED: {"resume": "under_way", "close": "closed", "cancel": "cancelled"},
    Status.CLOSED: {"reopen": "seeking"},
    Status.CANCELLED: {},
}  # fmt: skip


FULL = RequestFacts(
    Status.DRAFT,
    text_length=60,
    has_topic=True,
    someone_else=True,
    has_expert=True,
    accepted_at=NOW,
    closed_at=NOW,
)


def test_the_table_says_every_transition() -> None:
    found = {
        status: {trigger: target for trigger in Trigger if (target := target_of(status, trigger))} for status in Status
    }
    assert found == EXPECTED


def test_no_row_of_the_table_contradicts_another() -> None:
    pairs = [(source, row.trigger) for row in TRANSITIONS for source in row.sources]
    assert len(pairs) == len(set(pairs))


def test_every_status_can_be_reached_and_left_for_an_end() -> None:
    assert _reachable(Status.DRAFT) == set(Status)
    assert all(_reachable(status) & FINAL for status in Status)


def _reachable(start: Status) -> set[Status]:
    found, waiting = {start}, [start]
    while waiting:
        status = waiting.pop()
        new = {target for trigger in Trigger if (target := target_of(status, trigger))} - found
        found |= new
        waiting += new
    return found


@given(st.sampled_from(Status), st.sampled_from(Trigger), st.frozensets(st.sampled_from(Party)))
def test_only_the_parties_of_a_transition_may_use_it(status: Status, trigger: Trigger, by: frozenset[Party]) -> None:
    row = next((row for row in TRANSITIONS if status in row.sources and row.trigger is trigger), None)
    refused = refusal(trigger, replace(FULL, status=status), by=by, now=NOW, reason="doublon")
    if row is None:
        assert refused is Refusal.WRONG_STATUS
    else:
        assert refused is (None if row.by & by else Refusal.NOT_ALLOWED)


@pytest.mark.parametrize(
    ("trigger", "request_", "by", "expected"),
    [
        (
            Trigger.SEND,
            replace(FULL, status=Status.DRAFT, text_length=14),
            {Party.REQUESTER},
            Refusal.TOO_SHORT,
        ),
        (Trigger.SEND, replace(FULL, status=Status.DRAFT, text_length=15), {Party.REQUESTER}, None),
        (
            Trigger.SEND,
            replace(FULL, status=Status.DRAFT, has_topic=False),
            {Party.REQUESTER},
            Refusal.NO_TOPIC,
        ),
        (
            Trigger.SEND,
            replace(FULL, status=Status.DRAFT, others_open=3),
            {Party.REQUESTER},
            Refusal.TOO_MANY_OPEN,
        ),
        (Trigger.SEND, replace(FULL, status=Status.DRAFT, others_open=2), {Party.REQUESTER}, None),
        (
            Trigger.HAND_OVER,
            replace(FULL, status=Status.UNDER_WAY, someone_else=False),
            {Party.EXPERT},
            Refusal.NOBODY_ELSE,
        ),
        (Trigger.HAND_OVER, replace(FULL, status=Status.UNDER_WAY, someone_else=False), {Party.SYSTEM}, None),
        (
            Trigger.RESUME,
            replace(FULL, status=Status.RESOLVED, has_expert=False),
            {Party.REQUESTER},
            Refusal.NO_EXPERT,
        ),
        (
            Trigger.REOPEN,
            replace(FULL, status=Status.CLOSED, reopenings=2),
            {Party.REQUESTER},
            Refusal.TOO_OFTEN,
        ),
        (
            Trigger.REOPEN,
            replace(FULL, status=Status.CLOSED, closed_at=None),
            {Party.REQUESTER},
            Refusal.TOO_LATE,
        ),
        (Trigger.RESOLVE, replace(FULL, status=Status.UNDER_WAY), {Party.MODERATOR}, Refusal.NOT_ALLOWED),
        (Trigger.RESOLVE, replace(FULL, status=Status.WITH_PEERS), {Party.OFFERED}, Refusal.NOT_ALLOWED),
        (Trigger.ACCEPT, replace(FULL, status=Status.SEEKING), {Party.MODERATOR}, Refusal.NOT_ALLOWED),
        (Trigger.ACCEPT, replace(FULL, status=Status.UNTAKEN), {Party.OFFERED}, None),
        (Trigger.ACCEPT, replace(FULL, status=Status.ACCEPTED), {Party.OFFERED}, Refusal.WRONG_STATUS),
        (Trigger.CANCEL, replace(FULL, status=Status.SEEKING), {Party.OFFERED}, Refusal.NOT_ALLOWED),
    ],
)
def test_guards_say_why_not(trigger: Trigger, request_: RequestFacts, by: set[Party], expected: Refusal | None) -> None:
    assert refusal(trigger, request_, by=by, now=NOW) is expected


def test_a_moderator_gives_a_reason_to_cancel_and_a_requester_does_not() -> None:
    seeking = replace(FULL, status=Status.SEEKING)
    assert refusal(Trigger.CANCEL, seeking, by={Party.MODERATOR}, now=NOW, reason=" ") is Refusal.REASON_MISSING
    assert may(Trigger.CANCEL, seeking, by={Party.MODERATOR}, now=NOW, reason="doublon")
    assert may(Trigger.CANCEL, seeking, by={Party.REQUESTER, Party.MODERATOR}, now=NOW)


@pytest.mark.parametrize(("minutes", "allowed"), [(0, True), (5, True), (5.1, False)])
def test_a_yes_is_taken_back_within_five_minutes(minutes: float, allowed: bool) -> None:
    later = NOW + timedelta(minutes=minutes)
    assert may(Trigger.TAKE_BACK, replace(FULL, status=Status.ACCEPTED), by={Party.EXPERT}, now=later) is allowed


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (30, True), (30.1, False)])
def test_a_closed_request_is_reopened_within_thirty_days(days: float, allowed: bool) -> None:
    later = NOW + timedelta(days=days)
    assert may(Trigger.REOPEN, replace(FULL, status=Status.CLOSED), by={Party.REQUESTER}, now=later) is allowed


def test_the_end_of_a_request_cancels_all_its_timers() -> None:
    for row in TRANSITIONS:
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


@pytest.mark.parametrize("status", OfferStatus)
@pytest.mark.parametrize("trigger", OfferTrigger)
def test_an_offer_moves_only_as_its_table_says(status: OfferStatus, trigger: OfferTrigger) -> None:
    target = OFFER_TRANSITIONS.get((status, trigger))
    if target is None:
        with pytest.raises(ValueError, match="means nothing"):
            moved({"a": status}, "a", trigger)
    else:
        assert moved({"a": status}, "a", trigger) == {"a": target}


def test_a_yes_withdraws_what_others_still_hold() -> None:
    offers = {
        "a": OfferStatus.EXPIRED,
        "b": OfferStatus.SENT,
        "c": OfferStatus.DECLINED,
        "d": OfferStatus.EXPIRED,
    }
    after = accepted(offers, "a")
    assert list(after.values()) == ["accepted", "withdrawn", "declined", "withdrawn"]
    with pytest.raises(ValueError, match="already"):
        accepted(after, "c")


def test_taking_back_a_yes_lets_the_others_answer_again() -> None:
    offers = {"a": OfferStatus.ACCEPTED, "b": OfferStatus.WITHDRAWN, "c": OfferStatus.WITHDRAWN}
    assert list(taken_back(offers, "a", gone={"c"}).values()) == ["sent", "sent", "withdrawn"]
    with pytest.raises(ValueError, match="not accepted"):
        taken_back(offers, "b")


def test_a_no_removed_after_somebody_accepted_leaves_nothing_to_answer() -> None:
    offers = {"a": OfferStatus.ACCEPTED, "b": OfferStatus.DECLINED}
    assert moved(offers, "b", OfferTrigger.TAKE_BACK)["b"] is OfferStatus.WITHDRAWN


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
        target = target_of(self.status, trigger)
        assert target is not None
        change = retiming(self.status, trigger)
        assert change.cancels <= self.running
        self.running = (self.running - change.cancels) | change.arms
        self.status = target

    @rule(trigger=st.sampled_from([trigger for trigger in Trigger if trigger not in ("accept", "take_back")]))
    def anything_happens(self, trigger: Trigger) -> None:
        if target_of(self.status, trigger) is None:
            return
        self._move(trigger)
        if trigger is Trigger.SOLICIT:
            self.offers = {**dict.fromkeys("abc", OfferStatus.SENT), **self.offers}
        if trigger in (Trigger.HAND_OVER, Trigger.REOPEN) and (expert := accepted_by(self.offers)):
            self.offers = moved(self.offers, expert, OfferTrigger.WITHDRAW)

    @rule(who=st.sampled_from("abc"), trigger=st.sampled_from(["decline", "expire", "take_back"]))
    def a_volunteer_answers(self, who: str, trigger: str) -> None:
        status = self.offers.get(who)
        if status and status != "accepted" and (status, trigger) in OFFER_TRANSITIONS:
            self.offers = moved(self.offers, who, OfferTrigger(trigger))

    @precondition(lambda self: target_of(self.status, Trigger.ACCEPT) is not None)
    @rule(who=st.sampled_from("abc"))
    def a_volunteer_accepts(self, who: str) -> None:
        status = self.offers.get(who)
        if status and (status, OfferTrigger.ACCEPT) in OFFER_TRANSITIONS:
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
