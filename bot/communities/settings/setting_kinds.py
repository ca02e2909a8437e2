"""The kinds of values that settings take."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from bot.communities.settings.setting import Kind
from bot.errors import UserError
from bot.i18n import LANGUAGES, _, language, ngettext, speaking
from bot.text.numbers import whole
from bot.text.patient_data.patient_data import check
from bot.text.phone import lines_of
from bot.text.plain_text import fold
from bot.time.delay import Delay, parse_delay
from bot.time.hours import Hours
from bot.time.hours_text import parse_hours, say_hours
from bot.time.spoken_dates import say_clock
from bot.time.typed_zones import zone_named
from bot.time.zone_names import zone_phrase

Unit = Callable[[int], str]
"""A count with its unit, in the language of the conversation: `2 people`."""
_UNREADABLE = re.compile(r"[^\S\n\t \u00a0\u202f]|[\x00-\x08\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What shows nothing, or changes the direction of what follows."""
_COUNTED = re.compile(r"(?P<number>\d+)\s*(?P<unit>(?:[^\W\d]+\s*)*+)")
FEWEST_LETTERS = 3
"""Of a word that is not written out."""
_OPENING, _CLOSING = '“«"„', '”»"“'
_CLOCK = re.compile(r"(\d{1,2})\s?(?:[h:]\s?(\d\d)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number(Kind[int]):
    """A whole number from `low` to `high`, of something counted by `unit`."""

    low: int
    high: int
    unit: Unit

    def read(self, words: str) -> int:
        match = _COUNTED.fullmatch(words.strip(" .\u00a0\u202f"))
        value = whole(match["number"]) if match else None
        if match is None or value is None or not self.low <= value <= self.high or not self._is_unit(match["unit"]):
            raise UserError(_("Write a whole number, {range}.").format(range=self.range()))
        return value

    def _is_unit(self, typed: str) -> bool:
        """Whether these words are the unit, or beginnings of words of it in their order: `2 d` of working days."""
        known = (unit.split()[1:] for count in (1, 2) for unit in in_every_language(partial(self.unit, count)))
        return any(_stand_in(fold(typed).text.split(), unit) for unit in known)

    def stored(self, value: int) -> str:
        return str(value)

    def said(self, value: int) -> str:
        return self.unit(value)

    def range(self) -> str:
        return _("from {low} to {high}").format(low=self.unit(self.low), high=self.unit(self.high))


@dataclass(frozen=True, slots=True)
class Wait(Kind[Delay]):
    """A delay of one to `days` working days, or of one to `hours` working hours."""

    days: int
    hours: int

    def read(self, words: str) -> Delay:
        delay = parse_delay(words)
        if delay is None or delay.days > self.days or delay.hours > self.hours:
            raise UserError(_("Write so many working days or hours, {range}.").format(range=self.range()))
        return delay

    def stored(self, value: Delay) -> str:
        return str(value)

    def said(self, value: Delay) -> str:
        return working_days(value.days) if value.days else _working_hours(value.hours)

    def range(self) -> str:
        sentence = _("from {hour} to {hours}, or from {day} to {days}")
        return sentence.format(
            hour=_working_hours(1),
            hours=_working_hours(self.hours),
            day=working_days(1),
            days=working_days(self.days),
        )


@dataclass(frozen=True, slots=True)
class TimeOfDay(Kind[time]):
    """A time of day from `low` to `high`, by the community's clock."""

    low: time
    high: time

    def read(self, words: str) -> time:
        value = _time_of_day(words)
        if value is None or not self.low <= value <= self.high:
            raise UserError(_("Write a time of day, {range}.").format(range=self.range()))
        return value

    def stored(self, value: time) -> str:
        return f"{value:%H:%M}"

    def said(self, value: time) -> str:
        moment = datetime(2000, 1, 1, value.hour, value.minute, tzinfo=UTC)
        return say_clock(moment, zone=ZoneInfo("UTC"), language=language())

    def range(self) -> str:
        return _("from {low} to {high}").format(low=self.said(self.low), high=self.said(self.high))


@dataclass(frozen=True, slots=True)
class WeeklyHours(Kind[Hours]):
    """Working hours of a week, by the community's clock."""

    def read(self, words: str) -> Hours:
        hours = parse_hours(words)
        if hours is None:
            raise UserError(_("Write the days and the hours, {range}.").format(range=self.range()))
        return hours

    def stored(self, value: Hours) -> str:
        return say_hours(value, "fr")

    def said(self, value: Hours) -> str:
        return say_hours(value, language())

    def range(self) -> str:
        return _("such as: Mon-Fri 9:00-17:30")


@dataclass(frozen=True, slots=True)
class Zone(Kind[str]):
    """A time zone, by its IANA name."""

    def read(self, words: str) -> str:
        zone = zone_named(words.strip().removesuffix(" time"))
        if zone is None:
            raise UserError(_("I do not know this time zone. Write a place, {range}.").format(range=self.range()))
        return zone.key

    def stored(self, value: str) -> str:
        return value

    def said(self, value: str) -> str:
        return zone_phrase(ZoneInfo(value), language())

    def range(self) -> str:
        return _("such as Paris, Martinique or La Réunion")


@dataclass(frozen=True, slots=True)
class Choice(Kind[str]):
    """One of several words, or the beginning of one: `hebdo`.

    `options`: as stored and typed in French, to what is said, marked with N_.
    """

    options: Mapping[str, str]

    def read(self, words: str) -> str:
        typed = fold(words.strip(" .")).text
        names = {one: {fold(one).text, *in_every_language(partial(self.said, one))} for one in self.options}
        meant = [one for one, known in names.items() if typed in known] or _begun(typed, names)
        if len(meant) != 1:
            raise UserError(_("Write one of these words: {range}").format(range=self.range()))
        return meant[0]

    def stored(self, value: str) -> str:
        return value

    def said(self, value: str) -> str:
        return _(self.options[value])

    def range(self) -> str:
        return ", ".join(_(said) for said in self.options.values())


@dataclass(frozen=True, slots=True)
class Words(Kind[str]):
    """A text of at most `longest` characters, and `lines` lines of a phone, with no patient's data; empty for none."""

    longest: int
    lines: int = 8

    def read(self, words: str) -> str:
        text = _UNREADABLE.sub("", _unquoted(words.strip())).strip()
        if check(text):
            raise UserError(_("This looks like data about a patient: I do not store it. Write the text without it."))
        if len(text) > self.longest:
            sentence = _("This text has {count} characters; it may have {longest}.")
            raise UserError(sentence.format(count=len(text), longest=self.longest))
        if (count := lines_of(text)) > self.lines:
            sentence = _("This text takes {count} lines of a phone; it may take {lines}.")
            raise UserError(sentence.format(count=count, lines=self.lines))
        return text

    def load(self, stored: str) -> str:
        """A text stays as it was accepted once, whatever may be written today."""
        return stored

    def stored(self, value: str) -> str:
        return value

    def said(self, value: str) -> str:
        return value or _("none")

    def range(self) -> str:
        sentence = _("at most {count} characters, and {lines} lines of a phone")
        return sentence.format(count=self.longest, lines=self.lines)


def in_every_language(words: Callable[[], str]) -> set[str]:
    """How this is written in each language, folded for comparison."""
    found = set()
    for spoken in LANGUAGES:
        with speaking(spoken):
            found.add(" ".join(fold(words()).text.split()))
    return found


def people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=count)


def _stand_in(beginnings: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some of the words begin with these, in the same order."""
    left = iter(words)
    return all(any(word.startswith(beginning) for word in left) for beginning in beginnings)


def _begun(typed: str, names: Mapping[str, set[str]]) -> list[str]:
    """The options of which a name begins so; none for too few letters."""
    if len(typed) < FEWEST_LETTERS:
        return []
    return [option for option, known in names.items() if any(name.startswith(typed) for name in known)]


def _unquoted(text: str) -> str:
    """The text without quotation marks around the whole of it."""
    return text[1:-1] if len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING else text


def _time_of_day(words: str) -> time | None:
    """`18h`, `18 h 00`, `18:00`; None for anything else."""
    match = _CLOCK.fullmatch(words.strip())
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return time(int(match[1]), int(match[2] or 0))


def days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)


def hours(count: int) -> str:
    return ngettext("{count} hour", "{count} hours", count).format(count=count)


def minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)


def months(count: int) -> str:
    return ngettext("{count} month", "{count} months", count).format(count=count)


def working_days(count: int) -> str:
    return ngettext("{count} working day", "{count} working days", count).format(count=count)


def _working_hours(count: int) -> str:
    return ngettext("{count} working hour", "{count} working hours", count).format(count=count)
