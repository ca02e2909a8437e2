"""The page of meet-ups: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.i18n import N_
from bot.meetups import date_polls, departures, meetups, reminders, retention
from bot.meetups.contributed import CONTRIBUTED
from bot.meetups.dashboard import FIGURES
from bot.meetups.rules.rsvp import LIFECYCLE as ANSWER
from bot.meetups.settings import SETTINGS as OWN_SETTINGS
from bot.meetups.tables import (
    CalendarLink,
    DatePoll,
    DateVote,
    MeetupNote,
    MeetupOpinion,
    MeetupRow,
    MeetupSeries,
    OwnReminder,
    Reminder,
    RsvpRow,
    ThemePoll,
    ThemeVote,
)
from bot.noun import Noun
from bot.person_columns import SETTINGS, PersonColumns
from bot.readers import Reader, Reads

MEETUPS = N_("meet-ups and reminders")

NOUN = Noun(
    letter="R",
    people=(
        PersonColumns(CalendarLink, SETTINGS, gone=("person",)),
        PersonColumns(MeetupSeries, MEETUPS, named=("organiser",)),
        PersonColumns(RsvpRow, MEETUPS, gone=("person",)),
        PersonColumns(OwnReminder, MEETUPS, gone=("person",)),
        PersonColumns(Reminder, MEETUPS, gone=("owner", "lane")),
        PersonColumns(MeetupNote, MEETUPS, named=("author",)),
        PersonColumns(MeetupOpinion, MEETUPS, gone=("person",)),
        PersonColumns(DatePoll, MEETUPS, named=("asked_by",)),
        PersonColumns(DateVote, MEETUPS, gone=("person",)),
        PersonColumns(ThemePoll, MEETUPS, named=("asked_by",)),
        PersonColumns(ThemeVote, MEETUPS, gone=("person",)),
    ),
    nobody=(MeetupRow,),
    lifecycles=(ANSWER,),
    follow=(meetups.follow, date_polls.follow, reminders.follow),
    left=departures.DEPARTURE,
    forget_old=(
        date_polls.forget_old,
        retention.forget_polls,
        retention.forget_opinions,
        retention.forget_meetups,
        retention.forget_series,
    ),
    erase=departures.erase,
    engaged=(departures.engages,),
    settings=OWN_SETTINGS,
    fixed=(
        stored_for(
            "rencontres", "meetups", retention.MEETUPS_KEPT, N_("how long I keep a meet-up and its minutes, once over")
        ),
        stored_for(
            "votes", "votes", retention.POLLS_KEPT, N_("how long I keep a poll on dates after the last of them")
        ),
    ),
    figures=FIGURES,
    contributed=CONTRIBUTED,
    read=(
        Reads(Reader.MEMBERS, N_("meet-ups, who holds them, how many come, programme and minutes")),
        Reads(Reader.HOLDERS, N_("the meet-ups of this calendar, until the address is revoked")),
    ),
)
