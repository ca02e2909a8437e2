"""What the team's dashboard shows of irritants and ideas."""

from collections.abc import Sequence
from typing import Any, cast

from sqlmodel import col

from bot.communities.figures.figures import Figures, Line, Shown, View, Weekly
from bot.communities.figures.per_week import per_week
from bot.i18n import N_, ngettext
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


def _counted(count: int) -> str:
    return ngettext("{count} irritant or idea", "{count} irritants and ideas", count).format(count=count)


async def _reported(view: View) -> Sequence[int]:
    return await per_week(view.tx, cast(Any, Idea.reported_at), view.weeks, col(Idea.community) == view.slug)


FIGURES = Figures(
    lines=(Shown(37, _undecided),),
    weeks=(Weekly(50, N_("Irritants and ideas"), _counted, _reported),),
)
