"""Who is a member of a community: one rule, for all that asks."""

from bot.domain.rooms import RoomDirectory
from bot.services import communities, rooms
from bot.store.database import Transaction


async def is_member(tx: Transaction, directory: RoomDirectory, person: str, slug: str) -> bool:
    """Whether the person has joined at least one room that is linked to the community, of whatever kind.

    One room is enough: whoever leaves one of several, or is banned there, stays a member until they are in none. In a
    room that we may not read nobody counts. Whoever has not followed an upgrade yet is still in the old room, and
    counts unless the new one banned them.
    """
    linked = await rooms.of_community(tx, slug)
    return any(_is_in(directory, person, room.room_id) for room in linked)


async def has_left(tx: Transaction, directory: RoomDirectory, person: str, slug: str) -> bool:
    """Whether it is certain that the person is no member, so that what they had may be taken away.

    It is not as long as a list is still to be loaded, nor when we were removed from the main room ourselves: then
    what was last known counts.
    """
    community = await communities.get(tx, slug)
    linked = [room.room_id for room in await rooms.of_community(tx, slug)]
    ours = readable(directory, linked)
    if community is None or not ours or (community.main_room and community.main_room not in ours):
        return False
    if not all(directory.knows_members(room_id) for room_id in ours):
        return False
    return not any(_is_in(directory, person, room_id) for room_id in linked)


def readable(directory: RoomDirectory, linked: list[str]) -> list[str]:
    """The rooms that we are in, with those that they replaced."""
    found = []
    for room_id in linked:
        facts = directory.facts(room_id)
        before = directory.facts(facts.replaces) if facts is not None and facts.replaces else None
        found += [one.room_id for one in (facts, before) if one is not None]
    return found


def _is_in(directory: RoomDirectory, person: str, room_id: str) -> bool:
    if directory.has_member(room_id, person):
        return True
    facts = directory.facts(room_id)
    before = facts.replaces if facts is not None else None
    return before is not None and directory.has_member(before, person) and not directory.has_banned(room_id, person)
