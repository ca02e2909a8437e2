"""What happens to a challenge: opened, put to the vote, closed with its tally, given up; and who is told, once."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from bot.challenges import authors, cards, challenges, solutions, texts, texts_vote, votes
from bot.challenges.rules import vote
from bot.challenges.rules.challenge import (
    CHALLENGE,
    FEWEST,
    SOLUTIONS_END,
    VOTE_END,
    Party,
    Refusal,
    Status,
    Trigger,
)
from bot.challenges.rules.line import USUAL_VOTE, Opening
from bot.challenges.rules.solution import SIGN
from bot.challenges.rules.solution import Party as SolutionParty
from bot.challenges.rules.solution import Status as SolutionStatus
from bot.challenges.rules.solution import Trigger as SolutionTrigger
from bot.challenges.tables import Challenge, Solution
from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.tell import Words, tell_team
from bot.contributors import returns
from bot.errors import NotNow, UserError
from bot.events.messages import Ref
from bot.help import settings
from bot.ideas import Idea, ideas
from bot.ideas import steps as idea_steps

LATE = timedelta(minutes=10)
"""After an outage of this length its dates wait as long again, for what people said meanwhile."""
SHORTEST_VOTE = timedelta(days=1)
ON_THE_WAY = timedelta(minutes=1)
"""After its last instant, a vote is counted no sooner: what was sent before may not have reached us."""


@contextmanager
def explained(challenge: Challenge) -> Iterator[None]:
    """A step that is refused becomes the sentence that says why."""
    try:
        yield
    except NotNow as error:
        raise UserError(texts.refused(challenge, Refusal(error.why))) from None


async def begin(
    hands: Hands, community: str, opener: str, opening: Opening, sources: Sequence[Idea], *, room_id: str
) -> tuple[Challenge, bool]:
    """Open a challenge: who reported the irritants that lead to it, or joined them, reads it once.

    False if its room reads it only later. Raises NotNow for an irritant that is over.
    """
    challenge = await challenges.begin(hands, community, opener, opening, room_id=room_id)
    for idea in sources:
        for person in sorted(await idea_steps.attach(hands, idea, challenge.id or 0)):
            await took_part(hands, challenge, person)
    is_shown = await cards.put(hands, challenge)
    zone = await challenges.zone_of(hands.tx, challenge)
    await _tell(hands, challenge, "opened", partial(texts_vote.taken_up, challenge, zone), but=opener)
    await arm(hands, challenge)
    return challenge, is_shown


async def change(hands: Hands, challenge: Challenge, opening: Opening) -> None:
    """Other dates, another rule: whoever calls this has seen that no vote has begun."""
    assert opening.until is not None
    assert opening.vote_until is not None
    challenge.solutions_until, challenge.vote_until = opening.until, opening.vote_until
    await challenges.set_rule(hands, challenge, opening.rule)
    await cards.refresh(hands, challenge)
    await arm(hands, challenge)


async def took_part(hands: Hands, challenge: Challenge, person: str) -> None:
    """The person hears once of each end of the challenge."""
    await returns.given(hands.tx, _thing(challenge), person, community=challenge.community, now=hands.now)


async def arm(hands: Hands, challenge: Challenge) -> None:
    """Set the timer of its next date: at work, for what follows is read by a room."""
    voting = challenge.status == Status.VOTING
    kind, last = (VOTE_END, challenge.vote_until) if voting else (SOLUTIONS_END, challenge.solutions_until)
    due_at = await _at_work(hands, challenge, last + ON_THE_WAY)
    await hands.timers.set(hands.tx, kind, str(challenge.id), due_at=due_at)


async def _at_work(hands: Hands, challenge: Challenge, at: datetime) -> datetime:
    manner = await settings.of(hands.tx, await challenges.community_of(hands.tx, challenge))
    return at if manner.working.is_open(at) else manner.working.next_opening(at)


# ── the vote begins ───────────────────────────────────────────────────────────────────────────────────────


async def begin_vote(hands: Hands, challenge: Challenge, *, by: Collection[Party], anyway: bool = False) -> None:
    """Solutions and rule are frozen, and people may vote; `anyway`: on one solution. Raises NotNow."""
    found = await solutions.of_challenge(hands.tx, challenge, SolutionStatus.GIVEN)
    await challenges.move(hands, challenge, Trigger.BEGIN_VOTE, by=by, hindrances=hindrances(found, anyway=anyway))
    challenge.voting_since = hands.now
    if challenge.vote_until < hands.now + SHORTEST_VOTE:
        challenge.vote_until = hands.now + USUAL_VOTE
    await hands.timers.cancel(hands.tx, SOLUTIONS_END, str(challenge.id))
    for one in found:
        await solutions.move(hands, one, SolutionTrigger.BEGIN_VOTE, by={SolutionParty.SYSTEM})
        await hands.outbox.close_cards(hands.tx, Ref(SIGN, str(one.id)))
        await cards.refresh_solution(hands, challenge, one)
    zone = await challenges.zone_of(hands.tx, challenge)
    await cards.announce(hands, challenge, partial(texts_vote.opened, challenge, found, zone), key="vote", waits=True)
    await cards.refresh(hands, challenge)
    await arm(hands, challenge)


def hindrances(found: Collection[Solution], *, anyway: bool) -> set[Refusal]:
    """What is in the way of a vote on these solutions."""
    reasons = {Refusal.NO_SOLUTION: not found, Refusal.ONE_SOLUTION: len(found) < FEWEST and not anyway}
    return {refusal for refusal, true in reasons.items() if true}


async def solutions_end(hands: Hands, challenge: Challenge) -> None:
    """The date has come: the vote begins, or the team learns that there is nothing to choose from."""
    found = await solutions.of_challenge(hands.tx, challenge, SolutionStatus.GIVEN)
    if not hindrances(found, anyway=False):
        await begin_vote(hands, challenge, by={Party.SYSTEM})
        return
    challenge.solutions_until = hands.now + USUAL_VOTE
    challenge.vote_until = max(challenge.vote_until, challenge.solutions_until + USUAL_VOTE)
    await cards.refresh(hands, challenge)
    await challenges.write(hands.tx, challenge)
    await arm(hands, challenge)
    zone = await challenges.zone_of(hands.tx, challenge)
    key = f"challenge:{challenge.id}:few:{challenge.edits}"
    community = await communities.get(hands.tx, challenge.community)
    assert community is not None
    await tell_team(hands, community, partial(texts_vote.too_few, challenge, len(found), zone), key=key)


# ── it ends ───────────────────────────────────────────────────────────────────────────────────────────────


async def close(hands: Hands, challenge: Challenge, *, by: Collection[Party]) -> None:
    """Count the votes and keep the tally; of a discreet vote nothing else stays. Raises NotNow."""
    found = await solutions.of_challenge(hands.tx, challenge, SolutionStatus.IN_VOTE)
    await votes.only_of_members(hands, challenge)
    tally, voted = await votes.count(hands.tx, challenge, found)
    winners = set(vote.retained(tally, challenges.rule_of(challenge)))
    await challenges.move(hands, challenge, Trigger.RETAIN if winners else Trigger.CLOSE, by=by)
    challenge.tally, challenge.voted = {str(one.rank): tally[one.id or 0] for one in found}, voted
    challenge.closed_at = hands.now
    if challenge.discreet:
        await votes.forget(hands.tx, challenge)
    for one in found:
        trigger = SolutionTrigger.RETAIN if one.id in winners else SolutionTrigger.LEAVE_OUT
        await solutions.move(hands, one, trigger, by={SolutionParty.SYSTEM})
        await cards.refresh_solution(hands, challenge, one)
    await cards.announce(hands, challenge, partial(texts_vote.result, challenge, found), key="result", waits=False)
    won = [one for one in found if one.id in winners]
    await _over(hands, challenge)
    await _tell(hands, challenge, challenge.status, partial(texts_vote.ended, challenge, won))


async def abandon(hands: Hands, challenge: Challenge, reason: str, *, by: Collection[Party], person: str) -> None:
    """The team gives it up, and says why; the irritants are open again. Raises NotNow."""
    lacking = () if reason.strip() else (Refusal.REASON_MISSING,)
    await challenges.move(hands, challenge, Trigger.ABANDON, by=by, hindrances=lacking)
    challenge.reason, challenge.closed_at = reason, hands.now
    await votes.forget(hands.tx, challenge)
    for one in await solutions.of_challenge(hands.tx, challenge):
        await solutions.move(hands, one, SolutionTrigger.DROP, by={SolutionParty.SYSTEM})
        await hands.outbox.close_cards(hands.tx, Ref(SIGN, str(one.id)))
        await cards.refresh_solution(hands, challenge, one)
    for idea in await ideas.of_challenge(hands.tx, challenge.id or 0):
        await idea_steps.release(hands, idea)
    await _over(hands, challenge)
    await _tell(hands, challenge, challenge.status, partial(texts_vote.given_up, challenge), but=person, last=True)


async def _over(hands: Hands, challenge: Challenge) -> None:
    """Nobody is waited for any more; its card says so."""
    for timer in (SOLUTIONS_END, VOTE_END):
        await hands.timers.cancel(hands.tx, timer, str(challenge.id))
    await hands.outbox.close_cards(hands.tx, _thing(challenge))
    await cards.refresh(hands, challenge)
    await challenges.write(hands.tx, challenge)


async def _tell(
    hands: Hands, challenge: Challenge, end: str, words: Words, *, but: str | None = None, last: bool = False
) -> None:
    await returns.ended(hands, _thing(challenge), str(end), words, but=but, last=last)


def _thing(challenge: Challenge) -> Ref:
    return Ref(CHALLENGE, str(challenge.id))


# ── who signs a solution ──────────────────────────────────────────────────────────────────────────────────


async def signs(hands: Hands, challenge: Challenge, solution: Solution, person: str) -> bool:
    """Somebody who was asked signs it too; False for anybody else, and once the vote has begun."""
    row = await authors.get(hands.tx, solution, person)
    if row is None or row.agreed_at is not None or solution.status != SolutionStatus.GIVEN:
        return False
    await authors.agree(hands.tx, row, now=hands.now)
    await took_part(hands, challenge, person)
    await cards.refresh_solution(hands, challenge, solution)
    return True
