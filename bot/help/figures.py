"""What a team sees of mutual help: sums, never what one volunteer did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.communities.figures.figures import decimal
from bot.communities.figures.views import LEAST
from bot.communities.settings.settings import value
from bot.events.text import Text, bullets, numbered
from bot.help import counts, requests, settings
from bot.help.case import subject_of
from bot.help.texts_before import Subject
from bot.i18n import _, ngettext
from bot.volunteers import volunteers as experts
from bot.volunteers.rules.routing import Exclusion, TopicLevel, Verdict

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """`count` requests are open; `ages`: the oldest of them with their age in whole working days; `hours`: working
    hours to a yes."""

    count: int
    ages: tuple[tuple[Subject, int], ...]
    without_anybody: int
    hours: tuple[float, ...]
    volunteers: int
    carried: int
    least: int


async def of(hands: Hands, community: Community) -> Figures:
    """The figures of a community at this moment."""
    tx, slug = hands.tx, community.slug
    working = (await settings.of(tx, community)).working
    waiting = await requests.open_in(tx, slug, limit=SHOWN)
    known = await communities.topics_of(tx, slug)
    ages = [
        (subject_of(request, known), working.age_in_days(request.sent_at or request.asked_at, hands.now))
        for request in waiting
    ]
    found = await counts.accepted(tx, slug, since=datetime.min.replace(tzinfo=UTC))
    hours = [working.working_age(sent, accepted).total_seconds() / 3600 for sent, accepted in found if sent]
    return Figures(
        count=await counts.unanswered(tx, slug),
        ages=tuple(ages),
        without_anybody=await counts.with_status(tx, slug, counts.WITHOUT_ANYBODY),
        hours=tuple(hours),
        volunteers=sum(map(experts.is_active, await experts.of_community(tx, slug))),
        carried=await counts.carried(tx, slug),
        least=await value(tx, slug, LEAST),
    )


def told(figures: Figures) -> Text:
    """The figures in words; what few people said stays hidden."""
    hidden = max(0, figures.count - len(figures.ages))
    return Text.of(
        ngettext(
            "**{count} request open**, {alone} of them without anybody.",
            "**{count} requests open**, {alone} of them without anybody.",
            figures.count,
        ).format(count=figures.count, alone=figures.without_anybody),
        bullets(
            *(
                ngettext("{subject}: {days} working day", "{subject}: {days} working days", days).format(
                    subject=about, days=days
                )
                for about, days in figures.ages
            ),
            ngettext("{count} more recent", "{count} more recent", hidden).format(count=hidden) if hidden else "",
        ),
        _("Half of the requests found somebody within {hours} working hours ({count} accepted).").format(
            hours=decimal(median(figures.hours)), count=len(figures.hours)
        )
        if len(figures.hours) >= figures.least
        else _("Too few requests were accepted so far to show a delay."),
        _("Volunteers: {volunteers}. Requests that they help with now: {carried}.").format(
            volunteers=figures.volunteers, carried=figures.carried
        ),
        _("What people thought of it: `!admin dashboard satisfaction`"),
    )


def explained(subject: Subject, verdicts: Sequence[Verdict], names: Mapping[str, str], *, size: int) -> Text:
    """Who would be asked now, in order, and what speaks against the others."""
    able = [one for one in verdicts if one.exclusion is None]
    return Text.of(
        _("**Who would be asked now** for {subject}:").format(subject=subject.by_number),
        numbered(_about(names, one, _for(one)) for one in able[:size]),
        bullets(*(_about(names, one, _for(one)) for one in able[size:SHOWN])),
        _("In order: the nearest topic, then who helps least now, then who was asked least in 30 days.")
        if able
        else _("Nobody."),
        bullets(*(_about(names, one, _against(one.exclusion)) for one in verdicts if one.exclusion is not None)),
    )


def _about(names: Mapping[str, str], verdict: Verdict, why: str) -> str:
    return _("{name}: {why}").format(name=names[verdict.person], why=why)


def _for(verdict: Verdict) -> str:
    return {
        TopicLevel.EXACT: _("this very topic"),
        TopicLevel.PARENT: _("a wider topic"),
        TopicLevel.GENERALIST: _("answers on everything"),
    }[verdict.level]


def _against(exclusion: Exclusion) -> str:
    return {
        Exclusion.REQUESTER: _("is the person who asks"),
        Exclusion.ALREADY_ASKED: _("was asked already"),
        Exclusion.NOT_ACTIVE: _("does not take part yet"),
        Exclusion.UNREACHABLE: _("has no private conversation with me"),
        Exclusion.PAUSED: _("takes a break"),
        Exclusion.ABSENT: _("is away"),
        Exclusion.SAME_ESTABLISHMENT: _("works in the same establishment"),
        Exclusion.ENOUGH_OPEN: _("helps with enough requests"),
        Exclusion.ENOUGH_THIS_MONTH: _("was asked enough this month"),
        Exclusion.OUT_OF_HOURS: _("is not at work now"),
    }[exclusion]
