"""What is known of the rooms that the bot is in."""

from dataclasses import dataclass
from typing import Protocol

from bot.communities.rules.roles import RoomPower


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFacts:
    """What Relais needs of one room. `name` is its name, else its alias, made harmless (`foreign_names`), or None.

    `company`: the names of the first few others in it, which name a room that has no other name, and `members` counts
    those joined and invited; `marker` is the key of a room that our own account created.

    `missing` names the rights that we need and lack: `write`, `react`, `remove` (our own messages). `may_remove`: those
    of others too, which is needed only where the team wants patient data to be removed. `creator` made the room, and
    said that it `replaces` another; `closed_by` closed it in favour of the `replacement`. `has_notices`: the
    homeserver tells our account its news there, and nobody else speaks.
    """

    room_id: str
    power: RoomPower
    members: int = 0
    name: str | None = None
    company: tuple[str, ...] = ()
    encrypted: bool = False
    creator: str | None = None
    replaces: str | None = None
    replacement: str | None = None
    closed_by: str | None = None
    marker: str | None = None
    missing: tuple[str, ...] = ()
    may_remove: bool = False
    has_notices: bool = False


class RoomDirectory(Protocol):
    """The rooms as of the last sync; some methods ask the homeserver, where it must be certain."""

    def facts(self, room_id: str) -> RoomFacts | None:
        """What is known of a room that we are in, None for any other."""

    def has_member(self, room_id: str, user_id: str) -> bool:
        """Whether the person is known to have joined. Members are loaded lazily: call `refresh` first to be sure."""

    def joined(self, room_id: str) -> frozenset[str]:
        """Those who are known to have joined."""

    def has_gone(self, room_id: str, user_id: str) -> bool:
        """Whether we know that the person was there or was invited, and left or was banned since."""

    def knows_members(self, room_id: str) -> bool:
        """Whether all who have joined are known: loaded since the start, and followed by the sync without a gap."""

    def lacks_members(self, room_id: str) -> bool:
        """Whether we are in the room and may ask who else is, but have not."""

    async def load_members(self, room_id: str) -> None:
        """Ask who has joined, with their names. In a room that we may not read nobody has. Raises TryLater."""

    def name_of(self, room_id: str, user_id: str) -> str:
        """The name that the person shows in the room, else the local part of their id; harmless as `name` is."""

    async def refresh(self, room_id: str, user_id: str) -> None:
        """Ask for the room's power levels, and whether the person has joined. Raises TryLater."""
