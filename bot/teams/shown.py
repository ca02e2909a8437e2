"""A team as its readers see it: by which names, with which professions, where it stands."""

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.tell import name, zone
from bot.teams import log, members, records, texts
from bot.teams.rules.team import Seat
from bot.teams.tables import Team


async def language(hands: Hands, team: Team) -> str:
    """The one that is spoken in its room."""
    spoken = await rooms.language(hands.tx, team.room_id) if team.room_id is not None else None
    return spoken or (await records.community_of(hands.tx, team)).language


async def shown(hands: Hands, team: Team) -> texts.Shown:
    """With everybody who is in it, or is asked."""
    community = await records.community_of(hands.tx, team)
    seats = await members.of(hands.tx, team)
    people = [(name(hands, one.person, community), one.profession) for one in seats if one.status == Seat.IN]
    asked = [name(hands, one.person, community) for one in seats if one.status == Seat.ASKED]
    notes = await log.of(hands.tx, team)
    return texts.Shown(team, zone(community), people, asked, notes, await log.count_requests(hands.tx, team))
