"""What the team's dashboard shows of resources and searches."""

from collections.abc import Sequence

from bot.communities.figures.figures import PARTICIPATION, SEARCH, Figures, Line, Shown, View, Weekly, percent
from bot.i18n import N_, _, ngettext
from bot.resources import failed_searches, resources, searches, votes
from bot.resources.texts import one_line

WORDS = 5
"""Words looked for in vain that are shown."""


async def _to_verify(view: View) -> Line | None:
    count = await resources.count_to_verify(view.tx, view.slug, today=view.now.date())
    if not count:
        return None
    sentence = ngettext(
        "**{count} resource to verify**: `!admin doc`", "**{count} resources to verify**: `!admin doc`", count
    )
    return Line(sentence.format(count=count))


async def _in_vain(view: View) -> Line | None:
    count = await failed_searches.count(view.tx, view.slug)
    if not count:
        return None
    sentence = ngettext(
        "**{count} search in vain**: `!admin searches`", "**{count} searches in vain**: `!admin searches`", count
    )
    return Line(sentence.format(count=count))


async def _searches(view: View) -> Sequence[int]:
    """Every search, whether or not it found something."""
    found = await searches.by_week(view.tx, view.account, view.slug, view.weeks)
    missed = await failed_searches.by_week(view.tx, view.slug, view.weeks)
    return [sum(both) for both in zip(found, missed, strict=True)]


def _counted(count: int) -> str:
    return ngettext("{count} search", "{count} searches", count).format(count=count)


async def _how_well(view: View) -> Sequence[str]:
    """How many searches found something, what people thought of it, what was not there."""
    every = sum(await _searches(view))
    missed = await failed_searches.count(view.tx, view.slug, since=view.since)
    return (_answered(view, every, missed), await _useful(view), await _words(view))


def _answered(view: View, count: int, missed: int) -> str:
    if count < view.least:
        return _("Searches: too few to say")
    sentence = _("Searches: {count}; with a result: {share} %")
    return sentence.format(count=count, share=percent(count - missed, count))


async def _useful(view: View) -> str:
    useful, given = await votes.sums(view.tx, view.slug)
    if given < view.least:
        return _("Opinions about resources: too few answers to say")
    sentence = _("Found useful: {share} % ({count} opinions about resources)")
    return sentence.format(share=percent(useful, given), count=given)


async def _words(view: View) -> str:
    found = await failed_searches.most_frequent(view.tx, view.slug, limit=WORDS)
    words = ", ".join(f"{one_line(words)} ({count})" for words, count in found)
    return _("Searched for and not found: {words}; all of them: `!admin searches`").format(words=words) if words else ""


async def _took_part(view: View) -> Sequence[str]:
    people = await votes.people(view.tx, view.slug)
    return (_("Ever gave an opinion about a resource: {people}").format(people=view.people(people)),)


FIGURES = Figures(
    lines=(Shown(30, _to_verify), Shown(40, _in_vain)),
    weeks=(Weekly(10, N_("Searches"), _counted, _searches),),
    reports={SEARCH: _how_well, PARTICIPATION: _took_part},
)
