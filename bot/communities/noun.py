"""The page of communities: what is known of them elsewhere."""

from bot.communities import patient_data_log, room_moves, rooms, undoable
from bot.communities.dashboard import FIGURES
from bot.communities.departures import DEPARTURE
from bot.communities.figures import views
from bot.communities.people import quota_uses
from bot.communities.settings.own_fixed import FIXED
from bot.communities.settings.own_settings import SETTINGS as OWN_SETTINGS
from bot.communities.tables import (
    Appointment,
    Community,
    CommunitySetting,
    GuardIncident,
    LinkRequest,
    Person,
    QuotaUse,
    RoomBinding,
    RoomMove,
    Topic,
    Undo,
    Welcome,
)
from bot.communities.team import undo
from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import SETTINGS, PersonColumns
from bot.readers import Reader, Reads

ROLES = N_("roles and rooms")

NOUN = Noun(
    people=(
        PersonColumns(Person, SETTINGS, gone=("mxid",)),
        PersonColumns(Welcome, SETTINGS, gone=("person",)),
        PersonColumns(Appointment, ROLES, gone=("person",), named=("given_by",)),
        PersonColumns(RoomBinding, ROLES, named=("linked_by",)),
        PersonColumns(RoomMove, ROLES, gone=("mover",)),
        PersonColumns(LinkRequest, ROLES, named=("asked_by",)),
        PersonColumns(Community, ROLES, named=("contact",)),
        PersonColumns(Undo, ROLES, within=("thing", "arguments", "expects"), fragile=True),
    ),
    nobody=(Topic, CommunitySetting, GuardIncident, QuotaUse),
    follow=(undo.follow,),
    left=DEPARTURE,
    forget_old=(
        undo.forget_old,
        room_moves.forget_old,
        quota_uses.forget_old,
        patient_data_log.forget_old,
        rooms.forget_old_requests,
    ),
    undoable=(undoable.ROOM, undoable.LINK, undoable.MAIN_ROOM, undoable.TOPIC, undoable.TEAM),
    settings=(*OWN_SETTINGS, *views.SETTINGS),
    fixed=FIXED,
    figures=FIGURES,
    read=(
        Reads(Reader.MEMBERS, N_("who is in the team, and whom to turn to")),
        Reads(Reader.TEAM, N_("settings, linked rooms and roles of the community, its figures")),
        Reads(Reader.OBSERVERS, N_("figures alone, from 5 people on, without any name")),
        Reads(
            Reader.OPERATORS,
            N_("all that a team reads; which community has no team; who asks to link the first room of one"),
        ),
    ),
)
