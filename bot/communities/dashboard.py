"""What the team's dashboard shows of a community's people."""

from collections.abc import Sequence

from bot.communities.figures.figures import PARTICIPATION, Figures, View
from bot.communities.people import people
from bot.i18n import _


async def _turned_to_us(view: View) -> Sequence[str]:
    known = await people.count(view.tx, view.slug)
    new = await people.count(view.tx, view.slug, since=view.since)
    return (
        _("Have ever written to me: {people}").format(people=view.people(known)),
        _("For the first time in these weeks: {people}").format(people=view.people(new)),
    )


FIGURES = Figures(reports={PARTICIPATION: _turned_to_us})
