"""The dashboard itself: what waits for the team, then how things are, on one screen of a phone."""

from collections.abc import Iterator, Sequence

from bot import nouns
from bot.communities.communities import name_in
from bot.communities.figures.figures import Figures, Line, View
from bot.communities.rules import weeks
from bot.dashboard import activity, satisfaction
from bot.events.text import Text, more, title
from bot.i18n import _, language, ngettext

SATISFACTION = 60
"""Its place among the lines of the nouns."""


async def screen(view: View, *, waits: bool) -> Text:
    """All lines; without `waits` only those that are sums. If nothing waits, a sentence says so."""
    lines = await _lines(view)
    busy = any(line.waits for line in lines)
    shown = [line.text for line in lines if waits or not line.waits]
    nothing = "" if busy or not waits else _("Nothing waits for the team.")
    nothing = nothing or ("" if shown else _("There is nothing to show yet."))
    return Text.of(title(name_in(view.community, language())), nothing, *_paragraph(shown))


def _paragraph(lines: Sequence[str]) -> Iterator[str | Text]:
    """Lines below one another: as items of a list each would be wider by its mark."""
    for place, line in enumerate(lines):
        yield Text((more(line),)) if place else line


async def _lines(view: View) -> list[Line]:
    found = [(shown.place, await shown.of(view)) for figures in every() for shown in figures.lines]
    found.append((SATISFACTION, await satisfaction.line(view)))
    lines = [line for _place, line in sorted(found, key=lambda each: each[0]) if line is not None]
    last = await _picture(view)
    return [*lines, last] if last else lines


def every() -> list[Figures]:
    """The figures of all nouns, in their order."""
    return [noun.figures for noun in nouns.NOUNS]


async def _picture(view: View) -> Line | None:
    """The weeks in which nothing happened, and the picture; nothing for a community that has no past."""
    rows = [row.values for row in await activity.rows(view, every())]
    count = weeks.silent(rows, view.weeks, since=view.community.created_at)
    if count:
        sentence = ngettext(
            "**{count} quiet week**: `!admin dashboard picture`",
            "**{count} quiet weeks**: `!admin dashboard picture`",
            count,
        )
        return Line(sentence.format(count=count), waits=False)
    if not any(map(any, rows)):
        return None
    return Line(_("In a picture: `!admin dashboard picture`"), waits=False)
