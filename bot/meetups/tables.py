"""Meet-ups and what belongs to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, reference, serial


class MeetupSeries(SQLModel, table=True):
    """A meet-up as it was planned, single or repeated, in civil time. Owner: `meetups.meetups`."""

    __tablename__ = "meetup_series"

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug", index=True)
    room_id: str
    uid: str
    title: str
    start: str
    zone: str
    length: int | None = None
    all_day: bool = False
    rrule: str | None = Field(default=None, sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    online: bool = False
    link: str | None = Field(default=None, sa_type=Text)
    capacity: int | None = None
    external: bool = False
    kind: str | None = None
    territory: str | None = None
    excluded: list[str] = Field(default_factory=list, sa_type=JSON)
    organiser: str
    status: str = "open"
    created_at: datetime = instant()


class MeetupRow(SQLModel, table=True):
    """One occurrence of a series, R-7 in chat; the instants follow from `civil`. Owner: `meetups.meetups`."""

    __tablename__ = "meetup"
    __table_args__ = (UniqueConstraint("series", "named"),)

    id: int | None = serial()
    series: int = reference("meetup_series")
    named: str
    civil: str
    length: int | None = None
    starts_at: datetime = instant(index=True)
    ends_at: datetime | None = instant(nullable=True)
    status: str = "published"
    sequence: int = 0
    attended: int | None = None
    capacity: int | None = None
    card: str | None = None
    changed_at: datetime = instant()


class RsvpRow(SQLModel, table=True):
    """What a person answered to a meet-up. Owner: `meetups.rsvps`."""

    __tablename__ = "rsvp"
    __table_args__ = (UniqueConstraint("meetup", "person"), NEVER_AGAIN)

    id: int | None = serial()
    meetup: int = reference("meetup")
    person: str = Field(index=True)
    status: str
    ranked_at: datetime = instant()
    ranked_by: str
    hold_until: datetime | None = instant(nullable=True)
    passed_over: bool = False


class OwnReminder(SQLModel, table=True):
    """A reminder that a person added: for one meet-up, or for each they come to. Owner: `meetups.reminder_timers`."""

    __tablename__ = "own_reminder"
    __table_args__ = (NEVER_AGAIN,)

    id: int | None = serial()
    account: str
    person: str = Field(index=True)
    meetup: int | None = reference("meetup", index=True, nullable=True)
    days: int = 0
    minutes: int = 0


class Reminder(SQLModel, table=True):
    """A text to be sent to a person or a room later, once. Owner: `meetups.reminders`.

    `asked_in`: the room in which a person asked to be reminded in private.
    """

    __tablename__ = "reminder"
    __table_args__ = (NEVER_AGAIN,)

    id: int | None = serial()
    account: str
    owner: str = Field(index=True)
    lane: str
    asked_in: str | None
    text: str = Field(sa_type=Text)
    language: str
    zone: str
    due_at: datetime = instant()
    created_at: datetime = instant()


class CalendarLink(SQLModel, table=True):
    """The hash of a calendar's secret address: the calendar of a person's meet-ups or, with `community`, of all of
    that community, while the person is in its team. Owner: `meetups.calendars`.
    """

    __tablename__ = "calendar_link"

    id: int | None = serial()
    token_hash: str = Field(unique=True)
    account: str
    person: str | None = Field(default=None, index=True)
    community: str | None = Field(default=None, foreign_key="community.slug")
    created_at: datetime = instant()


class MeetupNote(SQLModel, table=True):
    """A line about a meet-up: of its agenda, proposed for it, or noted in its thread. Owner: `meetups.notes`."""

    __tablename__ = "meetup_note"

    id: int | None = serial()
    meetup: int = reference("meetup", index=True)
    kind: str
    text: str = Field(sa_type=Text)
    author: str
    status: str
    source: str = Field(unique=True)
    noted_at: datetime = instant()


class MeetupOpinion(SQLModel, table=True):
    """What a person thought of a meet-up: two answers, yes or no. Owner: `meetups.opinions`."""

    __tablename__ = "meetup_opinion"
    __table_args__ = (UniqueConstraint("meetup", "person"),)

    id: int | None = serial()
    meetup: int = reference("meetup")
    person: str = Field(index=True)
    asked_at: datetime = instant()
    went_well: bool | None = None
    was_useful: bool | None = None


class DatePoll(SQLModel, table=True):
    """A poll on the date of a meet-up. Owner: `meetups.date_polls`."""

    __tablename__ = "date_poll"

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    room_id: str
    title: str
    zone: str
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    asked_by: str
    status: str = "open"
    created_at: datetime = instant()


class DateVote(SQLModel, table=True):
    """A person can come at one of a poll's dates. Owner: `meetups.date_polls`."""

    __tablename__ = "date_vote"
    __table_args__ = (UniqueConstraint("poll", "person", "choice"),)

    id: int | None = serial()
    poll: int = reference("date_poll")
    person: str = Field(index=True)
    choice: int


class ThemePoll(SQLModel, table=True):
    """The themes of a meet-up, which its members choose together. Owner: `meetups.themes`.

    `tally` has the people of each of `choices` in their order, and `voted` how many voted, from the end on.
    """

    __tablename__ = "theme_poll"
    __table_args__ = (NEVER_AGAIN,)

    id: int | None = serial()
    meetup: int = reference("meetup", index=True)
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    until: datetime = instant()
    asked_by: str
    status: str = "open"
    edits: int = 0
    tally: list[int] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    voted: int | None = None
    created_at: datetime = instant()


class ThemeVote(SQLModel, table=True):
    """A person wants one of these themes. Owner: `meetups.themes`."""

    __tablename__ = "theme_vote"
    __table_args__ = (UniqueConstraint("poll", "person", "choice"),)

    id: int | None = serial()
    poll: int = reference("theme_poll")
    person: str = Field(index=True)
    choice: int
