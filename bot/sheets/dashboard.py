"""What the team's dashboard shows of practice sheets."""

from collections.abc import Sequence

from bot.communities.figures.figures import SEARCH, Figures, Line, Shown, View
from bot.help import counts as help_counts
from bot.i18n import _, ngettext
from bot.meetups import notes
from bot.sheets import counts, sheets
from bot.sheets.journey import results


async def _in_review(view: View) -> Line | None:
    """The team may review any of them, whoever else was asked."""
    count = len(await sheets.in_review(view.tx, view.slug))
    if not count:
        return None
    sentence = ngettext(
        "**{count} sheet to review**: `!sheet review`", "**{count} sheets to review**: `!sheet review`", count
    )
    return Line(sentence.format(count=count))


async def _to_accept(view: View) -> Line | None:
    """What people said came of sheets, and the team has not read."""
    found = await results.waiting(view.tx, view.slug)
    if not found:
        return None
    sentence = ngettext(
        "**{count} result of a sheet to read**: `!sheet {number} evaluate`",
        "**{count} results of sheets to read**: `!sheet {number} evaluate`",
        len(found),
    )
    return Line(sentence.format(count=len(found), number=f"F-{found[0].sheet}"))


async def _loop(view: View) -> Line | None:
    """From the sheet to those who use it elsewhere; nothing where none is published."""
    found = await counts.loop(view.tx, view.slug)
    if not found.published:
        return None
    sentence = ngettext(
        "**{count} sheet** ({uses}): `!doc sheet`", "**{count} sheets** ({uses}): `!doc sheet`", found.published
    )
    uses = (
        ngettext("opened {count} time", "opened {count} times", found.opened).format(count=found.opened),
        _("tried by {people}").format(people=view.people(found.tried)) if found.tried else "",
        ngettext("taken up {count} time", "taken up {count} times", found.reused).format(count=found.reused),
    )
    return Line(sentence.format(count=found.published, uses=", ".join(filter(None, uses))), waits=False)


async def _sources(view: View) -> Sequence[str]:
    """How many requests, and how many experiences told at meet-ups, became a sheet in these weeks."""
    settled, _nobody = await help_counts.ended(view.tx, view.slug, since=view.since)
    told = await notes.count_told(view.tx, view.slug, since=view.since, now=view.now)
    of_requests = await counts.published_of(view.tx, view.slug, counts.OF_REQUESTS, since=view.since)
    of_retex = await counts.published_of(view.tx, view.slug, counts.OF_RETEX, since=view.since)
    requests = _("Requests settled: {count}; sheets that came of them: {sheets}")
    experiences = _("Experiences told at meet-ups: {count}; sheets that came of them: {sheets}")
    return (
        requests.format(count=settled, sheets=of_requests) if settled or of_requests else "",
        experiences.format(count=told, sheets=of_retex) if told or of_retex else "",
    )


FIGURES = Figures(
    lines=(Shown(35, _in_review), Shown(36, _to_accept), Shown(65, _loop)),
    reports={SEARCH: _sources},
)
