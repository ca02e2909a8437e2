"""What the team's dashboard shows of practice sheets."""

from bot.communities.figures import Figures, Line, Shown, View
from bot.i18n import ngettext
from bot.sheets import sheets


async def _in_review(view: View) -> Line | None:
    """The team may review any of them, whoever else was asked."""
    count = len(await sheets.in_review(view.tx, view.slug))
    if not count:
        return None
    sentence = ngettext(
        "**{count} sheet to review**: `!sheet review`", "**{count} sheets to review**: `!sheet review`", count
    )
    return Line(sentence.format(count=count))


FIGURES = Figures(lines=(Shown(35, _in_review),))
