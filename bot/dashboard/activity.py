"""What happened in twelve weeks: as a picture, and the same in words; of what few people did only that they are few."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from bot.communities.communities import name_in
from bot.communities.figures.figures import Figures, View, Weekly
from bot.events.room_actions import Draw, Files
from bot.events.text import Text, bullets, folded, title
from bot.i18n import _, language
from bot.pictures.chart import Chart
from bot.pictures.chart import Row as Drawn
from bot.time.spoken_dates import say_date


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happens, and how often in each week."""

    what: Weekly
    values: Sequence[int]

    def shown(self, least: int) -> list[int | None]:
        """The weeks as they may be read: None for one in which fewer than `least` people may have done it."""
        return [None if self._is_few(value, least) else value for value in self.values]

    def _is_few(self, count: int, least: int) -> bool:
        return self.what.by_people and 0 < count < least

    def name(self, least: int) -> str:
        """With the sum; it is rounded to the floor if a week is not shown, which could else be worked out from it."""
        total, what = sum(self.values), _(self.what.name)
        if None not in self.shown(least):
            return _("{what}: {count}").format(what=what, count=total)
        if total < least:
            return _("{what}: fewer than {least}").format(what=what, least=least)
        return _("{what}: about {count}").format(what=what, count=least * round(total / least))


async def rows(view: View, every: Iterable[Figures]) -> list[Row]:
    """Everything that is counted by week, in its order."""
    weekly = sorted((each for figures in every for each in figures.weeks), key=lambda each: each.place)
    return [Row(each, await each.counts(view)) for each in weekly]


async def picture(view: View, every: Iterable[Figures]) -> Files:
    """The picture, with a text that says all of it; the text alone if the picture cannot be made or sent."""
    found = await rows(view, every)
    text = in_words(view, found)
    drawn = Draw(_("relais-twelve-weeks.png"), _chart(view, found).kept(), text.kept())
    return Files((drawn,), Text.of(_("I could not make or send the picture. This is what it shows:"), text))


def in_words(view: View, found: Sequence[Row]) -> Text:
    """The sums, then every week; weeks without anything are said together."""
    return Text.of(
        title(name_in(view.community, language())),
        _period(view),
        bullets(*(row.name(view.least) for row in found)),
        folded(_("Week by week, each from Monday on"), bullets(*_week_by_week(view, found))),
    )


def _week_by_week(view: View, found: Sequence[Row]) -> Iterator[str]:
    for place, begins in enumerate(view.weeks):
        said = [_said(row, place, view.least) for row in found if row.values[place]]
        yield _("{week}: {what}").format(week=_day(view, begins), what=", ".join(said) or _("nothing"))


def _said(row: Row, place: int, least: int) -> str:
    count = row.shown(least)[place]
    if count is not None:
        return row.what.counted(count)
    name = _(row.what.name)
    return _("{what} (fewer than {least})").format(what=name[:1].lower() + name[1:], least=least)


def _chart(view: View, found: Sequence[Row]) -> Chart:
    return Chart(
        title=name_in(view.community, language()),
        period=_period(view),
        weeks=[format_date(begins.astimezone(view.zone), "d MMM", locale=language()) for begins in view.weeks],
        rows=[Drawn(row.name(view.least), row.shown(view.least)) for row in found],
        ongoing=_("Last point, empty: the week that goes on"),
        least=view.least,
        few=f"< {view.least}",
    )


def _period(view: View) -> str:
    return _("Twelve weeks, from {first} to {last}").format(first=_day(view, view.weeks[0]), last=_day(view, view.now))


def _day(view: View, moment: datetime) -> str:
    return say_date(moment, zone=view.zone, language=language(), year=False)
