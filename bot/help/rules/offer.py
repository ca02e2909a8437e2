"""One offer of a request to one volunteer, and how those of one request depend on one another."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

from bot.help.rules.request import Party, Refusal
from bot.lifecycle import Lifecycle, row


class OfferStatus(StrEnum):
    """What became of an offer."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"  # its time has passed; a yes is still welcome
    WITHDRAWN = "withdrawn"  # somebody else accepted, or the volunteer is gone


class OfferTrigger(StrEnum):
    """What happens to an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"  # the volunteer removes a yes, or a no while the request is open to them
    TAKE_BACK_LATE = "take_back_late"  # the no is removed when nothing is left to answer
    RENEW = "renew"  # the one who had accepted took it back


_S, _T, _P = OfferStatus, OfferTrigger, Party
_WAITING: Final = (OfferStatus.SENT, OfferStatus.EXPIRED)

LIFECYCLE: Final = Lifecycle(
    "offer",
    OfferStatus.SENT,
    (
        # Withdrawn because they were to be away: the yes of somebody who answers all the same is as welcome.
        row(
            *_WAITING, _S.DECLINED, _S.WITHDRAWN, on=_T.ACCEPT, to=_S.ACCEPTED, by={_P.OFFERED}, unless={Refusal.TAKEN}
        ),
        row(*_WAITING, on=_T.DECLINE, to=_S.DECLINED, by={_P.OFFERED}),
        row(_S.DECLINED, on=_T.TAKE_BACK, to=_S.SENT, by={_P.OFFERED}, unless={Refusal.TAKEN}),
        row(_S.DECLINED, on=_T.TAKE_BACK_LATE, to=_S.WITHDRAWN, by={_P.OFFERED}),
        row(_S.ACCEPTED, on=_T.TAKE_BACK, to=_S.SENT, by={_P.EXPERT}),
        row(_S.SENT, on=_T.EXPIRE, to=_S.EXPIRED, by={_P.SYSTEM}),
        row(*_WAITING, _S.ACCEPTED, on=_T.WITHDRAW, to=_S.WITHDRAWN, by={_P.SYSTEM}),
        row(_S.WITHDRAWN, on=_T.RENEW, to=_S.SENT, by={_P.SYSTEM}),
    ),
)

Offers = Mapping[str, OfferStatus]


def moved(offers: Offers, volunteer: str, trigger: OfferTrigger, *, by: Party = Party.SYSTEM) -> Offers:
    """The offers of a request, by volunteer, after something happened to one. Raises NotNow."""
    taken = accepted_by(offers) not in (None, volunteer)
    target = LIFECYCLE.step(offers[volunteer], trigger, by={by}, hindrances={Refusal.TAKEN} if taken else ())
    return {**offers, volunteer: target}


def accepted_by(offers: Offers) -> str | None:
    """Who accepted: one volunteer at most."""
    return next((who for who, status in offers.items() if status is OfferStatus.ACCEPTED), None)


def accepted(offers: Offers, volunteer: str) -> Offers:
    """The volunteer takes the request, and the offers still open to others are withdrawn."""
    after = moved(offers, volunteer, OfferTrigger.ACCEPT, by=Party.OFFERED)
    return _each(after, OfferTrigger.WITHDRAW, but={volunteer})


def taken_back(offers: Offers, volunteer: str, *, gone: Collection[str] = ()) -> Offers:
    """The volunteer removes the yes; those who had to make way may answer again, except who is `gone`."""
    after = moved(offers, volunteer, OfferTrigger.TAKE_BACK, by=Party.EXPERT)
    return _each(after, OfferTrigger.RENEW, but=gone)


def all_declined(statuses: Iterable[OfferStatus]) -> bool:
    """Whether a whole group said no, so that the next may be asked at once."""
    group = list(statuses)
    return bool(group) and all(status is OfferStatus.DECLINED for status in group)


def _each(offers: Offers, trigger: OfferTrigger, *, but: Collection[str]) -> Offers:
    return {
        who: status if who in but else LIFECYCLE.target(status, trigger) or status for who, status in offers.items()
    }
