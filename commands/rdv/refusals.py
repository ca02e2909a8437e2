"""What is wrong with a line or a date, and what to write instead."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import _, language
from bot.meetups.rules.line import LONGEST_TITLE, MOST_PLACES, Complaint, Flaw
from bot.time.spoken_dates import say_moment
from bot.time.when import Reason


def complaint(found: Complaint, zone: ZoneInfo) -> str:
    """The sentence about one flaw of a line, with what to write instead."""
    match found.flaw:
        case Flaw.NO_TITLE:
            return _("The title is missing. For example: `!rdv new “RSE committee” 5 January 2pm 1h30`")
        case Flaw.LONG_TITLE:
            return _("The title is too long: {most} characters at most.").format(most=LONGEST_TITLE)
        case Flaw.LONG_LINE:
            return _("This line is too long for me to read. Give title, date, duration, place and link only.")
        case Flaw.OPEN_QUOTE:
            return _("A quotation mark is open and never closed. Put the title between two of them, or use none.")
        case Flaw.BAD_LINK:
            return _("I cannot use this link: {link}. It must begin with https://").format(link=found.words)
        case Flaw.SEVERAL_LINKS:
            return _("There are several links. Keep the one by which people join.")
        case Flaw.BAD_CAPACITY:
            return _("I cannot plan “{words}”. Write a number of places from 1 to {most}.").format(
                words=found.words, most=MOST_PLACES
            )
        case Flaw.SEVERAL_CAPACITIES:
            return _("There are two numbers of places ({words}). Keep one.").format(words=found.words)
        case Flaw.HOUR_OR_PLACES:
            return _("“{words}”: minutes, or a number of places? Write, for example: 2pm, 30 places").format(
                words=found.words
            )
        case Flaw.WHICH_TERRITORY:
            return _("Which one: {names}?").format(names=found.words)
    return date_trouble(found.reason, found.suggestion, zone)


def which_hour(day: str) -> str:
    """The question about a day of which the hour is missing, in the words of whoever wrote it."""
    return _("At what hour {day}? For example: 9am").format(day=day[:40])


def date_trouble(reason: Reason | None, suggestion: datetime | None, zone: ZoneInfo) -> str:
    """Why a date was not read, with an example of one that is."""
    match reason:
        case Reason.PAST:
            return _("This date is over. Give a date to come, with its year if need be.")
        case Reason.IMPOSSIBLE:
            return _("This date or hour does not exist. For example: Tuesday 5 January 2pm")
        case Reason.NONEXISTENT:
            return _nonexistent(suggestion, zone)
        case Reason.AMBIGUOUS:
            return _("This date can be read in two ways. Write the day, the month and the hour: 5 January 2pm")
        case Reason.CONTRADICTION:
            return _("The parts of this date contradict each other: the day of the week, the date or the hours.")
        case Reason.EXCEPTION:
            return _("I do not know which days to leave out. Write them: every Monday 2pm except 21 December")
        case Reason.VAGUE:
            return _("This date is too vague for an announcement. Write the day and the hour: 5 January 2pm")
        case Reason.NO_TIME:
            return _("The hour is missing. For example: 5 January 2pm 1h30")
        case Reason.NO_DATE:
            return _("The date is missing. For example: 5 January 2pm 1h30")
    return _("I find no date that I am sure of. For example: 5 January 2pm 1h30, or: 1st Tuesday 2pm")


def _nonexistent(suggestion: datetime | None, zone: ZoneInfo) -> str:
    if suggestion is None:
        return _("That hour does not exist that night: the clocks skip it.")
    moment = say_moment(suggestion, zone=zone, language=language())
    return _("That hour does not exist that night: the clocks skip it. The nearest one: {moment}").format(moment=moment)
