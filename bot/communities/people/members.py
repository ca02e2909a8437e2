"""Who is a member of a community: the one rule, used everywhere."""

from collections.abc import Iterable

from bot.communities import communities, rooms
from bot.communities.rules.room_facts import RoomDirectory
from bot.errors import MembersUnknown
from bot.store.database import Transaction


def require(directory: RoomDirectory, room_id: str | None) -> None:
    """Call before what depends on who is in a room, or on their names. Raises MembersUnknown."""
    if room_id is not None and directory.lacks_members(room_id):
        raise MembersUnknown(room_id)


async def is_member(tx: Transaction, directory: RoomDirectory, person: str, slug: str) -> bool:
    """Whether the person has joined at least one room that is linked to the community, of whatever kind.

    One room is enough: whoever leaves one of several, or is banned there, stays a member until they are in none. In a
    room that we may not read, nobody counts. After an upgrade, whoever is still in the old room counts, unless they
    have left the new one.
    """
    linked = await rooms.of_community(tx, slug)
    return any(is_in(directory, person, room.room_id) for room in linked)


async def is_member_for_sure(tx: Transaction, directory: RoomDirectory, person: str, slug: str) -> bool:
    """As `is_member`, where somebody is refused something if it says no. Raises MembersUnknown rather than guess."""
    if await is_member(tx, directory, person, slug):
        return True
    for room_id in readable(directory, [room.room_id for room in await rooms.of_community(tx, slug)]):
        require(directory, room_id)
    return False


async def shared(tx: Transaction, account: str, directory: RoomDirectory, person: str) -> set[str]:
    """The communities served by an account of which the person is known to be a member."""
    bound = await rooms.of_account(tx, account)
    return {room.community for room in bound if room.kind != rooms.OWN and is_in(directory, person, room.room_id)}


async def has_left(tx: Transaction, directory: RoomDirectory, person: str, slug: str) -> bool:
    """Whether it is certain that the person is no member, so that what they had may be removed.

    It is not certain while a list of members is not loaded, nor after we were removed from the main room ourselves.
    If we were removed from another room, they may be in it, unless they have left one that we read.
    """
    community = await communities.get(tx, slug)
    linked = [room.room_id for room in await rooms.of_community(tx, slug)]
    ours = readable(directory, linked)
    if community is None or not ours or (community.main_room and community.main_room not in ours):
        return False
    if not all(directory.knows_members(room_id) for room_id in ours):
        return False
    if any(is_in(directory, person, room_id) for room_id in linked):
        return False
    return set(linked) <= set(ours) or any(directory.has_gone(room_id, person) for room_id in ours)


def readable(directory: RoomDirectory, linked: Iterable[str]) -> list[str]:
    """The rooms that we are in, with those that they replaced."""
    found = [room_id for room_id in linked if directory.facts(room_id) is not None]
    return [*found, *(old for room_id in found if (old := _replaced(directory, room_id)) is not None)]


def is_in(directory: RoomDirectory, person: str, room_id: str) -> bool:
    """Whether the person is known to be in a room, or in the one that it replaced without having left the new one."""
    if directory.has_member(room_id, person):
        return True
    old = _replaced(directory, room_id)
    return old is not None and directory.has_member(old, person) and not directory.has_gone(room_id, person)


def _replaced(directory: RoomDirectory, room_id: str) -> str | None:
    """The room that this one replaced, if both rooms say so and we are still in the old one."""
    facts = directory.facts(room_id)
    old = directory.facts(facts.replaces) if facts is not None and facts.replaces is not None else None
    return old.room_id if old is not None and old.replacement == room_id else None
