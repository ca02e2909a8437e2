"""The volunteers who are proposed for a team: those who agreed to be asked, and may be asked now."""

from collections.abc import Collection

from bot.challenges import Challenge, Solution
from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.people import members as community_members
from bot.communities.people import people
from bot.help.offers import candidates
from bot.ideas import ideas
from bot.registers import territories
from bot.teams import members
from bot.teams.rules.proposing import Candidate, propose
from bot.volunteers import Profile, finding, profiles
from bot.volunteers.profiles import Agreement
from bot.volunteers.rules.routing import may_be_proposed
from bot.volunteers.rules.workload import NO_LOAD


async def profession_of(hands: Hands, person: str) -> str | None:
    """What the person does, if they agreed to be found by it."""
    profile = await profiles.of(hands.tx, person)
    return profile.profession if Agreement.DIRECTORY in profiles.agreed(profile) else None


async def place_of(hands: Hands, challenge: Challenge, solution: Solution) -> str | None:
    """Where it matters: the territory of an irritant that led to the challenge, else that of the solution's author."""
    for idea in await ideas.of_challenge(hands.tx, challenge.id or 0):
        if idea.territory is not None:
            return idea.territory
    found = profiles.place(await profiles.of(hands.tx, solution.author)) if solution.author else None
    return found.code if found is not None else None


async def volunteers_for(
    hands: Hands, community: Community, place: str | None, *, but: Collection[str], known: Collection[str | None]
) -> list[str]:
    """Whom to propose, best first; `known` are the professions that are there already. Raises MembersUnknown."""
    found = await finding.of_community(hands.tx, community, account=hands.account)
    loads = await candidates.loads(hands.tx, community, found, now=hands.now)
    quiet = await people.stopped_among(hands.tx, found) | await members.busy(hands.tx) | set(but)
    fit = [
        person
        for person, one in found.items()
        if person not in quiet and may_be_proposed(one, loads.get(person, NO_LOAD), now=hands.now)
    ]
    rows = [
        await _candidate(hands, person, place, loads.get(person, NO_LOAD).asked_recently)
        for person in sorted(fit)
        if await community_members.is_member_for_sure(hands.tx, hands.directory, person, community.slug)
    ]
    return [one.person for one in propose(rows, known=known)]


async def _candidate(hands: Hands, person: str, place: str | None, asked: int) -> Candidate:
    profile = await profiles.of(hands.tx, person)
    return Candidate(person, await profession_of(hands, person), _far(profile, place), asked)


def _far(profile: Profile, place: str | None) -> int:
    """How far from where it matters somebody works; who did not say is elsewhere."""
    own = profiles.place(profile)
    if own is None or place is None:
        return 2
    lines = [[one.code for one in territories.around(code) if one.parent is not None] for code in (own.code, place)]
    if place == own.code:
        return 0
    return 1 if set(lines[0]) & set(lines[1]) else 2
