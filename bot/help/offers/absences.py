"""A volunteer goes away: offers make way, what they carry is passed on, and the return is automatic."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.communities.tell import tell
from bot.events.gestures import Gesture
from bot.events.text import Text, bullets
from bot.help import case as cases
from bot.help import requests, texts_after
from bot.help.case import Case
from bot.help.exchange import exchange
from bot.help.offers import offers, search
from bot.help.rules.cards import MEETING
from bot.help.rules.request import Party
from bot.help.tables import HelpRequest
from bot.i18n import _
from bot.volunteers import Availability, availability, volunteers
from bot.volunteers.rules.absence import Absence

STARTS, HANDS_OVER, ENDS = "absence_starts", "absence_hands_over", "absence_ends"


async def announce(hands: Hands, row: Availability, absence: Absence, zone: ZoneInfo) -> None:
    """Keep an absence, and what follows from it at its first and after its last day."""
    row.absent_from, row.absent_to, row.delegate = absence.first, absence.last, absence.delegate
    await availability.keep(hands.tx, row)
    own = availability.working_time(row, zone=zone.key)
    starts_at = own.last_open(midnight(absence.first, zone))  # the eve, within their hours: nothing rings at midnight
    await hands.timers.set(hands.tx, STARTS, row.person, due_at=max(hands.now, starts_at))
    back = midnight(absence.last + timedelta(days=1), zone)
    await hands.timers.set(hands.tx, ENDS, row.person, due_at=back)


async def forget(hands: Hands, row: Availability) -> None:
    """No absence any more."""
    row.absent_from = row.absent_to = row.delegate = None
    await availability.keep(hands.tx, row)
    for kind in (STARTS, ENDS):
        await hands.timers.cancel(hands.tx, kind, row.person)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which a day begins there."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


async def starts(hands: Hands, person: str) -> None:
    """Offers that wait are withdrawn; each request that the person carries may be handed over."""
    for known in await offers.of_person(hands.tx, person):
        case = await cases.find(hands, known.request, lock=True)
        if case is not None and known.turn == case.request.turn:
            await search.withdraw(case, person, texts_after.while_away)
    for request in await requests.carried_by(hands.tx, person):
        await _propose(await cases.of(hands, request), person)


async def _propose(case: Case, person: str) -> None:
    """Asked at once, done by itself one working day later if nobody says otherwise."""

    def words() -> Text:
        return Text.of(
            _("**Your absence begins, and you help {requester}** ({subject}).").format(
                requester=case.name(case.request.requester), subject=case.subject.aside
            ),
            bullets(_("`hand over` 🔁: I look for somebody else"), _("`keep`: it stays yours")),
            _("Without an answer I look for somebody in one working day."),
        )

    key = f"away:{case.request.id}:{case.request.version}"
    await case.tell(person, words, key=key, about=case.about(MEETING), gestures=(Gesture.HAND_OVER,))
    due_at = case.manner.working.add_days(case.now, 1)
    await case.timers.set(case.tx, HANDS_OVER, _item(case.request), due_at=due_at)


async def keeps(hands: Hands, request: HelpRequest) -> None:
    """The person wants to go on although they are away."""
    await hands.timers.cancel(hands.tx, HANDS_OVER, _item(request))


def _item(request: HelpRequest) -> str:
    return f"{request.id} {request.version}"


async def hands_over(hands: Hands, item: str) -> None:
    """A working day after the question: unless the request has moved since, somebody else is sought."""
    request = await requests.free(hands.tx, item.partition(" ")[0])
    if request is not None and request.status in requests.CARRIED and item == _item(request):
        await exchange.hand_over(await cases.of(hands, request), by={Party.SYSTEM})


async def ends(hands: Hands, person: str) -> None:
    """The person is back, within their hours."""
    row = await availability.of(hands.tx, person, lock=True)
    community = await _a_community(hands, person)
    if community is None or row.absent_to is None:
        return
    opens = availability.working_time(row, zone=community.time_zone).next_opening(hands.now)
    if opens > hands.now:
        await hands.timers.set(hands.tx, ENDS, person, due_at=opens)
        return
    await forget(hands, row)
    key = f"back:{person}:{int(hands.now.timestamp())}"
    await tell(hands, person, _welcome_back, key=key, language=community.language)


def _welcome_back() -> Text:
    return Text.of(_("Welcome back. Requests about your topics reach you again. To stay away: `!me pause`"))


async def _a_community(hands: Hands, person: str) -> Community | None:
    known = await volunteers.of_person(hands.tx, person)
    return await communities.get(hands.tx, known[0].community) if known else None
