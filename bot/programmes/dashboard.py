"""What the team's dashboard shows of supports."""

from collections import Counter

from bot.communities.figures.figures import Figures, Line, Opinions, Shown, Tally, View
from bot.i18n import N_, ngettext
from bot.programmes import applications, satisfaction
from bot.programmes.rules.application import Status


async def _supports(view: View) -> Line | None:
    """Applications that wait for the team, and the teams that are supported."""
    total = Counter[str]()
    for counts in (await applications.counts(view.tx, view.slug)).values():
        total.update(counts)
    waiting, going_on = total[Status.SUBMITTED], total[Status.ACCEPTED]
    if waiting:
        sentence = ngettext(
            "**{count} application for support to decide**: `!admin support`",
            "**{count} applications for support to decide**: `!admin support`",
            waiting,
        )
        return Line(sentence.format(count=waiting))
    if not going_on:
        return None
    sentence = ngettext(
        "**{count} supported team**: `!admin support`", "**{count} supported teams**: `!admin support`", going_on
    )
    return Line(sentence.format(count=going_on), waits=False)


async def _opinions(view: View) -> Tally:
    return await satisfaction.tally(view.tx, view.slug)


FIGURES = Figures(lines=(Shown(38, _supports),), opinions=Opinions(N_("Supported teams"), _opinions))
