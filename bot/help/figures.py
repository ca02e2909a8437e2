"""What a team sees of mutual help: sums, never what one volunteer did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.events.text import Text, bullets, numbered
from bot.help import requests, satisfaction, settings
from bot.help.case import subject_of
from bot.help.rules.request import Status
from bot.help.satisfaction import Rates
from bot.help.tables import HelpOffer, HelpRequest
from bot.help.texts_before import Subject
from bot.i18n import _, ngettext
from bot.volunteers import volunteers as experts
from bot.volunteers.rules.routing import Exclusion, TopicLevel, Verdict

SHOWN = 10
WITHOUT_ANYBODY = (Status.OPEN, Status.SEEKING, Status.WITH_PEERS, Status.UNTAKEN)


@dataclass(frozen=True, slots=True)
class Figures:
    """`ages`: open requests with their age in whole working days, oldest first; `hours`: working hours to a yes."""

    ages: tuple[tuple[Subject, int], ...]
    without_anybody: int
    hours: tuple[float, ...]
    volunteers: int
    carried: int
    rates: Rates


async def of(hands: Hands, community: Community) -> Figures:
    """The figures of a community at this moment."""
    manner = await settings.of(hands.tx, community)
    waiting = await requests.open_in(hands.tx, community.slug)
    known = await communities.topics_of(hands.tx, community.slug)
    ages = [
        (subject_of(request, known), manner.working.age_in_days(request.sent_at or request.asked_at, hands.now))
        for request in waiting
    ]
    accepted = select(HelpRequest).where(
        HelpRequest.community == community.slug, col(HelpRequest.first_accepted_at).is_not(None)
    )
    hours = [
        manner.working.working_age(one.sent_at, one.first_accepted_at).total_seconds() / 3600
        for one in await hands.tx.exec(accepted)
        if one.sent_at and one.first_accepted_at
    ]
    carried = select(HelpOffer).join(HelpRequest).where(HelpRequest.community == community.slug, col(HelpOffer.carried))
    return Figures(
        tuple(ages),
        sum(request.status in WITHOUT_ANYBODY for request in waiting),
        tuple(hours),
        sum(experts.is_active(one) for one in await experts.of_community(hands.tx, community.slug)),
        len((await hands.tx.exec(carried)).all()),
        await satisfaction.rates(hands.tx, community.slug),
    )


def told(figures: Figures) -> Text:
    """The figures in words; what few people said stays hidden."""
    count = len(figures.ages)
    return Text.of(
        ngettext(
            "**{count} request open**, {alone} of them without anybody.",
            "**{count} requests open**, {alone} of them without anybody.",
            count,
        ).format(count=count, alone=figures.without_anybody),
        bullets(
            *(
                ngettext("{subject}: {days} working day", "{subject}: {days} working days", days).format(
                    subject=about, days=days
                )
                for about, days in figures.ages[:SHOWN]
            )
        ),
        _("Half of the requests found somebody within {hours} working hours ({count} accepted).").format(
            hours=round(median(figures.hours), 1), count=len(figures.hours)
        )
        if len(figures.hours) >= satisfaction.SHOWN_FROM
        else _("Too few requests were accepted so far to show a delay."),
        _("Volunteers: {volunteers}. Requests that they help with now: {carried}.").format(
            volunteers=figures.volunteers, carried=figures.carried
        ),
        _satisfied(figures.rates),
    )


def _satisfied(rates: Rates) -> str:
    if rates.went_well is None or rates.was_useful is None:
        return _("Satisfaction: shown from {least} answers on ({asked} people asked).").format(
            least=satisfaction.SHOWN_FROM, asked=rates.asked
        )
    well, useful = rates.went_well, rates.was_useful
    return _(
        "Satisfaction: went well {well} % (n = {n_well}), useful {useful} % (n = {n_useful}); {rate} % answered."
    ).format(
        well=_percent(*well),
        n_well=well[1],
        useful=_percent(*useful),
        n_useful=useful[1],
        rate=_percent(well[1], rates.asked),
    )


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)


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
