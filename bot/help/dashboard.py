"""What the team's dashboard shows of requests for help."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from bot.communities.figures.figures import (
    PARTICIPATION,
    VOLUNTEERS,
    Figures,
    Line,
    Opinions,
    Shown,
    Tally,
    View,
    Weekly,
    decimal,
    percent,
)
from bot.help import counts, settings
from bot.help.texts_before import number
from bot.i18n import N_, _, ngettext
from bot.volunteers import availability


async def _without_anybody(view: View) -> Line | None:
    """How many requests nobody has accepted, and how long the oldest waits."""
    count, oldest = await counts.without_anybody(view.tx, view.slug)
    if oldest is None:
        return None
    working = (await settings.of(view.tx, view.community)).working
    days = working.age_in_days(oldest.sent_at or oldest.asked_at, view.now)
    age = (
        ngettext("for {days} working day", "for {days} working days", days).format(days=days)
        if days
        else _("for less than a working day")
    )
    sentence = ngettext(
        "**{count} request without an answer**, {oldest} {age}: `!admin help-requests`",
        "**{count} requests without an answer**, {oldest} {age}: `!admin help-requests`",
        count,
    )
    return Line(sentence.format(count=count, oldest=number(oldest), age=age))


async def _load(view: View) -> Line | None:
    """Open requests for each volunteer who is there today; of few volunteers nothing more than that they are few.

    Of few requests only the team reads it, which sees each of them anyway.
    """
    count = await counts.unanswered(view.tx, view.slug)
    if not count:
        return None
    few = count < view.least
    there = await availability.there_today(view.tx, view.community, now=view.now)
    if there < view.least:
        sentence = ngettext(
            "**{count} open request**, fewer than {least} volunteers there: `!admin dashboard volunteers`",
            "**{count} open requests**, fewer than {least} volunteers there: `!admin dashboard volunteers`",
            count,
        )
        return Line(sentence.format(count=count, least=view.least), waits=few)
    sentence = _("**{load} open requests per volunteer**: `!admin dashboard volunteers`")
    return Line(sentence.format(load=decimal(count / there)), waits=few)


async def _opinions(view: View) -> Tally:
    return await counts.opinions(view.tx, view.slug)


async def _sent(view: View) -> Sequence[int]:
    return await counts.sent(view.tx, view.slug, view.weeks)


async def _accepted(view: View) -> Sequence[int]:
    return await counts.accepted_by_week(view.tx, view.slug, view.weeks)


def _requests(count: int) -> str:
    return ngettext("{count} request", "{count} requests", count).format(count=count)


def _yeses(count: int) -> str:
    return ngettext("{count} request accepted", "{count} requests accepted", count).format(count=count)


async def _took_part(view: View) -> Sequence[str]:
    asked, said_yes = await counts.took_part(view.tx, view.slug, since=view.since)
    return (
        _("Asked for help: {people}").format(people=view.people(asked)),
        _("Accepted to help: {people}").format(people=view.people(said_yes)),
    )


async def _how_soon(view: View) -> Sequence[str]:
    """How soon requests find somebody, and how many found nobody."""
    waits = await counts.accepted(view.tx, view.slug, since=view.since)
    ended, untaken = await counts.ended(view.tx, view.slug, since=view.since)
    return (await _half(view, waits), _untaken(view, ended, untaken))


async def _half(view: View, waits: Sequence[tuple[datetime | None, datetime]]) -> str:
    working = (await settings.of(view.tx, view.community)).working
    hours = [working.working_age(sent, accepted).total_seconds() / 3600 for sent, accepted in waits if sent]
    if len(hours) < view.least:
        return _("Delay until somebody accepts: too few answers to say")
    sentence = _("Half of the requests found somebody within {hours} working hours ({count} accepted)")
    return sentence.format(hours=decimal(median(hours)), count=len(hours))


def _untaken(view: View, ended: int, untaken: int) -> str:
    if ended < view.least:
        return _("Requests that found nobody: too few answers to say")
    sentence = _("Requests that found nobody: {share} % ({count} in all)")
    return sentence.format(share=percent(untaken, ended), count=ended)


FIGURES = Figures(
    lines=(Shown(10, _without_anybody), Shown(70, _load)),
    weeks=(
        Weekly(20, N_("Requests"), _requests, _sent),
        Weekly(30, N_("Requests accepted"), _yeses, _accepted),
    ),
    opinions=Opinions(N_("Mutual help"), _opinions),
    reports={PARTICIPATION: _took_part, VOLUNTEERS: _how_soon},
)
