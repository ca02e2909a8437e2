"""What a team works on goes on with it, and all who gave something to that learn each end."""

from bot.challenges import Challenge, solutions
from bot.challenges import followed as challenges_followed
from bot.challenges.rules.challenge import CHALLENGE
from bot.challenges.rules.solution import SOLUTION, Trigger
from bot.communities.acting import Hands
from bot.communities.tell import Words
from bot.contributors import returns
from bot.events.messages import Ref
from bot.teams import records
from bot.teams.tables import Team


async def took_part(hands: Hands, team: Team, person: str) -> None:
    """The person hears once of each end of what the team works on."""
    await returns.given(hands.tx, await _thing(hands, team), person, community=team.community, now=hands.now)


async def tell_all(hands: Hands, team: Team, words: Words, *, but: str | None) -> None:
    """All who took part learn, once, that the team came to this end, except `but`, who ended it."""
    await returns.ended(hands, await _thing(hands, team), f"{records.number(team)} {team.status}", words, but=but)


async def followed(hands: Hands, team: Team, trigger: Trigger) -> Challenge | None:
    """A challenge and its solution go on with their team."""
    thing = records.about(team)
    return await challenges_followed.move(hands, thing.id, trigger) if thing.kind == SOLUTION else None


async def _thing(hands: Hands, team: Team) -> Ref:
    """What all who took part gave something to: the challenge of the solution, else what the team works on."""
    thing = records.about(team)
    solution = await solutions.get(hands.tx, thing.id) if thing.kind == SOLUTION else None
    return Ref(CHALLENGE, str(solution.challenge)) if solution is not None else thing
