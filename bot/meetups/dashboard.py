"""What the team's dashboard shows of meet-ups."""

from collections.abc import Sequence
from datetime import timedelta

from bot.communities.figures.figures import PARTICIPATION, Figures, Line, Opinions, Shown, Tally, View, Weekly
from bot.i18n import N_, _, ngettext
from bot.meetups import meetups, notes, opinions, rsvps

SOON = timedelta(days=21)
"""How long before a meet-up its programme is missed."""


async def _without_agenda(view: View) -> Line | None:
    """The coming meet-ups of the community's own that have no programme."""
    coming = await meetups.upcoming(view.tx, [view.slug], now=view.now, before=view.now + SOON)
    own = {meetup.id for meetup in coming if not meetup.series.external}
    count = len(own - await notes.with_agenda(view.tx, view.slug))
    if not count:
        return None
    sentence = ngettext(
        "**{count} meet-up without a programme**: `!rdv`", "**{count} meet-ups without a programme**: `!rdv`", count
    )
    return Line(sentence.format(count=count))


async def _opinions(view: View) -> Tally:
    return await opinions.tally(view.tx, view.slug)


async def _begun(view: View) -> Sequence[int]:
    return await meetups.begun(view.tx, view.slug, view.weeks, until=view.now)


def _counted(count: int) -> str:
    return ngettext("{count} meet-up", "{count} meet-ups", count).format(count=count)


async def _took_part(view: View) -> Sequence[str]:
    coming = await rsvps.people(view.tx, view.slug, since=view.since, until=view.now)
    return (_("Said yes to a meet-up: {people}").format(people=view.people(coming)),)


FIGURES = Figures(
    lines=(Shown(50, _without_agenda),),
    weeks=(Weekly(40, N_("Meet-ups"), _counted, _begun, by_people=False),),
    opinions=Opinions(N_("Meet-ups"), _opinions),
    reports={PARTICIPATION: _took_part},
)
