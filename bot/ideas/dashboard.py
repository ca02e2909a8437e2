"""What the team's dashboard shows of irritants and ideas."""

from collections.abc import Sequence

from sqlmodel import col

from bot.communities.figures.figures import PARTICIPATION, Figures, Line, Shown, View
from bot.i18n import _, ngettext
from bot.ideas import ideas
from bot.ideas.rules.idea import Status
from bot.ideas.tables import Idea


async def _undecided(view: View) -> Line | None:
    """Those of which the team has said nothing yet."""
    count = await ideas.count(view.tx, view.slug, col(Idea.status) == Status.REPORTED)
    if not count:
        return None
    sentence = ngettext(
        "**{count} irritant or idea without a decision**: `!idea`",
        "**{count} irritants or ideas without a decision**: `!idea`",
        count,
    )
    return Line(sentence.format(count=count))


async def _reported(view: View) -> Sequence[str]:
    """How many were reported in these weeks: they are no figure about people."""
    count = await ideas.count(view.tx, view.slug, col(Idea.reported_at) >= view.since)
    return (_("Irritants and ideas reported: {count}").format(count=count),) if count else ()


FIGURES = Figures(lines=(Shown(37, _undecided),), reports={PARTICIPATION: _reported})
