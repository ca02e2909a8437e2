"""What becomes of a retained solution once a team works on it: the solution goes on, and its challenge with it."""

from bot.challenges import cards, challenges, solutions
from bot.challenges.rules import challenge as of_challenge
from bot.challenges.rules.solution import LIFECYCLE, Party, Status, Trigger
from bot.challenges.tables import Challenge, Solution
from bot.communities.acting import Hands

_AT_WORK = (Status.ACCOMPANIED, Status.EXPERIMENTING)


async def move(hands: Hands, identity: int | str, trigger: Trigger) -> Challenge | None:
    """The solution of an id takes a step that its team took, if there is one from where it stands; its challenge."""
    solution = await solutions.get(hands.tx, identity)
    challenge = await challenges.get(hands.tx, solution.challenge, lock=True) if solution is not None else None
    if solution is None or challenge is None:
        return None
    if LIFECYCLE.target(Status(solution.status), trigger) is not None:
        await solutions.move(hands, solution, trigger, by={Party.SYSTEM})
        await cards.refresh_solution(hands, challenge, solution)
    await _with_it(hands, challenge, solution, trigger)
    return challenge


async def _with_it(hands: Hands, challenge: Challenge, solution: Solution, trigger: Trigger) -> None:
    """The challenge is where the solution that has come farthest is."""
    step = of_challenge.Trigger(trigger.value)
    if of_challenge.LIFECYCLE.target(of_challenge.Status(challenge.status), step) is None:
        return
    others = await solutions.of_challenge(hands.tx, challenge, *_AT_WORK)
    if trigger is Trigger.RELEASE and any(one.id != solution.id for one in others):
        return
    await challenges.move(hands, challenge, step, by={of_challenge.Party.SYSTEM})
