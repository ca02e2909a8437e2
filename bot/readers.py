"""Who reads what is stored, as each noun says it of its things; the record (`deploy/RGPD.md`) prints it."""

from dataclasses import dataclass
from enum import Enum

from bot.i18n import N_


class Reader(Enum):
    """Whoever reads something through the bot; the value is a msgid, in the order of the record."""

    MEMBERS = N_("members of a room")
    PERSON = N_("a person, in a private conversation")
    VOLUNTEERS = N_("volunteers who are asked")
    TEAM = N_("the community's team")
    OBSERVERS = N_("observation (a role that the team gives)")
    HOLDERS = N_("whoever has the address of a calendar")
    OPERATORS = N_("those who operate the bot, in chat (RELAIS_OPERATORS)")


@dataclass(frozen=True, slots=True)
class Reads:
    """`what`, a msgid: begins in lower case, has no full stop."""

    by: Reader
    what: str
