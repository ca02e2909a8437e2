"""What a person may be in a community: a set of roles, computed from room power and appointments."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

# Canonical JSON integers end at 2**53 - 1 (Matrix spec, appendix 3.1): a creator ranks above all of them.
HIGHEST_LEVEL: Final = 2**53 - 1
CREATOR_POWER: Final = 2**53
_UNSTABLE_VERSIONS_WITH_PRIVILEGED_CREATORS = frozenset({"org.matrix.hydra.11"})


@dataclass(frozen=True, slots=True)
class RoomPower:
    """The power of each person of a room; its creators are known in any version, privileged since 12."""

    levels: Mapping[str, int]
    users_default: int
    creators: frozenset[str]
    version: str

    def power_of(self, user_id: str) -> int:
        """The person's level; `CREATOR_POWER` for a creator of a room of version 12 or later (MSC4289)."""
        if user_id in self.creators and privileges_creators(self.version):
            return CREATOR_POWER
        return self.levels.get(user_id, self.users_default)


def privileges_creators(version: str) -> bool:
    """Whether creators of rooms of this version outrank everybody; False for an unknown version."""
    if version in _UNSTABLE_VERSIONS_WITH_PRIVILEGED_CREATORS:
        return True
    return _number(version) >= 12


def parse_power(create_event: Mapping[str, Any], power_event: Mapping[str, Any] | None) -> RoomPower:
    """Read two state events as they came, however broken; without the second, the first creator has 100."""
    create_event = _mapping(create_event)
    create = _mapping(create_event.get("content"))
    version = create.get("room_version", "1")
    version = version if isinstance(version, str) else ""
    creators = _creators(create_event.get("sender"), create, version)
    if power_event is None:
        return RoomPower(dict.fromkeys(creators, 100), 0, creators, version)
    power = _mapping(_mapping(power_event).get("content"))
    users = {
        user: level for user, value in _mapping(power.get("users")).items() if (level := _level(value)) is not None
    }
    return RoomPower(users, _level(power.get("users_default")) or 0, creators, version)


def missing_rights(power_event: Mapping[str, Any] | None, mine: int, *, encrypted: bool) -> tuple[str, ...]:
    """What somebody of level `mine` may not do in the room: `write`, `react`, `remove` (their own messages)."""
    power = _mapping(_mapping(power_event).get("content"))
    events, usual = _mapping(power.get("events")), _level(power.get("events_default")) or 0
    sent = {
        "write": "m.room.encrypted" if encrypted else "m.room.message",
        "react": "m.reaction",
        "remove": "m.room.redaction",
    }
    needed = {right: _level(events.get(kind)) for right, kind in sent.items()}
    return tuple(right for right, level in needed.items() if mine < (usual if level is None else level))


def may_remove(power_event: Mapping[str, Any] | None, mine: int, *, missing: Collection[str]) -> bool:
    """Whether somebody of level `mine`, who lacks the rights `missing`, may remove what others wrote in the room."""
    needed = _level(_mapping(_mapping(power_event).get("content")).get("redact"))
    return "remove" not in missing and mine >= (MODERATOR_POWER if needed is None else needed)


def _creators(sender: Any, create: Mapping[str, Any], version: str) -> frozenset[str]:
    """`content.creator` up to version 10, then the sender (MSC2175), since 12 those added too (MSC4289)."""
    first = create.get("creator") if 1 <= _number(version) <= 10 else sender
    added = create.get("additional_creators") if privileges_creators(version) else None
    named = [first, *added] if isinstance(added, list) else [first]
    return frozenset(name for name in named if isinstance(name, str))


def _number(version: str) -> int:
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


def _level(value: Any) -> int | None:
    """A power level as servers have sent them: integers, and in old rooms floats and strings of digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        level = int(value)
    except ValueError:
        return None
    return max(-HIGHEST_LEVEL, min(level, HIGHEST_LEVEL))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


class Role(StrEnum):
    """Roles are independent: a moderator is not thereby an expert."""

    MEMBER = "member"
    EXPERT = "expert"
    OBSERVER = "observer"
    """Sees the community's figures, and nobody's name in them."""
    FACILITATOR = "facilitator"
    """Does all that a moderator does, but decides neither who nor which room belongs: is no gatekeeper."""
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    HOST = "host"
    """May change this room's own settings; held in a room, never in a community."""
    GATEKEEPER = "gatekeeper"
    """Decides which rooms and which volunteers belong to the community. Follows from other roles, is never given."""
    INSIDER = "insider"
    """May do something of what is not for every member: the team, an observer, a host. Follows from these roles."""


MODERATOR_POWER: Final = 50
ADMINISTRATOR_POWER: Final = 100
GATEKEEPING: Final = (Role.MODERATOR, Role.ADMINISTRATOR)
LEADING: Final = (Role.FACILITATOR, *GATEKEEPING)
"""Appointments that make somebody one of the community's team; `GATEKEEPING`: who decides who belongs."""
APPOINTABLE: Final = frozenset({Role.EXPERT, Role.OBSERVER, *LEADING})

# A role on the left has every right of those on the right, but not of those that these include.
_TEAM = frozenset({Role.MODERATOR, Role.OBSERVER, Role.INSIDER})
_INCLUDED = {
    Role.OBSERVER: frozenset({Role.INSIDER}),
    Role.FACILITATOR: _TEAM,
    Role.MODERATOR: _TEAM | {Role.GATEKEEPER},
    Role.ADMINISTRATOR: _TEAM | {Role.GATEKEEPER},
    Role.OPERATOR: _TEAM | {Role.GATEKEEPER, Role.MEMBER, Role.ADMINISTRATOR},
}


def roles_in(
    user_id: str,
    *,
    is_member: bool,
    main_room: RoomPower | None,
    in_main_room: bool,
    appointed: Collection[Role] = (),
    operators: Collection[str] = (),
) -> frozenset[Role]:
    """The person's roles in one community.

    `is_member`: joined in a room linked to it. `main_room`: the power in its main room, if it has one, which
    counts only while the person is joined there. `appointed` holds as long as the person is a member.
    """
    roles: set[Role] = set()
    if is_member or in_main_room:
        roles |= {Role.MEMBER, *APPOINTABLE.intersection(appointed)}
    if main_room is not None and in_main_room:
        roles |= roles_of_power(main_room.power_of(user_id))
    if user_id in operators:
        roles.add(Role.OPERATOR)
    return _with_included(roles)


def roles_of_power(power: int) -> frozenset[Role]:
    """The roles that a power level in the main room gives."""
    if power >= ADMINISTRATOR_POWER:
        return frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
    return frozenset({Role.MODERATOR}) if power >= MODERATOR_POWER else frozenset()


def may_set_room(user_id: str, room: RoomPower) -> bool:
    """Whether the person may change this room's own settings: language, protection, welcome. Nothing else."""
    return room.power_of(user_id) >= MODERATOR_POWER


def _with_included(roles: set[Role]) -> frozenset[Role]:
    return frozenset(roles.union(*(_INCLUDED.get(role, frozenset()) for role in roles)))
