"""What is said about the tables of a meet-up on challenges, and about what came out there."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.challenges.challenges import number
from bot.challenges.days.days import Table
from bot.challenges.tables import Challenge
from bot.challenges.texts import titled
from bot.events.text import Text, bullets, numbered
from bot.i18n import _, language, ngettext
from bot.markup import strong
from bot.meetups.meetups import Meetup
from bot.time.spoken_dates import say_day


def listed(tables: Sequence[Table]) -> Text:
    """Each challenge with how many sit at its table, never who."""
    return numbered(map(_line, tables))


def _line(table: Table) -> str:
    if not table.is_open:
        return _("{challenge}, given up").format(challenge=titled(table.challenge))
    if not table.people:
        return titled(table.challenge)
    count = ngettext("{count} at this table", "{count} at this table", table.people).format(count=table.people)
    return f"{titled(table.challenge)}, {strong(count)}"


def on_the_card(meetup: Meetup, tables: Sequence[Table], now: datetime) -> Text | str:
    """What the card of a meet-up says of its challenges; nothing if it has none."""
    if not tables:
        return ""
    is_open = any(table.is_open for table in tables) and now < meetup.over_at
    return Text.of(
        _("**Challenges of the day**, one table for each:"),
        listed(tables),
        _("Who comes chooses a table: 1️⃣ 2️⃣ … below, or `!rdv {reference} table 1`").format(reference=meetup.reference)
        if is_open
        else "",
        _("That day, in this thread: “contribution: …”") if is_open else "",
    )


def came_out(meetup: Meetup, challenge: Challenge, lines: Sequence[str], zone: ZoneInfo) -> Text:
    """What is posted below the card of a challenge once the minutes are published."""
    day = say_day(meetup.start, zone=zone, language=language())
    return Text.of(
        _("**What came out for {challenge}** at “{title}” ({reference}), {day}:").format(
            challenge=number(challenge), title=meetup.title, reference=meetup.reference, day=day
        ),
        bullets(*lines),
    )
