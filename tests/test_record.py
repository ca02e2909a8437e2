"""Promises of the record (`deploy/RGPD.md`): every table has its line once, and each period is the program's."""

import re
from datetime import timedelta

from bot.communities import patient_data_log, room_moves, rooms
from bot.communities.figures.views import OPINIONS
from bot.communities.people import activity, quota_uses
from bot.communities.team import undo
from bot.contributors import returns
from bot.digest import picks
from bot.help import retention as of_help
from bot.mailbox import dialogues
from bot.mailbox.receiving import inbox
from bot.mailbox.sending import outbox
from bot.meetups import retention as of_meetups
from bot.meetups.settings import NAMES
from bot.nouns import NOUNS, every_table
from bot.readers import Reader
from bot.resources.settings import FAILED_SEARCHES
from bot.sheets import forget as of_sheets
from bot.sheets.journey import trials
from bot.thanks import forget as of_thanks
from tests import record
from tests.record import RECORD

DAYS = {"jour": 1, "mois": 30}
PERIODS: dict[str, tuple[timedelta, ...]] = {
    "inbox": (inbox.KEPT,),
    "outbox": (outbox.KEPT,),
    "dialogue": (dialogues.KEPT,),
    "person": (activity.ERASED_AFTER, activity.WARNED_AFTER),
    "undo": (undo.LASTS, undo.KEPT),
    "appointment": (undo.LASTS,),
    "link_request": (rooms.REQUESTS_KEPT,),
    "room_move": (room_moves.KEPT,),
    "guard_incident": (patient_data_log.KEPT,),
    "search_miss": (timedelta(days=FAILED_SEARCHES.default),),
    "quota_use": (quota_uses.KEPT + timedelta(days=1),),
    "help_request": (of_help.WORDS_KEPT,),
    "satisfaction": (timedelta(days=OPINIONS.default),),
    "meetup": (of_meetups.MEETUPS_KEPT,),
    "meetup_note": (of_meetups.MEETUPS_KEPT,),
    "rsvp": (timedelta(days=NAMES.default),),
    "date_poll": (of_meetups.POLLS_KEPT,),
    "digest_pick": (picks.KEPT,),
    "contribution": (returns.KEPT,),
    "sheet": (of_sheets.KEPT,),
    "thanks": (of_thanks.WORDS_KEPT, of_thanks.KEPT),
    "sheet_trial": (trials.KEPT,),
}


def lines() -> dict[str, str]:
    """How long it says that each table is stored."""
    found = {}
    for line in RECORD.read_text(encoding="utf-8").splitlines():
        cells = line.replace("\u00a0", " ").split("|")
        if line.startswith("| `"):
            for table in re.findall(r"`([a-z_]+)`", cells[1]):
                assert table not in found, f"{table} has two lines"
                found[table] = cells[3]
    return found


def says(text: str, period: timedelta) -> bool:
    """Whether a text names the period, give or take the days by which months differ."""
    named = [int(number) * DAYS[unit] for number, unit in re.findall(r"(\d+) (jour|mois)", text)]
    return any(abs(days - period.days) <= days // 60 for days in named)


def test_who_reads_what_is_what_the_nouns_say_and_each_that_knows_people_says_it() -> None:
    assert record.written() == record.section(), "python -m tests.record writes it anew"
    assert [noun.people[0].table.name for noun in NOUNS if noun.people and not noun.read] == []
    assert {reads.by for noun in NOUNS for reads in noun.read} == {*Reader}


def test_every_table_has_one_line() -> None:
    assert set(lines()) == {columns.table.name for columns in every_table()}


def test_each_period_is_what_the_program_does() -> None:
    said = lines()
    wrong = [
        (table, said[table], period)
        for table, kept in PERIODS.items()
        for period in kept
        if not says(said[table], period)
    ]
    assert wrong == []


def test_whoever_may_be_inactive_for_long_is_said_to_be_erased() -> None:
    """A table whose rows go with a person alone says how long that is, unless it says something shorter."""
    said = lines()
    own = {columns.table.name for columns in every_table() if columns.gone}
    assert [
        name for name in own if not re.search(r"\d+ (jours|mois)|jusqu'au retrait|jusqu'à son envoi", said[name])
    ] == []


def test_the_record_says_nothing_that_is_over() -> None:
    text = RECORD.read_text(encoding="utf-8").replace("\u00a0", " ")
    for stale in ("n'y répond pas", "sans limite", "aucune page des ressources", "Prévu"):
        assert stale not in text
    assert "RELAIS_CHECK_LINKS" in text
