"""Requests for help: written, found, and moved along the table of `help.rules.request` with their timers."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy import func, update
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.errors import TryLater
from bot.events.messages import Ref
from bot.help.offers import offers
from bot.help.rules import cards
from bot.help.rules.request import FINAL, LIFECYCLE, Party, RequestFacts, Status, Trigger, hindrances
from bot.help.rules.timers import Timer, retiming
from bot.help.settings import Manner
from bot.help.tables import HelpOffer, HelpRequest
from bot.mailbox.sending.outbox import Card
from bot.store import audit
from bot.store.database import Transaction

NEWS_HOUR = time(18)
UNANSWERED = [status for status in Status if status not in FINAL | {Status.DRAFT, Status.RESOLVED}]
"""Open, as people understand it: one that has its answer only waits for a word about how it went."""


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> HelpRequest | None:
    """The request of a number; `lock`: nobody else moves it until the transaction ends."""
    return await tx.get(HelpRequest, int(identity), with_for_update=lock)


async def offered(tx: Transaction, offer: str, *, to: str) -> HelpRequest | None:
    """The request of an offer to this person; nobody else moves it until the transaction ends."""
    rows = select(HelpRequest).join(HelpOffer, col(HelpOffer.request) == col(HelpRequest.id))
    theirs = rows.where(HelpOffer.id == int(offer), HelpOffer.person == to)
    return (await tx.exec(theirs.with_for_update(of=HelpRequest))).first()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community in which it was asked."""
    return list(await tx.exec(select(HelpRequest.community).where(HelpRequest.id == int(item))))


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a card about the request still waits: its status says so."""
    request = await get(tx, item)
    return request is not None and card.about is not None and request.status in cards.WAITS[card.about.kind]


async def free(tx: Transaction, identity: str) -> HelpRequest | None:
    """The request for a timer. Raises TryLater while a person is moving it: they go first, the timer comes again."""
    rows = select(HelpRequest).where(HelpRequest.id == int(identity)).with_for_update(skip_locked=True)
    found = (await tx.exec(rows)).first()
    if found is None and await tx.get(HelpRequest, int(identity)) is not None:
        raise TryLater(0, "REQUEST_BUSY")
    return found


async def of_source(tx: Transaction, account: str, source: str) -> HelpRequest | None:
    """The request that an event asked for."""
    found = select(HelpRequest).where(HelpRequest.account == account, HelpRequest.source == source)
    return (await tx.exec(found)).first()


async def follow(tx: Transaction, old: str, new: str) -> None:
    """A room was upgraded: its questions are answered in the new one, where none of their threads exists."""
    here = (col(HelpRequest.room_id) == old, col(HelpRequest.direct).is_(False))
    await tx.exec(update(HelpRequest).where(*here).values(room_id=new, thread=None))


async def write(tx: Transaction, request: HelpRequest) -> HelpRequest:
    """Keep a request, new or changed."""
    tx.add(request)
    await tx.flush()
    return request


async def of_person(tx: Transaction, person: str) -> Sequence[HelpRequest]:
    """What the person asked and has no answer yet, newest first."""
    mine = select(HelpRequest).where(HelpRequest.requester == person, col(HelpRequest.status).in_(UNANSWERED))
    return (await tx.exec(mine.order_by(col(HelpRequest.id).desc()))).all()


async def carried_by(tx: Transaction, person: str) -> Sequence[HelpRequest]:
    """What the person accepted and is not over, oldest first."""
    mine = select(HelpRequest).where(HelpRequest.expert == person, col(HelpRequest.status).in_(CARRIED))
    return (await tx.exec(mine.order_by(col(HelpRequest.id)))).all()


CARRIED = (Status.ACCEPTED, Status.UNDER_WAY, Status.AWAITING_REQUESTER)


async def open_in(tx: Transaction, community: str, *, limit: int | None = None) -> Sequence[HelpRequest]:
    """The requests of a community that have no answer yet, oldest first."""
    rows = select(HelpRequest).where(HelpRequest.community == community, col(HelpRequest.status).in_(UNANSWERED))
    return (await tx.exec(rows.order_by(col(HelpRequest.id)).limit(limit))).all()


async def community_of(tx: Transaction, request: HelpRequest) -> Community:
    """Where it was asked; communities are never removed."""
    found = await communities.get(tx, request.community)
    assert found is not None
    return found


async def facts(tx: Transaction, request: HelpRequest, community: Community, reason: str = "") -> RequestFacts:
    """What the rules need to know."""
    others = select(func.count()).where(
        HelpRequest.requester == request.requester,
        col(HelpRequest.status).in_(UNANSWERED),
        HelpRequest.id != request.id,
    )
    return RequestFacts(
        text_length=len(request.text.strip()),
        has_topic=request.topic is not None or not await communities.topics_of(tx, community.slug),
        others_open=(await tx.exec(others)).one() if request.status == Status.DRAFT else 0,
        someone_else=community.main_room is not None,
        accepted_at=request.accepted_at,
        closed_at=request.closed_at,
        reopenings=request.reopenings,
        reason=reason,
    )


async def move(
    hands: Hands, request: HelpRequest, trigger: Trigger, *, by: Collection[Party], manner: Manner, reason: str = ""
) -> None:
    """One step of its life, with what that does to its timers. Raises NotNow."""
    community = await community_of(hands.tx, request)
    in_the_way = hindrances(await facts(hands.tx, request, community, reason), now=hands.now)
    before = Status(request.status)
    target = LIFECYCLE.step(before, trigger, by=by, hindrances=in_the_way)
    await _retime(hands, request, trigger, manner)
    await _close_cards(hands, request, cards.over(before, target))
    audit.moved(hands.tx, LIFECYCLE.noun, request.id, before, target, by=by)
    request.status = target
    request.version += 1
    await write(hands.tx, request)


async def _close_cards(hands: Hands, request: HelpRequest, kinds: Collection[str]) -> None:
    """Those of the request, and those of its offers, of these kinds."""
    if not kinds:
        return
    offered = await offers.ever(hands.tx, request) if cards.OFFER in kinds else ()
    own = [Ref(kind, str(request.id)) for kind in sorted(kinds) if kind != cards.OFFER]
    await hands.outbox.close_cards(hands.tx, *own, *(Ref(cards.OFFER, str(one.id)) for one in offered))


async def _retime(hands: Hands, request: HelpRequest, trigger: Trigger, manner: Manner) -> None:
    change = retiming(Status(request.status), trigger)
    ended = {kind(timer) for timer in change.cancels}
    begun = {kind(timer): _due_at(hands, request, timer, manner) for timer in sorted(change.arms)}
    await hands.timers.change(hands.tx, str(request.id), cancels=ended, sets=begun)


async def arm(hands: Hands, request: HelpRequest, timer: Timer, manner: Manner) -> datetime:
    """Set a timer of a request, by its usual delay; returns when it is due."""
    due_at = _due_at(hands, request, timer, manner)
    await hands.timers.set(hands.tx, kind(timer), str(request.id), due_at=due_at)
    return due_at


def _due_at(hands: Hands, request: HelpRequest, timer: Timer, manner: Manner) -> datetime:
    """When a timer that is set now is due; of the news to the author the request keeps it, for it is promised."""
    if timer is not Timer.NEWS_TO_REQUESTER:
        return manner.delay(timer).after(hands.now, manner.working)
    request.news_at = news_after(hands.now, manner)
    return request.news_at


def news_after(now: datetime, manner: Manner) -> datetime:
    """The evening by which the requester hears from us: said as a day and an hour."""
    day = manner.delay(Timer.NEWS_TO_REQUESTER).after(now, manner.working).astimezone(manner.working.zone)
    return day.replace(hour=NEWS_HOUR.hour, minute=0, second=0, microsecond=0)


def kind(timer: Timer) -> str:
    """The timer's name among all timers."""
    return f"help_{timer}"


def parties(request: HelpRequest, person: str, *, offered: bool, moderator: bool) -> set[Party]:
    """What somebody is to a request."""
    found = {
        Party.REQUESTER: person == request.requester,
        Party.EXPERT: person == request.expert and request.status in CARRIED,
        Party.OFFERED: offered,
        Party.MODERATOR: moderator,
    }
    return {party for party, true in found.items() if true}
