"""Where in the schema a person may stand: the one list from which what is kept of somebody is told and erased.

It follows the schema. Every text and JSON column of every table is searched, those of tables to come as well, unless
it is declared here as naming nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Numeric, Table, UniqueConstraint
from sqlmodel import SQLModel

from bot.communities.tables import Appointment, Community, LinkRequest, Person, RoomBinding, RoomMove, Undo, Welcome
from bot.help.tables import HelpOffer, HelpRequest
from bot.i18n import N_
from bot.mailbox.tables import Dialogue, DirectChat, InboxEvent, OutboxMessage, Reaction, Timer
from bot.meetups.tables import (
    CalendarLink,
    DatePoll,
    DateVote,
    MeetupNote,
    MeetupOpinion,
    MeetupSeries,
    OwnReminder,
    Reminder,
    RsvpRow,
)
from bot.resources.tables import Resource, ResourceVote
from bot.store.columns import Instant, columns
from bot.volunteers.tables import Availability, Expert, ExpertTopic, Profile

SETTINGS, VOLUNTEERING, HELP = N_("your settings"), N_("what you volunteer for"), N_("requests for help")
MEETUPS, RESOURCES = N_("meet-ups and reminders"), N_("resources, opinions of them")
ROLES, EXCHANGES = N_("roles and rooms"), N_("exchanges with me")
QUOTED = N_("where others name you")
KINDS = (SETTINGS, VOLUNTEERING, HELP, MEETUPS, RESOURCES, ROLES, EXCHANGES, QUOTED)
"""What is kept, in the words of whoever reads it, and in this order."""

NAMELESS = {
    "account": "the bot's own identifier",
    "device_id": "the bot's own device",
    "txn_id": "a fingerprint, drawn anew when its row forgets somebody",
    "token_hash": "a fingerprint of a secret that was drawn",
    "since": "the homeserver's place in its stream",
    "from_token": "the homeserver's place in its stream",
    "to_token": "the homeserver's place in its stream",
    "status": "one of a few words of the program",
    "role": "one of a few words of the program",
    "rule": "one of a few words of the program",
    "protection": "one of a few words of the program",
    "language": "the code of a language",
    "time_zone": "the name of a time zone",
    "zone": "the name of a time zone",
    "verified_on": "a day",
}
"""Columns of these names hold nobody's identifier, and why. References to other tables are not searched either."""

_WORDLESS = (Boolean, Date, DateTime, Instant, Integer, Numeric)
"""Types of columns; all others are searched."""


@dataclass(frozen=True)
class Kept:
    """A table and how it may name somebody.

    A row goes when a column of `gone` is the person. In `named` nothing, or a pseudonym, takes the person's place, and
    the row stays. `within`: the name is a part of what the program wrote there. `fragile` rows make no sense without
    it and go. `keys` are referred to by other rows. In all other columns a mention is what somebody else wrote.
    """

    table: Table
    kind: str = QUOTED
    gone: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    fragile: bool = False

    @cached_property
    def searched(self) -> tuple[Column[Any], ...]:
        """The columns that may name somebody."""
        return tuple(column for column in self.table.columns if may_name(column))

    @cached_property
    def identifying(self) -> frozenset[str]:
        """Columns by which rows are found: a pseudonym keeps them apart, where in others a word says enough."""
        rules = (rule for rule in (*self.table.constraints, *self.table.indexes))
        unique = {
            column.name for rule in rules if isinstance(rule, UniqueConstraint | Index) for column in rule.columns
        }
        own = {*self.gone, *self.named, *self.keys, *(column.name for column in self.table.primary_key.columns)}
        return frozenset(unique | own)


def may_name(column: Column[Any]) -> bool:
    """Whether a column may hold words, and is neither a reference nor declared as naming nobody."""
    return not isinstance(column.type, _WORDLESS) and not column.foreign_keys and column.name not in NAMELESS


def every_table() -> Iterator[Kept]:
    """The whole schema: what is declared, and the other tables, in which only others may name somebody."""
    declared = {kept.table.name: kept for kept in KEPT}
    for table in SQLModel.metadata.sorted_tables:
        yield declared.get(table.name) or Kept(table)


KEPT = (
    Kept(columns(Person), SETTINGS, gone=("mxid",)),
    Kept(columns(Welcome), SETTINGS, gone=("person",)),
    Kept(columns(DirectChat), SETTINGS, gone=("person",)),
    Kept(columns(CalendarLink), SETTINGS, gone=("person",)),
    Kept(columns(Profile), VOLUNTEERING, gone=("person",)),
    Kept(columns(Expert), VOLUNTEERING, gone=("person",), named=("proposed_by",)),
    Kept(columns(ExpertTopic), VOLUNTEERING, gone=("person",)),
    Kept(columns(Availability), VOLUNTEERING, gone=("person",), named=("delegate",)),
    Kept(columns(HelpRequest), HELP, named=("requester", "expert")),
    Kept(columns(HelpOffer), HELP, named=("person", "instead_of")),
    Kept(columns(MeetupSeries), MEETUPS, named=("organiser",)),
    Kept(columns(RsvpRow), MEETUPS, gone=("person",)),
    Kept(columns(OwnReminder), MEETUPS, gone=("person",)),
    Kept(columns(Reminder), MEETUPS, gone=("owner", "lane")),
    Kept(columns(MeetupNote), MEETUPS, named=("author",)),
    Kept(columns(MeetupOpinion), MEETUPS, gone=("person",)),
    Kept(columns(DatePoll), MEETUPS, named=("asked_by",)),
    Kept(columns(DateVote), MEETUPS, gone=("person",)),
    Kept(columns(Resource), RESOURCES, named=("owner",)),
    Kept(columns(ResourceVote), RESOURCES, gone=("person",)),
    Kept(columns(Appointment), ROLES, gone=("person",), named=("given_by",)),
    Kept(columns(RoomBinding), ROLES, named=("linked_by",)),
    Kept(columns(RoomMove), ROLES, gone=("mover",)),
    Kept(columns(LinkRequest), ROLES, named=("asked_by",)),
    Kept(columns(Community), ROLES, named=("contact",)),
    Kept(columns(Undo), ROLES, within=("thing", "arguments", "expects"), fragile=True),
    Kept(columns(Dialogue), EXCHANGES, gone=("person",)),
    Kept(columns(Timer), EXCHANGES, within=("item",), fragile=True),
    Kept(columns(Reaction), EXCHANGES, gone=("sender",)),
    Kept(columns(InboxEvent), EXCHANGES, named=("sender",)),
    Kept(
        columns(OutboxMessage),
        EXCHANGES,
        named=("recipient", "asker"),
        within=("key", "parent", "lane", "about"),
        keys=("key", "parent", "lane", "about", "answers", "thread", "event_id", "room_id"),
    ),
)
NOBODY = (
    "topic",
    "guard_incident",
    "help_setting",
    "meetup",
    "quota_use",
    "resource_revision",
    "satisfaction",
    "search_miss",
    "sync_gap",
    "sync_state",
    "synonym",
    "unreadable",
)
"""Tables without a column for a person. They are searched all the same: whoever writes may name anybody."""
