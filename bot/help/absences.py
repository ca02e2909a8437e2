"""A volunteer goes away: offers make way, what they carry is passed on, and the return is automatic."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.events.gestures import Gesture
from bot.events.messages import Ref, Text
from bot.help import exchange, requests, search, settings, texts_after
from bot.help import offers as help_offers
from bot.help.about import subject, tell
from bot.help.rules.cards import MEETING
from bot.help.rules.offer import OfferTrigger, moved
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
    await hands.timers.set(hands.tx, STARTS, row.person, due_at=max(hands.now, midnight(absence.first, zone)))
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
    for known in await help_offers.of_person(hands.tx, person):
        request = await requests.get(hands.tx, known.request, lock=True)
        if request is not None and known.turn == request.turn:
            await _make_way(hands, request, person)
    for request in await requests.carried_by(hands.tx, person):
        await _propose(hands, request, person)


async def _make_way(hands: Hands, request: HelpRequest, person: str) -> None:
    rows = await help_offers.of(hands.tx, request)
    offers = help_offers.statuses(rows)
    changed = await help_offers.become(hands.tx, rows, moved(offers, person, OfferTrigger.WITHDRAW), now=hands.now)
    about = await subject(hands.tx, request)
    await search.put_away(hands, request, changed, lambda: texts_after.while_away(about(), request))
    await search.made_way(hands, request)


async def _propose(hands: Hands, request: HelpRequest, person: str) -> None:
    """Asked at once, done by itself one working day later if nobody says otherwise."""
    community = await requests.community_of(hands.tx, request)
    manner = await settings.of(hands.tx, community)
    about = await subject(hands.tx, request)

    def words() -> Text:
        return Text.of(
            _("You are away, and you help with {subject}.").format(subject=about()),
            _("Shall I look for somebody else? Answer “hand over” (🔁)."),
            _("To keep it, answer “keep”; else I look for somebody in one working day."),
        )

    key = f"away:{request.id}:{request.version}"
    await tell(
        hands,
        person,
        community,
        words,
        key=key,
        about=Ref(MEETING, str(request.id)),
        gestures=(Gesture.HAND_OVER,),
        of=request,
    )
    due_at = manner.working.add_days(hands.now, 1)
    await hands.timers.set(hands.tx, HANDS_OVER, f"{request.id} {request.version}", due_at=due_at)


async def keeps(hands: Hands, request: HelpRequest) -> None:
    """The person wants to go on although they are away."""
    await hands.timers.cancel(hands.tx, HANDS_OVER, f"{request.id} {request.version}")


async def hands_over(hands: Hands, item: str) -> None:
    """A working day after the question: unless the request has moved since, somebody else is sought."""
    number, _space, version = item.partition(" ")
    request = await requests.free(hands.tx, number)
    if request is None or request.status not in requests.CARRIED or str(request.version) != version:
        return
    await exchange.hand_over(hands, request, by={Party.SYSTEM})


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
    await tell(hands, person, community, _welcome_back, key=f"back:{person}:{int(hands.now.timestamp())}")


def _welcome_back() -> Text:
    return Text.of(_("Welcome back. Requests about your topics reach you again. To stay away: !me pause"))


async def _a_community(hands: Hands, person: str) -> Community | None:
    known = await volunteers.of_person(hands.tx, person)
    return await communities.get(hands.tx, known[0].community) if known else None
