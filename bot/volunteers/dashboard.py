"""What the team's dashboard shows of volunteers, and of where a community's people work."""

from collections import Counter
from collections.abc import Sequence

from bot.communities import communities
from bot.communities.figures.figures import PARTICIPATION, VOLUNTEERS, Figures, Line, Shown, View
from bot.communities.people import people
from bot.i18n import _, language, ngettext
from bot.registers import professions
from bot.text.foreign_names import shown as harmless
from bot.text.plain_text import fold
from bot.volunteers import availability, profiles, topics, volunteers

CELLS, TOPICS = 6, 4
"""The most kinds of structure, professions and topics that are named."""


async def _to_confirm(view: View) -> Line | None:
    """Those who wait for the team; whoever has not said yes themselves waits for nobody here."""
    count = await volunteers.waiting_for_team(view.tx, view.slug)
    if not count:
        return None
    sentence = ngettext(
        "**{count} volunteer to confirm**: `!admin expert`", "**{count} volunteers to confirm**: `!admin expert`", count
    )
    return Line(sentence.format(count=count))


async def _taking_part(view: View) -> Sequence[str]:
    active, waiting = await volunteers.count(view.tx, view.slug)
    there = await availability.there_today(view.tx, view.community, now=view.now)
    return (
        _("Take part: {people}").format(people=view.people(active)),
        _("Not confirmed yet: {people}").format(people=view.people(waiting)),
        _there(view, there, active),
        await _without_volunteer(view),
    )


def _there(view: View, there: int, active: int) -> str:
    """How many are there today; nothing if that says of a few that they are not."""
    if 0 < active - there < view.least:
        return ""
    return _("There today: {people}").format(people=view.people(there))


async def _without_volunteer(view: View) -> str:
    """The topics for which nobody volunteers."""
    known = await communities.topics_of(view.tx, view.slug)
    served = await volunteers.topics_served(view.tx, view.slug)
    missing = [topics.label(topic.slug, known, language()) for topic in known if topic.slug not in served]
    sentence = ngettext(
        "{count} topic without a volunteer: {topics}", "{count} topics without a volunteer: {topics}", len(missing)
    )
    return sentence.format(count=len(missing), topics=_some(missing)) if missing else ""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:TOPICS]) + ("…" if len(names) > TOPICS else "")


async def _workplaces(view: View) -> Sequence[str]:
    """How many people work in which kind of structure; those with few are left out, and no total gives them away."""
    given = await profiles.structures(view.tx, people.welcomed(view.slug))
    cells, names = Counter[str](), dict[str, str]()
    for name, count in given:
        cells[fold(name).text] += count
        names.setdefault(fold(name).text, name)
    shown = [(names[key], count) for key, count in cells.most_common(CELLS) if count >= view.least]
    return [
        _("{structure}: {people}").format(structure=harmless(name), people=view.people(count)) for name, count in shown
    ]


async def _professions(view: View) -> Sequence[str]:
    """The same for professions, of those alone who agreed to be found by theirs."""
    given = await profiles.professions(view.tx, people.welcomed(view.slug))
    shown = [(professions.get(slug), count) for slug, count in given if count >= view.least]
    named = [(found.name(language()), count) for found, count in shown if found is not None]
    return [
        _("{profession}: {people}").format(profession=name, people=view.people(count)) for name, count in named[:CELLS]
    ]


async def _where_people_work(view: View) -> Sequence[str]:
    return (*await _workplaces(view), *await _professions(view))


FIGURES = Figures(
    lines=(Shown(20, _to_confirm),),
    reports={VOLUNTEERS: _taking_part, PARTICIPATION: _where_people_work},
)
