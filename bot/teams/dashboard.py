"""What the team's dashboard shows of teams that try solutions: how many stand where, nothing about people."""

from bot.communities.figures.figures import Figures, Line, Shown, View
from bot.i18n import _, ngettext
from bot.teams import records, texts
from bot.teams.rules.team import OVER, Status


async def _by_status(view: View) -> Line | None:
    found = await records.by_status(view.tx, view.slug)
    going_on = {Status(name): count for name, count in found.items() if name not in OVER}
    if not going_on:
        return None
    total = sum(going_on.values())
    each = ", ".join(f"{count} {_(texts.STANDING[status])}" for status in Status if (count := going_on.get(status, 0)))
    sentence = ngettext("**{count} team**: {each}. `!team`", "**{count} teams**: {each}. `!team`", total)
    return Line(sentence.format(count=total, each=each), waits=False)


FIGURES = Figures(lines=(Shown(67, _by_status),))
