"""What the team's dashboard shows of challenges."""

from bot.challenges import challenges, solutions
from bot.challenges.rules.challenge import Status
from bot.communities.figures.figures import Figures, Line, Shown, View
from bot.i18n import ngettext


async def _going_on(view: View) -> Line | None:
    """Those that take solutions or votes, with how many solutions they have."""
    found = await challenges.going_on(view.tx, view.slug)
    if not found:
        return None
    given = sum([len(await solutions.of_challenge(view.tx, one)) for one in found])
    voting = sum(one.status == Status.VOTING for one in found)
    sentence = ngettext(
        "**{count} challenge**, {solutions} solutions, {voting} in the vote: `!challenge`",
        "**{count} challenges**, {solutions} solutions, {voting} in the vote: `!challenge`",
        len(found),
    )
    return Line(sentence.format(count=len(found), solutions=given, voting=voting), waits=False)


FIGURES = Figures(lines=(Shown(66, _going_on),))
