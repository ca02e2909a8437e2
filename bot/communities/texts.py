"""How rooms, roles and people are called in sentences."""

from bot.communities import rooms
from bot.communities.acting import Actor
from bot.communities.rules.roles import Role
from bot.i18n import _


def kind_name(kind: str) -> str:
    """What a room of this kind is for."""
    return {
        rooms.PUBLIC: _("a room for every member"),
        rooms.EXPERTS: _("a room of volunteers"),
        rooms.MODERATION: _("a room of the team"),
        rooms.HELP: _("a room where “yes” or “1” is enough"),
        rooms.OWN: _("a room that I opened for some members"),
    }[kind]


def protection_name(protection: str) -> str:
    """What is done in a room about a message that looks like patient data."""
    return {
        rooms.OFF: _("no warning about patient data"),
        rooms.WARN: _("a warning about patient data, to its author alone"),
        rooms.REMOVE: _("messages with patient data are removed, and their author is told"),
    }[protection]


def role_name(role: Role) -> str:
    """The role as it stands behind a person's name."""
    return {
        Role.FACILITATOR: _("facilitation"),
        Role.MODERATOR: _("moderation"),
        Role.ADMINISTRATOR: _("administration"),
        Role.OBSERVER: _("observation"),
        Role.EXPERT: _("volunteer"),
    }.get(role, role.value)


def person_name(actor: Actor, mxid: str) -> str:
    """How a person is called in the community's main room."""
    main = actor.community.main_room if actor.community else None
    return actor.directory.name_of(main or actor.room_id, mxid)
